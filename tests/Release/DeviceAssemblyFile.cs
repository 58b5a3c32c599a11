using System.Buffers.Binary;
using System.Text;

namespace SensorNode.Release.Tests;

/// <summary>Files laid out as the metadata processor lays out an assembly: header, references, strings, and a byte code table that fills up the rest. No runtime starts them.</summary>
internal static class DeviceAssemblyFile
{
    private const int HeaderBytes = 124;
    private const int MscorlibIndex = 0xFCD2;

    /// <param name="count">Bytes of the file; what references take at least.</param>
    /// <param name="references">mscorlib is named by its number, as everywhere; all others by the string table.</param>
    public static byte[] Create(int count, params (string Name, string Version)[] references)
    {
        var strings = new List<byte> { 0 };
        byte[] table = new byte[12 * references.Length];
        for (int i = 0; i < references.Length; i++)
        {
            (string name, string version) = references[i];
            BinaryPrimitives.WriteUInt16LittleEndian(table.AsSpan(12 * i), (ushort)(name == "mscorlib" ? MscorlibIndex : strings.Count));
            strings.AddRange(name == "mscorlib" ? [] : [.. Encoding.ASCII.GetBytes(name), 0]);
            ushort[] numbers = [.. version.Split('.').Select(ushort.Parse)];
            for (int n = 0; n < numbers.Length; n++)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(table.AsSpan((12 * i) + 4 + (2 * n)), numbers[n]);
            }
        }

        int padding = -strings.Count & 3;
        strings.AddRange(new byte[padding]);
        byte[] file = [.. "NFMRK1\0\0"u8, .. new byte[HeaderBytes - 8], .. table, .. strings];
        int referencesEnd = HeaderBytes + table.Length;
        int stringsEnd = file.Length;
        Array.Resize(ref file, Math.Max(count, stringsEnd));
        file[38] = 1;
        file[108 + 11] = (byte)padding;
        for (int i = 0; i < 16; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(40 + (4 * i)), i == 0 ? HeaderBytes : i < 12 ? referencesEnd : i < 14 ? stringsEnd : file.Length);
        }

        return file;
    }
}
