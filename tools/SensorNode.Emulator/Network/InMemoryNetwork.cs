using SensorNode.Platform;

namespace SensorNode.Emulator;

/// <summary>A network inside the process: names, endpoints and a delay. Works on virtual time.</summary>
/// <remarks>
/// While the network is not reachable, connections hang: bytes wait and come through when it is back, as TCP repeats them; new connections
/// find nobody after <see cref="ConnectTimeoutNs"/>. <see cref="ResetAll"/> breaks what is open.
/// </remarks>
public sealed class InMemoryNetwork : INodeNetwork
{
    private readonly Dictionary<(string Host, int Port), INetworkEndpoint> _endpoints = [];
    private readonly List<InMemoryConnection> _open = [];
    private volatile bool _isReachable = true;

    /// <summary>Time of a byte from end to end.</summary>
    public long LatencyNs { get; set; } = 5_000_000;

    /// <summary>How long a connection attempt lasts that nobody answers.</summary>
    public long ConnectTimeoutNs { get; set; } = 18_000_000_000;

    /// <inheritdoc/>
    public bool IsReachable
    {
        get => _isReachable;
        set => _isReachable = value;
    }

    /// <summary>Lets an endpoint answer at an address.</summary>
    public InMemoryNetwork Add(string host, int port, INetworkEndpoint endpoint)
    {
        _endpoints.Add((host, port), endpoint);
        return this;
    }

    /// <inheritdoc/>
    public string? Resolve(NodePlatform platform, string host)
    {
        platform.Scheduler.Charge(platform.Process, 2 * LatencyNs);
        return _isReachable && _endpoints.Keys.Any(k => k.Host == host) ? "192.0.2.1" : null;
    }

    /// <inheritdoc/>
    public INodeStream? Connect(NodePlatform platform, string host, int port)
    {
        if (!_isReachable)
        {
            platform.Scheduler.Sleep(platform.Process, ConnectTimeoutNs);
            return null;
        }

        if (!_endpoints.TryGetValue((host, port), out INetworkEndpoint? endpoint))
        {
            platform.Scheduler.Sleep(platform.Process, 2 * LatencyNs);
            return null;
        }

        var connection = new InMemoryConnection(this, platform);
        if (!connection.Open(endpoint))
        {
            return null;
        }

        lock (_open)
        {
            _open.RemoveAll(c => !c.IsOpen);
            _open.Add(connection);
        }

        return connection;
    }

    /// <summary>Breaks every open connection; both sides get to know.</summary>
    public void ResetAll()
    {
        InMemoryConnection[] open;
        lock (_open)
        {
            open = _open.ToArray();
            _open.Clear();
        }

        foreach (InMemoryConnection connection in open)
        {
            connection.Reset();
        }
    }
}
