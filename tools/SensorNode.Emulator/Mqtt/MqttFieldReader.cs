using System.Text;
using System.Text.Unicode;

namespace SensorNode.Emulator.Mqtt;

/// <summary>Reads the fields of one packet body in order. Every method gives false, and moves nothing, where the body is too short or the field is not valid.</summary>
public ref struct MqttFieldReader(ReadOnlySpan<byte> body)
{
    private ReadOnlySpan<byte> _rest = body;

    /// <summary>What is left of the body.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>Reads one byte.</summary>
    public bool TryByte(out byte value)
    {
        value = 0;
        if (_rest.Length < 1)
        {
            return false;
        }

        value = _rest[0];
        _rest = _rest[1..];
        return true;
    }

    /// <summary>Reads two bytes, the higher first.</summary>
    public bool TryUInt16(out int value)
    {
        value = 0;
        if (_rest.Length < 2)
        {
            return false;
        }

        value = (_rest[0] << 8) | _rest[1];
        _rest = _rest[2..];
        return true;
    }

    /// <summary>Reads bytes behind a two-byte length.</summary>
    public bool TryBinary(out byte[] value)
    {
        value = [];
        if (_rest.Length < 2)
        {
            return false;
        }

        int length = (_rest[0] << 8) | _rest[1];
        if (_rest.Length < 2 + length)
        {
            return false;
        }

        value = _rest.Slice(2, length).ToArray();
        _rest = _rest[(2 + length)..];
        return true;
    }

    /// <summary>Reads a string behind a two-byte length: well-formed UTF-8 without U+0000 (MQTT 3.1.1, 1.5.3).</summary>
    public bool TryString(out string value)
    {
        value = "";
        ReadOnlySpan<byte> before = _rest;
        if (!TryBinary(out byte[] bytes))
        {
            return false;
        }

        if (!Utf8.IsValid(bytes) || bytes.AsSpan().Contains((byte)0))
        {
            _rest = before;
            return false;
        }

        value = Encoding.UTF8.GetString(bytes);
        return true;
    }
}
