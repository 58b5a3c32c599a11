namespace SensorNode.Emulator.Mqtt;

/// <summary>Counters of the broker since it was made. Written under the broker's lock; read them through <see cref="BrokerCore.ReadStatistics"/>.</summary>
public sealed class BrokerStatistics
{
    /// <summary>Topics counted one by one; the rest is counted under <see cref="OtherTopics"/>.</summary>
    public const int TopicsMax = 10_000;

    /// <summary>Key in <see cref="Topics"/> for topics beyond <see cref="TopicsMax"/>.</summary>
    public const string OtherTopics = "(other)";

    private readonly SortedDictionary<string, TopicCount> _topics = new(StringComparer.Ordinal);

    /// <summary>Connections opened, refused ones included.</summary>
    public int ConnectionsOpened { get; internal set; }

    /// <summary>Connections open now.</summary>
    public int ConnectionsOpen { get; internal set; }

    /// <summary>Connections closed by the broker because of what the client sent.</summary>
    public int ConnectionsAtFault { get; internal set; }

    /// <summary>Wills published.</summary>
    public int WillsPublished { get; internal set; }

    /// <summary>Bytes that came from clients.</summary>
    public long BytesReceived { get; internal set; }

    /// <summary>Bytes given to transports.</summary>
    public long BytesSent { get; internal set; }

    /// <summary>PUBLISH packets taken from clients.</summary>
    public long MessagesReceived { get; internal set; }

    /// <summary>PUBLISH packets sent to clients.</summary>
    public long MessagesSent { get; internal set; }

    /// <summary>Messages dropped because a bounded queue was full.</summary>
    public long MessagesDropped { get; internal set; }

    /// <summary>What clients published, by topic, in ordinal order.</summary>
    public IReadOnlyDictionary<string, TopicCount> Topics => _topics;

    internal void CountMessage(string topic, int payloadBytes, int wireBytes)
    {
        MessagesReceived++;
        string key = _topics.ContainsKey(topic) || _topics.Count < TopicsMax ? topic : OtherTopics;
        _topics.TryGetValue(key, out TopicCount count);
        _topics[key] = new TopicCount(count.Messages + 1, count.PayloadBytes + payloadBytes, count.WireBytes + wireBytes);
    }

    internal BrokerStatistics Copy() => new(_topics)
    {
        ConnectionsOpened = ConnectionsOpened,
        ConnectionsOpen = ConnectionsOpen,
        ConnectionsAtFault = ConnectionsAtFault,
        WillsPublished = WillsPublished,
        BytesReceived = BytesReceived,
        BytesSent = BytesSent,
        MessagesReceived = MessagesReceived,
        MessagesSent = MessagesSent,
        MessagesDropped = MessagesDropped,
    };

    internal BrokerStatistics()
    {
    }

    private BrokerStatistics(SortedDictionary<string, TopicCount> topics) => _topics = new(topics, StringComparer.Ordinal);
}
