namespace SensorNode.Emulator.Mqtt;

/// <summary>Limits and accounts of the embedded broker.</summary>
public sealed record BrokerOptions
{
    /// <summary>Longest packet taken from a client, fixed header included. A longer one closes the connection.</summary>
    public int PacketBytesMax { get; init; } = 256 * 1024;

    /// <summary>Time for CONNECT to arrive after the connection is open, in ms.</summary>
    public int ConnectTimeoutMs { get; init; } = 10_000;

    /// <summary>Messages of QoS 1 sent to one client and not yet acknowledged, at most. 1 to 65535.</summary>
    public int InflightMax { get; init; } = 20;

    /// <summary>Messages of QoS 1 that wait for one client, connected or not. What comes on top is dropped and counted.</summary>
    public int QueuedMax { get; init; } = 1_000;

    /// <summary>Bytes waiting in a connection's way out from which on messages of QoS 0 are dropped and counted.</summary>
    public int UnsentBytesMax { get; init; } = 4 * 1024 * 1024;

    /// <summary>Retained messages kept, at most. A new topic on top of that is not retained, and counted as dropped.</summary>
    public int RetainedMax { get; init; } = 10_000;

    /// <summary>Topic filters of one client, at most. A filter on top of that gets the answer 0x80.</summary>
    public int FiltersMax { get; init; } = 1_000;

    /// <summary>Sessions kept for clients that are not connected, at most; the oldest goes first.</summary>
    public int OfflineSessionsMax { get; init; } = 1_000;

    /// <summary>User names and passwords; null lets everybody in.</summary>
    public IReadOnlyDictionary<string, string>? Users { get; init; }
}
