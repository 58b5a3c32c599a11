namespace SensorNode.Emulator.Mqtt;

/// <summary>One rule of a fault script: what happens, and to which packets of which connections.</summary>
/// <remarks>Connections count from 1 over the broker's life; packets count from 1 on one connection, among those of the rule's direction and type.</remarks>
public sealed record BrokerFault(BrokerFaultKind Kind)
{
    /// <summary>First connection that the rule is for.</summary>
    public int ConnectionFirst { get; init; } = 1;

    /// <summary>Last connection that the rule is for.</summary>
    public int ConnectionLast { get; init; } = int.MaxValue;

    /// <summary>Client id that the rule is for, or null for all. Rules that act before CONNECT cannot know it.</summary>
    public string? ClientId { get; init; }

    /// <summary>True: packets from the client; false: packets to the client.</summary>
    public bool FromClient { get; init; }

    /// <summary>Type of the packets, or null for all.</summary>
    public MqttPacketType? Type { get; init; }

    /// <summary>First packet that the rule is for.</summary>
    public int PacketFirst { get; init; } = 1;

    /// <summary>Last packet that the rule is for.</summary>
    public int PacketLast { get; init; } = int.MaxValue;

    /// <summary>Probability that the rule strikes where it applies, 0 to 1; drawn from the script's seed.</summary>
    public double Chance { get; init; } = 1;

    /// <summary>See <see cref="BrokerFaultKind.Cut"/>, <see cref="BrokerFaultKind.SlowRead"/>, <see cref="BrokerFaultKind.Oversize"/>.</summary>
    public int Bytes { get; init; }

    /// <summary>See <see cref="BrokerFaultKind.Delay"/> and <see cref="BrokerFaultKind.Restart"/>.</summary>
    public int DelayMs { get; init; }

    /// <summary>See <see cref="BrokerFaultKind.Connack"/>; 1 to 255.</summary>
    public int ReturnCode { get; init; } = 3;

    /// <summary>See <see cref="BrokerFaultKind.Duplicate"/>.</summary>
    public int Times { get; init; } = 1;

    /// <summary>See <see cref="BrokerFaultKind.Oversize"/>.</summary>
    public string Topic { get; init; } = "oversize";

    /// <summary>See <see cref="BrokerFaultKind.Restart"/>.</summary>
    public bool KeepsSessions { get; init; }

    internal bool IsForConnection(int connection, string? clientId) =>
        connection >= ConnectionFirst && connection <= ConnectionLast && (ClientId == null || ClientId == clientId);

    internal bool IsForPacket(bool fromClient, MqttPacketType type, int indexOfAll, int indexOfType)
    {
        int index = Type == null ? indexOfAll : indexOfType;
        return fromClient == FromClient && (Type == null || Type == type) && index >= PacketFirst && index <= PacketLast;
    }
}
