namespace SensorNode.Emulator.Mqtt;

/// <summary>What a scripted fault does. The words in a script are the names with hyphens: <c>no-connack</c>, <c>slow-read</c>, ..</summary>
public enum BrokerFaultKind
{
    /// <summary>Refuses the connection before any byte.</summary>
    Refuse,

    /// <summary>Takes CONNECT and answers nothing.</summary>
    NoConnack,

    /// <summary>Answers CONNECT with <see cref="BrokerFault.ReturnCode"/> and closes.</summary>
    Connack,

    /// <summary>Takes PUBLISH of QoS 1, delivers it, and does not acknowledge it.</summary>
    NoPuback,

    /// <summary>
    /// Closes the connection after <see cref="BrokerFault.Bytes"/> bytes of the packet. From the client: with fewer bytes than the packet has, it
    /// counts as never received; with all of them (or more) the broker acts on it, and the answers are lost.
    /// </summary>
    Cut,

    /// <summary>Takes at most <see cref="BrokerFault.Bytes"/> bytes per second from the client.</summary>
    SlowRead,

    /// <summary>Sends the packet <see cref="BrokerFault.Times"/> times more; a PUBLISH of QoS 1 with its DUP flag set.</summary>
    Duplicate,

    /// <summary>After the packet, sends a PUBLISH with <see cref="BrokerFault.Bytes"/> bytes of payload on <see cref="BrokerFault.Topic"/>.</summary>
    Oversize,

    /// <summary>Holds the packet, and all behind it in the same direction, for <see cref="BrokerFault.DelayMs"/>.</summary>
    Delay,

    /// <summary>Loses the packet.</summary>
    Drop,

    /// <summary>
    /// After the packet: closes every connection without publishing wills, keeps sessions and retained messages or loses them
    /// (<see cref="BrokerFault.KeepsSessions"/>), and refuses connections for <see cref="BrokerFault.DelayMs"/>.
    /// </summary>
    Restart,
}
