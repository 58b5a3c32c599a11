namespace SensorNode.Emulator.Mqtt;

/// <summary>One whole control packet as it came, its fixed header split off.</summary>
/// <param name="Header">First byte: type in the upper four bits, flags in the lower four.</param>
/// <param name="Body">Everything after the remaining-length field. Owned by the receiver.</param>
/// <param name="TotalBytes">Bytes on the wire, fixed header included.</param>
public readonly record struct MqttFrame(byte Header, byte[] Body, int TotalBytes)
{
    /// <summary>Type of the packet; 0 and 15 do not exist in the protocol and never leave <see cref="MqttFrameReader"/>.</summary>
    public MqttPacketType Type => (MqttPacketType)(Header >> 4);

    /// <summary>The four flag bits.</summary>
    public int Flags => Header & 0x0F;
}
