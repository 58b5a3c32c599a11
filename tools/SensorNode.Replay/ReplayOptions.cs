namespace SensorNode.Replay;

/// <summary>How recordings are cut into decisions.</summary>
/// <param name="Window">Samples of a window: 128, 256, 512, 1024 or 2048.</param>
/// <param name="Hop">Frames from the start of one window to that of the next.</param>
/// <param name="Average">Consecutive windows whose powers are averaged into one decision.</param>
/// <param name="Channels">One to three names or 0-based indexes; empty: the first up to three.</param>
public sealed record ReplayOptions(int Window, int Hop, int Average, IReadOnlyList<string> Channels)
{
    /// <summary>Checks what needs no data.</summary>
    /// <exception cref="ReplayException">The first fault.</exception>
    public void Check()
    {
        if (Window is not (128 or 256 or 512 or 1024 or 2048))
        {
            throw new ReplayException($"--window {Window}: must be 128, 256, 512, 1024 or 2048", true);
        }

        if (Hop < 1)
        {
            throw new ReplayException($"--hop {Hop}: must be 1 or more", true);
        }

        if (Average is < 1 or > 64)
        {
            throw new ReplayException($"--average {Average}: must be 1 to 64", true);
        }

        if (Channels.Count > 3)
        {
            throw new ReplayException($"--channels {string.Join(',', Channels)}: at most three", true);
        }

        if (Channels.FirstOrDefault(c => c.Trim().Length == 0) != null)
        {
            throw new ReplayException("--channels: a name is empty", true);
        }
    }

    /// <summary>Indexes of the chosen channels in a recording. A name goes before an index that looks like it.</summary>
    /// <exception cref="ReplayException">A channel that is not there, or chosen twice.</exception>
    public int[] ChannelIndexes(Recording recording)
    {
        if (Channels.Count == 0)
        {
            return [.. Enumerable.Range(0, Math.Min(3, recording.ChannelNames.Length))];
        }

        var indexes = new List<int>();
        foreach (string channel in Channels)
        {
            int index = Array.IndexOf(recording.ChannelNames, channel.Trim());
            if (index < 0 && (!int.TryParse(channel, out index) || index < 0 || index >= recording.ChannelNames.Length))
            {
                throw new ReplayException(
                    $"{recording.File} has no channel {channel}; it has {string.Join(", ", recording.ChannelNames)} or 0 to {recording.ChannelNames.Length - 1}", true);
            }

            if (indexes.Contains(index))
            {
                throw new ReplayException($"channel {channel} is chosen twice", true);
            }

            indexes.Add(index);
        }

        return [.. indexes];
    }
}
