namespace SensorNode.Emulator.Mqtt;

/// <summary>Contents of a PUBLISH packet.</summary>
/// <param name="Message">Topic, payload, QoS and retain flag.</param>
/// <param name="PacketId">1 to 65535 for QoS 1 and 2, 0 for QoS 0.</param>
/// <param name="IsDuplicate">The DUP flag.</param>
public sealed record PublishPacket(MqttMessage Message, int PacketId, bool IsDuplicate)
{
    /// <summary>Reads a PUBLISH frame.</summary>
    public static bool TryParse(MqttFrame frame, out PublishPacket? packet, out string fault)
    {
        packet = null;
        var reader = new MqttFieldReader(frame.Body);
        int quality = (frame.Flags >> 1) & 3;
        bool isDuplicate = (frame.Flags & 8) != 0;
        if (!reader.TryString(out string topic))
        {
            fault = "PUBLISH with a topic that is cut off or not UTF-8";
            return false;
        }

        if (!MqttTopic.IsName(topic))
        {
            fault = topic.Length == 0 ? "PUBLISH with an empty topic" : "PUBLISH with a wildcard in its topic";
            return false;
        }

        int packetId = 0;
        if (quality > 0 && (!reader.TryUInt16(out packetId) || packetId == 0))
        {
            fault = $"PUBLISH with QoS {quality} without a packet id from 1 to 65535";
            return false;
        }

        if (quality == 0 && isDuplicate)
        {
            fault = "PUBLISH with QoS 0 and the DUP flag";
            return false;
        }

        fault = "";
        packet = new PublishPacket(new MqttMessage(topic, reader.Rest.ToArray(), quality, (frame.Flags & 1) != 0), packetId, isDuplicate);
        return true;
    }

    /// <summary>Writes the whole packet.</summary>
    public byte[] ToBytes()
    {
        int flags = (IsDuplicate ? 8 : 0) | (Message.QualityOfService << 1) | (Message.Retain ? 1 : 0);
        var writer = new MqttPacketWriter(MqttPacketType.Publish, flags).String(Message.Topic);
        if (Message.QualityOfService > 0)
        {
            writer.UInt16(PacketId);
        }

        return writer.Raw(Message.Payload).ToArray();
    }
}
