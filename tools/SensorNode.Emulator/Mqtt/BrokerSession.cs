namespace SensorNode.Emulator.Mqtt;

/// <summary>What the broker keeps for one client id: subscriptions and undelivered messages. Outlives connections unless it is clean.</summary>
internal sealed class BrokerSession(string clientId, bool isClean, BrokerOptions options, BrokerStatistics statistics)
{
    private readonly List<(int PacketId, MqttMessage Message)> _inflight = [];
    private readonly Queue<MqttMessage> _waiting = new();
    private int _lastPacketId;

    public string ClientId { get; } = clientId;

    public bool IsClean { get; } = isClean;

    /// <summary>The open connection, or null.</summary>
    public BrokerConnection? Connection { get; private set; }

    /// <summary>Filters with the granted QoS, 0 or 1.</summary>
    public Dictionary<string, int> Filters { get; } = new(StringComparer.Ordinal);

    /// <summary>Packet ids of QoS 2 messages that came from the client and wait for PUBREL.</summary>
    public HashSet<int> IncomingQos2 { get; } = [];

    /// <summary>Binds a connection and sends again what was not acknowledged, then what had to wait (MQTT 3.1.1, 4.4 and 4.6).</summary>
    public void Attach(BrokerConnection connection)
    {
        Connection = connection;
        foreach ((int packetId, MqttMessage message) in _inflight)
        {
            connection.SendPublish(new PublishPacket(message, packetId, IsDuplicate: true));
        }

        SendWaiting();
    }

    /// <summary>Takes the connection away.</summary>
    public void Detach() => Connection = null;

    /// <summary>Sends a message to the client, or keeps it for later. One with QoS 0 does not wait behind unacknowledged ones with QoS 1; each QoS keeps its order (MQTT 3.1.1, 4.6).</summary>
    /// <param name="message">With the QoS it is to be delivered with, 0 or 1.</param>
    public void Deliver(MqttMessage message)
    {
        if (message.QualityOfService == 0)
        {
            if (Connection == null || Connection.UnsentBytes > options.UnsentBytesMax)
            {
                statistics.MessagesDropped += Connection == null ? 0 : 1;
                return;
            }

            Connection.SendPublish(new PublishPacket(message, 0, IsDuplicate: false));
            return;
        }

        if (_waiting.Count >= options.QueuedMax)
        {
            statistics.MessagesDropped++;
            return;
        }

        _waiting.Enqueue(message);
        SendWaiting();
    }

    /// <summary>The client has acknowledged a message. Ids that are not in flight are ignored.</summary>
    public void Acknowledge(int packetId)
    {
        int index = _inflight.FindIndex(entry => entry.PacketId == packetId);
        if (index >= 0)
        {
            _inflight.RemoveAt(index);
            SendWaiting();
        }
    }

    private void SendWaiting()
    {
        while (Connection != null && _inflight.Count < options.InflightMax && _waiting.TryDequeue(out MqttMessage? message))
        {
            int packetId = NextPacketId();
            _inflight.Add((packetId, message));
            Connection.SendPublish(new PublishPacket(message, packetId, IsDuplicate: false));
        }
    }

    private int NextPacketId()
    {
        do
        {
            _lastPacketId = _lastPacketId >= ushort.MaxValue ? 1 : _lastPacketId + 1;
        }
        while (_inflight.Exists(entry => entry.PacketId == _lastPacketId));

        return _lastPacketId;
    }
}
