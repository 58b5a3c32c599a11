namespace SensorNode.Site;

/// <summary>Listens at the broker for one node.</summary>
public interface IBirths : IAsyncDisposable
{
    /// <summary>Waits for a birth that came after listening began.</summary>
    /// <returns>False where none came in time.</returns>
    Task<bool> WaitAsync(TimeSpan limit, CancellationToken cancel);
}

/// <summary>Begins to listen for a node's birth.</summary>
public delegate Task<IBirths> ListenForBirth(string group, string node, CancellationToken cancel);
