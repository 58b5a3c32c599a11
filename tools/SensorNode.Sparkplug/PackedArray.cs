using System.Buffers.Binary;
using System.Text;

namespace SensorNode.Sparkplug.Host;

/// <summary>The array data types: numbers packed little-endian into bytes_value (Sparkplug 3.0, section 6.4.16).</summary>
/// <remarks>Booleans: a 32-bit count, then eight to a byte, the first in the highest bit. Strings: UTF-8, each ended by a zero byte. Times: 64-bit ms since 1970 UTC.</remarks>
public static class PackedArray
{
    /// <summary>Reads an array.</summary>
    /// <param name="datatype">Int8Array to DateTimeArray.</param>
    /// <param name="bytes">Contents of bytes_value.</param>
    /// <param name="array">sbyte[], short[], int[], long[], byte[], ushort[], uint[], ulong[], float[], double[], bool[], string[] or DateTime[].</param>
    /// <param name="fault">What is wrong, where the answer is false.</param>
    public static bool TryRead(SparkplugDatatype datatype, ReadOnlySpan<byte> bytes, out Array? array, out string fault)
    {
        array = null;
        fault = "";
        int size = ElementSize(datatype);
        if (size > 0 && bytes.Length % size != 0)
        {
            fault = $"{datatype} of {bytes.Length} bytes, which is not a multiple of {size}";
            return false;
        }

        switch (datatype)
        {
            case SparkplugDatatype.Int8Array: array = Read(bytes, size, b => (sbyte)b[0]); return true;
            case SparkplugDatatype.UInt8Array: array = bytes.ToArray(); return true;
            case SparkplugDatatype.Int16Array: array = Read(bytes, size, BinaryPrimitives.ReadInt16LittleEndian); return true;
            case SparkplugDatatype.UInt16Array: array = Read(bytes, size, BinaryPrimitives.ReadUInt16LittleEndian); return true;
            case SparkplugDatatype.Int32Array: array = Read(bytes, size, BinaryPrimitives.ReadInt32LittleEndian); return true;
            case SparkplugDatatype.UInt32Array: array = Read(bytes, size, BinaryPrimitives.ReadUInt32LittleEndian); return true;
            case SparkplugDatatype.Int64Array: array = Read(bytes, size, BinaryPrimitives.ReadInt64LittleEndian); return true;
            case SparkplugDatatype.UInt64Array: array = Read(bytes, size, BinaryPrimitives.ReadUInt64LittleEndian); return true;
            case SparkplugDatatype.FloatArray: array = Read(bytes, size, BinaryPrimitives.ReadSingleLittleEndian); return true;
            case SparkplugDatatype.DoubleArray: array = Read(bytes, size, BinaryPrimitives.ReadDoubleLittleEndian); return true;
            case SparkplugDatatype.DateTimeArray: return TryReadTimes(bytes, out array, out fault);
            case SparkplugDatatype.BooleanArray: return TryReadBooleans(bytes, out array, out fault);
            case SparkplugDatatype.StringArray: return TryReadStrings(bytes, out array, out fault);
            default: fault = $"{datatype} is no array"; return false;
        }
    }

    /// <summary>Packs 16-bit numbers, as the node does with band levels and spectra.</summary>
    public static byte[] Write(ReadOnlySpan<short> values)
    {
        var bytes = new byte[2 * values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(2 * i), values[i]);
        }

        return bytes;
    }

    private delegate T ReadElement<T>(ReadOnlySpan<byte> bytes);

    private static int ElementSize(SparkplugDatatype datatype) => datatype switch
    {
        SparkplugDatatype.Int8Array or SparkplugDatatype.UInt8Array => 1,
        SparkplugDatatype.Int16Array or SparkplugDatatype.UInt16Array => 2,
        SparkplugDatatype.Int32Array or SparkplugDatatype.UInt32Array or SparkplugDatatype.FloatArray => 4,
        SparkplugDatatype.Int64Array or SparkplugDatatype.UInt64Array or SparkplugDatatype.DoubleArray or SparkplugDatatype.DateTimeArray => 8,
        _ => 0,
    };

    private static T[] Read<T>(ReadOnlySpan<byte> bytes, int size, ReadElement<T> read)
    {
        var values = new T[bytes.Length / size];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = read(bytes[(i * size)..]);
        }

        return values;
    }

    private static bool TryReadTimes(ReadOnlySpan<byte> bytes, out Array? array, out string fault)
    {
        var times = new DateTime[bytes.Length / 8];
        array = times;
        for (int i = 0; i < times.Length; i++)
        {
            if (!SparkplugTime.TryRead(BinaryPrimitives.ReadUInt64LittleEndian(bytes[(8 * i)..]), out times[i]))
            {
                fault = $"DateTimeArray whose element {i} is after the year 9999";
                return false;
            }
        }

        fault = "";
        return true;
    }

    private static bool TryReadBooleans(ReadOnlySpan<byte> bytes, out Array? array, out string fault)
    {
        array = null;
        uint count = bytes.Length < 4 ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        if (bytes.Length < 4 || bytes.Length - 4 != (count + 7L) / 8)
        {
            fault = bytes.Length < 4 ? "BooleanArray without a count" : $"BooleanArray of {count} in {bytes.Length - 4} bytes";
            return false;
        }

        var values = new bool[count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (bytes[4 + (i / 8)] & (0x80 >> (i % 8))) != 0;
        }

        array = values;
        fault = "";
        return true;
    }

    private static bool TryReadStrings(ReadOnlySpan<byte> bytes, out Array? array, out string fault)
    {
        array = null;
        fault = "";
        if (bytes.Length == 0)
        {
            array = Array.Empty<string>();
            return true;
        }

        if (bytes[^1] != 0)
        {
            fault = "StringArray whose last string is not ended by a zero byte";
            return false;
        }

        array = Encoding.UTF8.GetString(bytes[..^1]).Split('\0');
        return true;
    }
}
