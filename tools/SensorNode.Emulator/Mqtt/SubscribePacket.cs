namespace SensorNode.Emulator.Mqtt;

/// <summary>Contents of a SUBSCRIBE or UNSUBSCRIBE packet.</summary>
/// <param name="PacketId">1 to 65535.</param>
/// <param name="Filters">At least one; all valid.</param>
/// <param name="Qualities">Wanted QoS of each filter, 0 to 2; all 0 for UNSUBSCRIBE.</param>
public sealed record SubscribePacket(int PacketId, IReadOnlyList<string> Filters, IReadOnlyList<int> Qualities)
{
    /// <summary>Reads a SUBSCRIBE or UNSUBSCRIBE frame.</summary>
    public static bool TryParse(MqttFrame frame, out SubscribePacket? packet, out string fault)
    {
        packet = null;
        string name = frame.Type.ToString().ToUpperInvariant();
        var reader = new MqttFieldReader(frame.Body);
        if (!reader.TryUInt16(out int packetId) || packetId == 0)
        {
            fault = $"{name} without a packet id from 1 to 65535";
            return false;
        }

        var filters = new List<string>();
        var qualities = new List<int>();
        while (reader.Rest.Length > 0)
        {
            if (!reader.TryString(out string filter) || !MqttTopic.IsFilter(filter))
            {
                fault = $"{name} whose topic filter {filters.Count + 1} is not valid";
                return false;
            }

            byte quality = 0;
            if (frame.Type == MqttPacketType.Subscribe && (!reader.TryByte(out quality) || quality > 2))
            {
                fault = $"{name} whose topic filter {filters.Count + 1} has no QoS from 0 to 2";
                return false;
            }

            filters.Add(filter);
            qualities.Add(quality);
        }

        fault = filters.Count == 0 ? $"{name} without a topic filter" : "";
        packet = new SubscribePacket(packetId, filters, qualities);
        return filters.Count > 0;
    }

    /// <summary>Writes a SUBSCRIBE.</summary>
    public byte[] ToBytes()
    {
        var writer = new MqttPacketWriter(MqttPacketType.Subscribe, 2).UInt16(PacketId);
        for (int i = 0; i < Filters.Count; i++)
        {
            writer.String(Filters[i]).Byte((byte)Qualities[i]);
        }

        return writer.ToArray();
    }
}
