namespace SensorNode.Emulator.Mqtt;

/// <summary>An MQTT 3.1.1 broker without sockets, threads or a clock of its own: front ends bring connections, bytes and time.</summary>
/// <remarks>
/// Does:     QoS 0 and 1 in both directions; QoS 2 from clients exactly once, delivered onwards with QoS 1 at most (a subscription with QoS 2 is
///           granted QoS 1); retained messages; wills; keep-alive; wildcards; names that begin with '$' hidden from leading wildcards; clean and
///           persistent sessions; shared subscriptions, in turn; take-over by a newer connection; user and password. A client whose filters overlap gets a message once.
/// Bounds:   every queue has one, in <see cref="BrokerOptions"/>.
/// Errors:   nothing that a client sends throws. A packet that breaks the protocol closes its connection, with one logged line that says why.
/// Threads:  one lock; <see cref="Logged"/> is raised while it is held.
/// Source:   OASIS MQTT 3.1.1, 29 October 2014.
/// </remarks>
public sealed class BrokerCore
{
    private readonly Lock _gate = new();
    private readonly List<BrokerConnection> _connections = [];
    private readonly Dictionary<string, BrokerSession> _sessions = new(StringComparer.Ordinal);
    private readonly List<BrokerSession> _offline = [];
    private readonly Queue<Action> _deferred = new();
    private long _downUntilMs = long.MinValue;
    private int _depth;

    /// <summary>Makes a broker.</summary>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <param name="faults">Fault script; null for a broker that works.</param>
    public BrokerCore(BrokerOptions? options = null, BrokerFaults? faults = null)
    {
        Options = options ?? new BrokerOptions();
        Faults = faults;
        Router = new MessageRouter(Options, Statistics);
        Handler = new BrokerPacketHandler(this);
    }

    /// <summary>One line for each connection opened, closed or refused.</summary>
    public event Action<string>? Logged;

    /// <summary>Limits.</summary>
    public BrokerOptions Options { get; }

    /// <summary>The fault script, or null.</summary>
    public BrokerFaults? Faults { get; }

    /// <summary>False refuses every new connection, as a broker that is not running does. Open ones stay.</summary>
    public bool IsListening { get; set; } = true;

    internal BrokerStatistics Statistics { get; } = new();

    internal MessageRouter Router { get; }

    internal BrokerPacketHandler Handler { get; }

    /// <summary>A client has opened a connection.</summary>
    /// <param name="peerName">Where it is, for messages.</param>
    /// <param name="transport">The way back.</param>
    /// <returns>Where its bytes go; null refuses it, and the caller closes the transport.</returns>
    public BrokerConnection? Accept(string peerName, IBrokerTransport transport)
    {
        using Entry entry = Enter();
        int number = ++Statistics.ConnectionsOpened;
        bool isDown = !IsListening || transport.NowMs < _downUntilMs;
        if (isDown || Faults?.StrikeConnection(BrokerFaultKind.Refuse, number, clientId: null) != null)
        {
            Log($"#{number} ({peerName}) refused: {(isDown ? "the broker is down" : "fault script")}");
            return null;
        }

        var connection = new BrokerConnection(this, number, peerName, transport);
        _connections.Add(connection);
        Statistics.ConnectionsOpen++;
        connection.Open();
        return connection;
    }

    /// <summary>Publishes a message as if a client had sent it.</summary>
    public void Publish(MqttMessage message)
    {
        using Entry entry = Enter();
        Router.Route(message);
    }

    /// <summary>A copy of the counters.</summary>
    public BrokerStatistics ReadStatistics()
    {
        using Entry entry = Enter();
        return Statistics.Copy();
    }

    /// <summary>The retained messages, by topic in ordinal order.</summary>
    public IReadOnlyList<MqttMessage> ReadRetained()
    {
        using Entry entry = Enter();
        return [.. Router.Retained];
    }

    /// <summary>Stops and starts at once: connections end, no will is published.</summary>
    /// <param name="keepsSessions">Whether persistent sessions and retained messages survive.</param>
    public void Restart(bool keepsSessions)
    {
        using Entry entry = Enter();
        RestartNow(keepsSessions, long.MinValue);
    }

    /// <summary>Cuts the connection of a client, as a failing network does; its will is published.</summary>
    /// <returns>False where the client is not connected.</returns>
    public bool Cut(string clientId)
    {
        using Entry entry = Enter();
        BrokerConnection? connection = _sessions.GetValueOrDefault(clientId)?.Connection;
        connection?.Close("cut", closesTransport: true);
        return connection != null;
    }

    internal void RestartNow(bool keepsSessions, long downUntilMs)
    {
        Log($"restart, sessions {(keepsSessions ? "kept" : "lost")}");
        _downUntilMs = downUntilMs;
        foreach (BrokerConnection connection in _connections.ToArray())
        {
            connection.Will = null;
            connection.Close("the broker restarts", closesTransport: true);
        }

        if (!keepsSessions)
        {
            Defer(() =>
            {
                _sessions.Clear();
                _offline.Clear();
                Router.ForgetEverything();
            });
        }
    }

    /// <summary>The session of a client that has just connected, a former connection and, for a clean one, a former session thrown away.</summary>
    internal BrokerSession OpenSession(ConnectPacket packet, string clientId, out bool isPresent)
    {
        _sessions.TryGetValue(clientId, out BrokerSession? former);
        if (former?.Connection is { } connection)
        {
            connection.Close("taken over by a newer connection with the same client id", closesTransport: true);
            RunDeferred();
            _sessions.TryGetValue(clientId, out former);
        }

        if (former != null)
        {
            _offline.Remove(former);
        }

        isPresent = former != null && !packet.CleanSession;
        if (isPresent)
        {
            return former!;
        }

        if (former != null)
        {
            Router.Forget(former);
        }

        return _sessions[clientId] = new BrokerSession(clientId, packet.CleanSession, Options, Statistics);
    }

    /// <summary>A connection is over: its will and its session are settled once the present packet is done with.</summary>
    internal void Ended(BrokerConnection connection)
    {
        _connections.Remove(connection);
        Statistics.ConnectionsOpen--;
        Log($"{connection.Name} closed: {connection.CloseReason}");
        connection.Session?.Detach();
        Defer(() => Settle(connection));
    }

    internal void Defer(Action action) => _deferred.Enqueue(action);

    internal void Log(string line) => Logged?.Invoke(line);

    /// <summary>Takes the lock; the outermost exit runs what was deferred.</summary>
    internal Entry Enter()
    {
        _gate.Enter();
        _depth++;
        return new Entry(this);
    }

    private void Settle(BrokerConnection connection)
    {
        if (connection.Session is { Connection: null } session && _sessions.GetValueOrDefault(session.ClientId) == session)
        {
            if (session.IsClean)
            {
                _sessions.Remove(session.ClientId);
                Router.Forget(session);
            }
            else if (!_offline.Contains(session))
            {
                _offline.Add(session);
                ForgetOldest();
            }
        }

        if (connection.Will is { } will)
        {
            connection.Will = null;
            Statistics.WillsPublished++;
            Router.Route(will);
        }
    }

    private void ForgetOldest()
    {
        if (_offline.Count > Options.OfflineSessionsMax)
        {
            BrokerSession oldest = _offline[0];
            _offline.RemoveAt(0);
            _sessions.Remove(oldest.ClientId);
            Router.Forget(oldest);
        }
    }

    private void RunDeferred()
    {
        while (_deferred.TryDequeue(out Action? action))
        {
            action();
        }
    }

    /// <summary>Holds the broker's lock until disposed.</summary>
    internal readonly ref struct Entry(BrokerCore core)
    {
        public void Dispose()
        {
            if (core._depth == 1)
            {
                core.RunDeferred();
            }

            core._depth--;
            core._gate.Exit();
        }
    }
}
