namespace SensorNode.Emulator.Mqtt;

/// <summary>Contents of a CONNECT packet.</summary>
public sealed record ConnectPacket(string ClientId, bool CleanSession, int KeepAliveSeconds, MqttMessage? Will, string? UserName, byte[]? Password)
{
    private const int CleanSessionFlag = 0x02;
    private const int WillFlag = 0x04;
    private const int WillRetainFlag = 0x20;
    private const int PasswordFlag = 0x40;
    private const int UserNameFlag = 0x80;

    /// <summary>Reads the body of a CONNECT.</summary>
    /// <param name="body">Packet body.</param>
    /// <param name="packet">Contents, where the answer is true.</param>
    /// <param name="returnCode">Return code that a CONNACK has to carry before closing (1: protocol version), or 0 for closing without one.</param>
    /// <param name="fault">What is wrong, where the answer is false.</param>
    public static bool TryParse(ReadOnlySpan<byte> body, out ConnectPacket? packet, out int returnCode, out string fault)
    {
        packet = null;
        returnCode = 0;
        var reader = new MqttFieldReader(body);
        if (!reader.TryString(out string protocol) || !reader.TryByte(out byte level))
        {
            fault = "CONNECT without protocol name and level";
            return false;
        }

        if (protocol is not ("MQTT" or "MQIsdp"))
        {
            fault = $"CONNECT with protocol name '{Printable(protocol)}', must be 'MQTT'";
            return false;
        }

        if (protocol != "MQTT" || level != 4)
        {
            returnCode = 1;
            fault = $"CONNECT with protocol '{protocol}' level {level}, this broker speaks 'MQTT' level 4 (3.1.1)";
            return false;
        }

        if (!reader.TryByte(out byte flags) || !reader.TryUInt16(out int keepAliveSeconds))
        {
            fault = "CONNECT ends before flags and keep-alive";
            return false;
        }

        fault = FlagsFault(flags) ?? "";
        return fault.Length == 0 && TryParsePayload(reader, flags, keepAliveSeconds, out packet, out fault);
    }

    /// <summary>Writes the body of a CONNECT.</summary>
    public byte[] ToBytes()
    {
        var writer = new MqttPacketWriter(MqttPacketType.Connect, 0);
        int flags = (CleanSession ? CleanSessionFlag : 0) | (UserName != null ? UserNameFlag : 0) | (Password != null ? PasswordFlag : 0);
        if (Will != null)
        {
            flags |= WillFlag | (Will.QualityOfService << 3) | (Will.Retain ? WillRetainFlag : 0);
        }

        writer.String("MQTT").Byte(4).Byte((byte)flags).UInt16(KeepAliveSeconds).String(ClientId);
        if (Will != null)
        {
            writer.String(Will.Topic).Binary(Will.Payload);
        }

        if (UserName != null)
        {
            writer.String(UserName);
        }

        if (Password != null)
        {
            writer.Binary(Password);
        }

        return writer.ToArray();
    }

    private static string? FlagsFault(int flags)
    {
        int willQos = (flags >> 3) & 3;
        if ((flags & 1) != 0)
        {
            return "CONNECT with the reserved flag set";
        }

        if (willQos == 3)
        {
            return "CONNECT with will QoS 3, allowed are 0 to 2";
        }

        if ((flags & WillFlag) == 0 && (willQos != 0 || (flags & WillRetainFlag) != 0))
        {
            return "CONNECT with will QoS or will retain but without a will";
        }

        return (flags & PasswordFlag) != 0 && (flags & UserNameFlag) == 0 ? "CONNECT with a password but without a user name" : null;
    }

    private static bool TryParsePayload(MqttFieldReader reader, int flags, int keepAliveSeconds, out ConnectPacket? packet, out string fault)
    {
        packet = null;
        string? userName = null;
        byte[]? password = null;
        MqttMessage? will = null;
        if (!reader.TryString(out string clientId))
        {
            fault = "CONNECT with a client id that is cut off or not UTF-8";
            return false;
        }

        if ((flags & WillFlag) != 0)
        {
            if (!reader.TryString(out string willTopic) || !MqttTopic.IsName(willTopic) || !reader.TryBinary(out byte[] willPayload))
            {
                fault = "CONNECT with a will whose topic or payload is not valid";
                return false;
            }

            will = new MqttMessage(willTopic, willPayload, (flags >> 3) & 3, (flags & WillRetainFlag) != 0);
        }

        if ((flags & UserNameFlag) != 0 && !reader.TryString(out userName))
        {
            fault = "CONNECT with a user name that is cut off or not UTF-8";
            return false;
        }

        if ((flags & PasswordFlag) != 0 && !reader.TryBinary(out password))
        {
            fault = "CONNECT with a password that is cut off";
            return false;
        }

        fault = reader.Rest.Length == 0 ? "" : $"CONNECT with {reader.Rest.Length} bytes after its last field";
        packet = new ConnectPacket(clientId, (flags & CleanSessionFlag) != 0, keepAliveSeconds, will, userName, password);
        return fault.Length == 0;
    }

    private static string Printable(string text) =>
        string.Concat(text.Take(20).Select(c => c is >= ' ' and <= '~' ? c : '?'));
}
