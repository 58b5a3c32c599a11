using SensorNode.Files;

namespace SensorNode.Replay;

/// <summary>One recording as index.csv describes it.</summary>
/// <param name="File">Name as in the index.</param>
/// <param name="Path">Where its samples lie.</param>
/// <param name="IsFaulty">label is "faulty".</param>
/// <param name="Origin">Where it comes from.</param>
/// <param name="RateHz">Sampling rate.</param>
/// <param name="ChannelNames">Names of the interleaved channels.</param>
/// <param name="FrameCount">Samples a channel.</param>
/// <param name="SegmentLength">Frames of each contiguous segment; 0: all of it is contiguous.</param>
/// <param name="Units">Of a sample times the scale; g if not said.</param>
/// <param name="Scale">Physical value of one count.</param>
public sealed record Recording(
    string File, string Path, bool IsFaulty, string Origin, decimal RateHz, string[] ChannelNames, int FrameCount, int SegmentLength, string Units, decimal Scale)
{
    /// <summary>Segments, or 0 for a contiguous recording. A short last one does not count.</summary>
    public int SegmentCount => SegmentLength == 0 ? 0 : FrameCount / SegmentLength;

    /// <summary>Rate for the firmware.</summary>
    public int RateMilliHz => (int)decimal.Round(RateHz * 1000m);

    /// <summary>Count for the firmware: metres a second squared are converted, anything else is taken as g.</summary>
    public int NanoGPerCount
    {
        get
        {
            decimal scale = Units is "m/s2" or "m/s^2" or "m/s²" ? Scale / 9.80665m : Units == "mg" ? Scale / 1000m : Scale;
            return (int)Math.Clamp(decimal.Round(scale * 1_000_000_000m), 1m, int.MaxValue);
        }
    }

    /// <summary>Reads the samples of some channels.</summary>
    /// <param name="channels">Indexes.</param>
    /// <returns>One array of FrameCount counts for each.</returns>
    /// <exception cref="ReplayException">Missing, or not of the size that the index says.</exception>
    public short[][] ReadChannels(int[] channels)
    {
        byte[] bytes = NamedFile.ReadBytes(Path, "--data", "index.csv in its folder names it");
        int count = ChannelNames.Length;
        long expected = 2L * FrameCount * count;
        if (bytes.Length != expected)
        {
            throw new ReplayException($"{Path}: {bytes.Length} bytes, index.csv says {FrameCount} frames x {count} channels x 2 = {expected}: truncated, or another file");
        }

        var samples = new short[channels.Length][];
        for (int c = 0; c < channels.Length; c++)
        {
            samples[c] = new short[FrameCount];
            for (int i = 0; i < FrameCount; i++)
            {
                samples[c][i] = BitConverter.ToInt16(bytes, 2 * ((i * count) + channels[c]));
            }
        }

        return samples;
    }
}
