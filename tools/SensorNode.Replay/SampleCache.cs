namespace SensorNode.Replay;

/// <summary>Samples of the recordings of a plan, read once, in one count for all.</summary>
/// <remarks>A node has one sensor, so one count: the largest of the plan, so that everything fits. Recordings with a finer scale are converted and rounded.</remarks>
internal sealed class SampleCache(ReplayOptions options, Recording reference, int nanoGPerCount, int channelCount, List<string> warnings)
{
    private readonly Dictionary<string, short[][]> _samples = [];

    public short[][] Read(Recording recording)
    {
        if (_samples.TryGetValue(recording.File, out short[][]? samples))
        {
            return samples;
        }

        int[] channels = options.ChannelIndexes(recording);
        if (channels.Length != channelCount)
        {
            throw new ReplayException($"{recording.File} has {channels.Length} channels, {reference.File} has {channelCount}: choose with --channels what both have");
        }

        if (Math.Abs(recording.RateHz - reference.RateHz) > reference.RateHz / 50m)
        {
            warnings.Add(FormattableString.Invariant($"{recording.File} has {recording.RateHz} Hz, {reference.File} was learned at {reference.RateHz} Hz: bands do not match"));
        }

        samples = recording.ReadChannels(channels);
        if (recording.NanoGPerCount != nanoGPerCount)
        {
            warnings.Add(FormattableString.Invariant($"{recording.File} has {recording.NanoGPerCount} nano-g a count, others of the plan have {nanoGPerCount}: converted to that"));
            samples = [.. samples.Select(s => Convert(s, recording.NanoGPerCount, nanoGPerCount))];
        }

        return _samples[recording.File] = samples;
    }

    private static short[] Convert(short[] samples, long from, long to) =>
        [.. samples.Select(s => (short)Math.Floor(((2m * s * from) + to) / (2m * to)))];
}
