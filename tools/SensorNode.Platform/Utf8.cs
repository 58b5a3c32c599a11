using System.Text;

namespace SensorNode.Platform;

/// <summary>UTF-8 as the device has it, for the stand-ins, which hide the base library's own encodings.</summary>
/// <remarks>The native code handles strings that end at a zero: a NUL cuts the text in both directions. Invalid bytes become U+FFFD.</remarks>
public static class Utf8
{
    /// <summary>Text to bytes, up to the first NUL.</summary>
    public static byte[] GetBytes(string text)
    {
        int end = text.IndexOf('\0');
        return Encoding.UTF8.GetBytes(end < 0 ? text : text[..end]);
    }

    /// <summary>Bytes to text, up to the first zero.</summary>
    public static string GetText(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
    }
}
