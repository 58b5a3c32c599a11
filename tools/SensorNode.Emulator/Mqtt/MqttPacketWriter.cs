using System.Text;

namespace SensorNode.Emulator.Mqtt;

/// <summary>Puts one control packet together.</summary>
public sealed class MqttPacketWriter(MqttPacketType type, int flags)
{
    /// <summary>Longest body that the four-byte length field can say (MQTT 3.1.1, table 2.4).</summary>
    public const int BodyBytesMax = 268_435_455;

    private readonly MemoryStream _body = new();

    /// <summary>Adds one byte.</summary>
    public MqttPacketWriter Byte(byte value)
    {
        _body.WriteByte(value);
        return this;
    }

    /// <summary>Adds two bytes, the higher first.</summary>
    public MqttPacketWriter UInt16(int value) => Byte((byte)(value >> 8)).Byte((byte)value);

    /// <summary>Adds a string with its length. Throws ArgumentException for more than 65535 bytes.</summary>
    public MqttPacketWriter String(string value) => Binary(Encoding.UTF8.GetBytes(value));

    /// <summary>Adds bytes with their length. Throws ArgumentException for more than 65535.</summary>
    public MqttPacketWriter Binary(byte[] value)
    {
        if (value.Length > ushort.MaxValue)
        {
            throw new ArgumentException($"a field of an MQTT packet holds at most 65535 bytes, not {value.Length}", nameof(value));
        }

        UInt16(value.Length);
        return Raw(value);
    }

    /// <summary>Adds bytes as they are.</summary>
    public MqttPacketWriter Raw(byte[] value)
    {
        _body.Write(value);
        return this;
    }

    /// <summary>The whole packet. Throws InvalidOperationException where the body is longer than <see cref="BodyBytesMax"/>.</summary>
    public byte[] ToArray()
    {
        if (_body.Length > BodyBytesMax)
        {
            throw new InvalidOperationException($"an MQTT packet holds at most {BodyBytesMax} bytes");
        }

        using var packet = new MemoryStream((int)_body.Length + 5);
        packet.WriteByte((byte)(((int)type << 4) | flags));
        int rest = (int)_body.Length;
        do
        {
            int digit = rest & 0x7F;
            rest >>= 7;
            packet.WriteByte((byte)(rest > 0 ? digit | 0x80 : digit));
        }
        while (rest > 0);

        _body.WriteTo(packet);
        return packet.ToArray();
    }

    /// <summary>A packet that carries only a packet id: PUBACK, PUBREC, PUBREL, PUBCOMP, UNSUBACK.</summary>
    public static byte[] Acknowledge(MqttPacketType type, int packetId) =>
        new MqttPacketWriter(type, type == MqttPacketType.PubRel ? 2 : 0).UInt16(packetId).ToArray();

    /// <summary>A packet without a body: PINGREQ, PINGRESP, DISCONNECT.</summary>
    public static byte[] Empty(MqttPacketType type) => new MqttPacketWriter(type, 0).ToArray();

    /// <summary>CONNACK.</summary>
    public static byte[] ConnAck(bool sessionPresent, int returnCode) =>
        new MqttPacketWriter(MqttPacketType.ConnAck, 0).Byte(sessionPresent ? (byte)1 : (byte)0).Byte((byte)returnCode).ToArray();
}
