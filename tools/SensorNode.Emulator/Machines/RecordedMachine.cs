using System.Buffers.Binary;

namespace SensorNode.Emulator.Machines;

/// <summary>Plays a recording as if it happened now, again and again. Between two frames it goes along a cubic through four.</summary>
/// <remarks>Cost: 12 additions and multiplications for each axis. Axes without a channel are still, apart from <see cref="OffsetG"/>.</remarks>
public sealed class RecordedMachine : IVibrationSource
{
    private readonly short[] _frames;
    private readonly int _channels;
    private readonly int[] _axisChannels;
    private readonly double _scaleG;
    private readonly double _rateHz;
    private readonly int _frameCount;

    /// <summary>Makes the player.</summary>
    /// <param name="frames">Channels interleaved.</param>
    /// <param name="channels">Channels of a frame.</param>
    /// <param name="scaleG">g for one count.</param>
    /// <param name="rateHz">Frames a second.</param>
    /// <param name="axisChannels">Channel for x, y and z; -1 for none.</param>
    public RecordedMachine(short[] frames, int channels, double scaleG, double rateHz, params int[] axisChannels)
    {
        if (channels < 1 || frames.Length < 4 * channels || axisChannels.Length != 3 || axisChannels.Any(channel => channel >= channels))
        {
            throw new ArgumentException("A recording needs four frames, and a channel or -1 for each of three axes.");
        }

        _frames = frames;
        _channels = channels;
        _scaleG = scaleG;
        _rateHz = rateHz;
        _axisChannels = axisChannels;
        _frameCount = frames.Length / channels;
    }

    /// <summary>Added to each axis, in g: gravity where the recording has none.</summary>
    public double[] OffsetG { get; init; } = [0, 0, 0];

    /// <summary>Frames of the recording.</summary>
    public int FrameCount => _frameCount;

    /// <summary>Reads a file of little-endian 16-bit counts, channels interleaved.</summary>
    public static RecordedMachine Load(string path, int channels, double scaleG, double rateHz, params int[] axisChannels)
    {
        byte[] bytes = File.ReadAllBytes(path);
        if (bytes.Length % (2 * channels) != 0)
        {
            throw new InvalidDataException($"{path}: {bytes.Length} bytes are no whole number of frames of {channels} channels.");
        }

        short[] frames = new short[bytes.Length / 2];
        for (int i = 0; i < frames.Length; i++)
        {
            frames[i] = BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(2 * i));
        }

        return new RecordedMachine(frames, channels, scaleG, rateHz, axisChannels);
    }

    /// <inheritdoc/>
    public void Acceleration(long timeNs, out double x, out double y, out double z)
    {
        double position = timeNs * 1e-9 * _rateHz % _frameCount;
        int frame = (int)position;
        double part = position - frame;
        x = Interpolate(frame, part, 0);
        y = Interpolate(frame, part, 1);
        z = Interpolate(frame, part, 2);
    }

    private double Interpolate(int frame, double part, int axis)
    {
        int channel = _axisChannels[axis];
        if (channel < 0)
        {
            return OffsetG[axis];
        }

        double a = Count(frame - 1, channel);
        double b = Count(frame, channel);
        double c = Count(frame + 1, channel);
        double d = Count(frame + 2, channel);

        // Catmull and Rom: through b and c, with the slopes of their neighbours.
        double value = b + 0.5 * part * (c - a + part * (2 * a - 5 * b + 4 * c - d + part * (3 * (b - c) + d - a)));
        return value * _scaleG + OffsetG[axis];
    }

    private double Count(int frame, int channel) => _frames[(frame + _frameCount) % _frameCount * _channels + channel];
}
