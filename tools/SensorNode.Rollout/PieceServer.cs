namespace SensorNode.Rollout;

/// <summary>Answers requests for pieces of one release. Knows nothing of nodes; all it keeps is how much of its rate is spent.</summary>
/// <param name="release">What is served.</param>
/// <param name="bytesPerSecond">Most it sends, over time; twice the second's worth, but at least two pieces, at once.</param>
public sealed class PieceServer(RolloutRelease release, double bytesPerSecond)
{
    /// <summary>A reply that would have to wait longer than this is "come again later" instead; nodes ask again after 15 s without one.</summary>
    public static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(5);

    private const int LaterSecondsMax = 900;
    private readonly double _burst = Math.Max(2 * bytesPerSecond, 8192);
    private double _credit = Math.Max(2 * bytesPerSecond, 8192);
    private TimeSpan _counted;

    /// <summary>Pieces sent.</summary>
    public long Pieces { get; private set; }

    /// <summary>Bytes of pieces sent.</summary>
    public long Bytes { get; private set; }

    /// <summary>Requests put off because of the rate.</summary>
    public long PutOff { get; private set; }

    /// <summary>Messages that were no request for bytes of this release.</summary>
    public long Ignored { get; private set; }

    /// <summary>Answers one message.</summary>
    /// <param name="payload">Anything.</param>
    /// <param name="now">Of a clock that only goes forward.</param>
    /// <returns>The reply and how long to hold it back; null for no reply: it is no request, or for a release of other senders.</returns>
    public (byte[] Reply, TimeSpan Delay)? Answer(byte[] payload, TimeSpan now)
    {
        PieceRequest? request = PieceRequest.Parse(payload);
        if (request == null || !request.ReleaseId.AsSpan().SequenceEqual(release.Id))
        {
            Ignored++;
            return null;
        }

        byte[]? piece = release.Piece(request.Offset, request.Count);
        if (piece == null)
        {
            Ignored++;
            return (request.NoSuchBytes(), TimeSpan.Zero);
        }

        _credit = Math.Min(_burst, _credit + ((now - _counted).TotalSeconds * bytesPerSecond));
        _counted = now;
        TimeSpan wait = TimeSpan.FromSeconds(Math.Max(0, (piece.Length - _credit) / bytesPerSecond));
        if (wait > WaitMax)
        {
            PutOff++;
            return (request.Later((int)Math.Min(LaterSecondsMax, Math.Ceiling(wait.TotalSeconds))), TimeSpan.Zero);
        }

        _credit -= piece.Length;
        Pieces++;
        Bytes += piece.Length;
        return (request.Data(piece), wait);
    }
}
