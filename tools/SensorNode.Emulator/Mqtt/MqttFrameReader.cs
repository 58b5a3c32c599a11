namespace SensorNode.Emulator.Mqtt;

/// <summary>Cuts a stream of bytes, in pieces of any size, into control packets.</summary>
/// <remarks>
/// Checks what the fixed header alone can tell: type 1 to 14, the flags that each type must have, a length field of at most
/// four bytes, and the size limit. After a fault nothing more is read.
/// Memory: grows with the bytes that arrived, never with the length that a header claims.
/// </remarks>
public sealed class MqttFrameReader(int packetBytesMax)
{
    private byte[] _buffer = new byte[256];
    private int _start;
    private int _end;

    /// <summary>Why the stream cannot be read on, or null while it can.</summary>
    public string? Fault { get; private set; }

    /// <summary>Bytes waiting that do not yet make a packet.</summary>
    public int PendingBytes => _end - _start;

    /// <summary>Type of the packet that is still arriving, or null where none of its bytes is here.</summary>
    public MqttPacketType? PendingType => PendingBytes == 0 ? null : (MqttPacketType)(_buffer[_start] >> 4);

    /// <summary>Takes bytes in.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_end + bytes.Length > _buffer.Length)
        {
            MakeRoom(bytes.Length);
        }

        bytes.CopyTo(_buffer.AsSpan(_end));
        _end += bytes.Length;
    }

    /// <summary>Gives the next whole packet; false where more bytes are needed or the stream is at fault.</summary>
    public bool TryRead(out MqttFrame frame)
    {
        frame = default;
        if (Fault != null || PendingBytes == 0)
        {
            return false;
        }

        byte header = _buffer[_start];
        Fault = HeaderFault(header);
        if (Fault != null || !TryReadLength(out int bodyBytes, out int headerBytes))
        {
            return false;
        }

        int totalBytes = headerBytes + bodyBytes;
        if (totalBytes > packetBytesMax)
        {
            Fault = $"{NameOf(header)} of {totalBytes} bytes is over the limit of {packetBytesMax}";
            return false;
        }

        if (PendingBytes < totalBytes)
        {
            return false;
        }

        frame = new MqttFrame(header, _buffer.AsSpan(_start + headerBytes, bodyBytes).ToArray(), totalBytes);
        _start += totalBytes;
        return true;
    }

    private static string NameOf(byte header) => ((MqttPacketType)(header >> 4)).ToString().ToUpperInvariant();

    // MQTT 3.1.1, table 2.2: reserved flags are fixed, and a receiver must close on others.
    private static string? HeaderFault(byte header)
    {
        int type = header >> 4;
        int flags = header & 0x0F;
        if (type is 0 or 15)
        {
            return $"first byte 0x{header:X2} has packet type {type}, which MQTT 3.1.1 does not have";
        }

        if (type == (int)MqttPacketType.Publish)
        {
            return (flags & 0x06) == 0x06 ? "PUBLISH with QoS 3, allowed are 0 to 2" : null;
        }

        int expected = type is (int)MqttPacketType.PubRel or (int)MqttPacketType.Subscribe or (int)MqttPacketType.Unsubscribe ? 2 : 0;
        return flags == expected ? null : $"{NameOf(header)} with flags {flags}, must be {expected}";
    }

    private bool TryReadLength(out int bodyBytes, out int headerBytes)
    {
        bodyBytes = 0;
        for (int i = 0; i < 4; i++)
        {
            headerBytes = 2 + i;
            if (PendingBytes < headerBytes)
            {
                return false;
            }

            byte digit = _buffer[_start + 1 + i];
            bodyBytes |= (digit & 0x7F) << (7 * i);
            if ((digit & 0x80) == 0)
            {
                return true;
            }
        }

        headerBytes = 0;
        Fault = $"{NameOf(_buffer[_start])} with a length field of more than four bytes";
        return false;
    }

    private void MakeRoom(int moreBytes)
    {
        int pending = PendingBytes;
        byte[] target = pending + moreBytes <= _buffer.Length ? _buffer : new byte[Math.Max(_buffer.Length * 2, pending + moreBytes)];
        _buffer.AsSpan(_start, pending).CopyTo(target);
        _buffer = target;
        _start = 0;
        _end = pending;
    }
}
