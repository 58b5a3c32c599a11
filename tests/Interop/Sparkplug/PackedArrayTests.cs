using SensorNode.Sparkplug.Host;
using Xunit;

namespace SensorNode.Interop.Tests.Sparkplug;

/// <summary>The worked examples of the specification (section 6.4.16), and what is not an array.</summary>
public class PackedArrayTests
{
    public static TheoryData<SparkplugDatatype, string, Array> Examples() => new()
    {
        { SparkplugDatatype.Int8Array, "EF7B", new sbyte[] { -17, 123 } },
        { SparkplugDatatype.Int16Array, "D08A3075", new short[] { -30000, 30000 } },
        { SparkplugDatatype.Int32Array, "FFFFFFFFFAAFCB12", new[] { -1, 315338746 } },
        { SparkplugDatatype.UInt8Array, "17FA", new byte[] { 23, 250 } },
        { SparkplugDatatype.UInt16Array, "1E0088CC", new ushort[] { 30, 52360 } },
        { SparkplugDatatype.StringArray, "41424300" + "68656C6C6F00", new[] { "ABC", "hello" } },
        { SparkplugDatatype.DateTimeArray, "C7D0907524010000B8BAB89781010000", new[] { DateTime.UnixEpoch.AddMilliseconds(1256102875335), DateTime.UnixEpoch.AddMilliseconds(1656107875000) } },
        { SparkplugDatatype.BooleanArray, "0C000000" + "34D0", new[] { false, false, true, true, false, true, false, false, true, true, false, true } },
        { SparkplugDatatype.FloatArray, "0000803F", new[] { 1f } },
        { SparkplugDatatype.DoubleArray, "000000000000F03F", new[] { 1d } },
        { SparkplugDatatype.StringArray, "", Array.Empty<string>() },
        { SparkplugDatatype.Int16Array, "", Array.Empty<short>() },
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_IsRead(SparkplugDatatype datatype, string hex, Array expected)
    {
        Assert.True(PackedArray.TryRead(datatype, Convert.FromHexString(hex), out Array? array, out string fault), fault);
        Assert.Equal(expected, array);
    }

    [Theory]
    [InlineData(SparkplugDatatype.Int16Array, "010203", "not a multiple of 2")]
    [InlineData(SparkplugDatatype.DoubleArray, "01020304", "not a multiple of 8")]
    [InlineData(SparkplugDatatype.BooleanArray, "010000", "without a count")]
    [InlineData(SparkplugDatatype.BooleanArray, "FFFFFFFF00", "BooleanArray of 4294967295 in 1 bytes")]
    [InlineData(SparkplugDatatype.StringArray, "4142", "not ended by a zero byte")]
    [InlineData(SparkplugDatatype.DateTimeArray, "FFFFFFFFFFFFFFFF", "after the year 9999")]
    [InlineData(SparkplugDatatype.Int32, "00", "is no array")]
    public void Fault_IsNamed(SparkplugDatatype datatype, string hex, string text)
    {
        Assert.False(PackedArray.TryRead(datatype, Convert.FromHexString(hex), out _, out string fault));
        Assert.Contains(text, fault);
    }
}
