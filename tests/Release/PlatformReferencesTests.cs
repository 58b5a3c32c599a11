using SensorNode.Update.Tests;
using Xunit;

namespace SensorNode.Release.Tests;

/// <summary>What an application refers to, read out of its bytes.</summary>
public class PlatformReferencesTests
{
    private static readonly byte[] s_real = Convert.FromHexString(SignedRelease.Assembly);

    [Fact]
    public void AssemblyOfTheMetadataProcessor_RefersToMscorlib() => Assert.Equal([new PlatformAssembly("mscorlib", new Version(1, 17, 11, 0), 0)], PlatformReferences.OfDevice(s_real));

    [Fact]
    public void EveryReference_IsRead()
    {
        byte[] file = DeviceAssemblyFile.Create(1000, ("mscorlib", "1.18.0.7"), ("SensorNode.Dsp", "0.0.0.0"), ("SensorNode.Base", "65535.2.3.4"));
        Assert.Equal(
            [new("mscorlib", new Version(1, 18, 0, 7), 0), new("SensorNode.Dsp", new Version(0, 0, 0, 0), 0), new("SensorNode.Base", new Version(65535, 2, 3, 4), 0)],
            PlatformReferences.OfDevice(file));
    }

    [Fact]
    public void DotNetAssembly_RefersToWhatItsCompilerWasGiven()
    {
        IReadOnlyList<PlatformAssembly> assemblies = PlatformReferences.OfDotNet(File.ReadAllBytes(typeof(PlatformReferencesTests).Assembly.Location));
        Assert.Contains(assemblies, assembly => assembly.Name == "SensorNode.Release" && assembly.Version == typeof(PlatformReferences).Assembly.GetName().Version);
        Assert.Contains("is no .NET assembly", Assert.Throws<InvalidDataException>(() => PlatformReferences.OfDotNet(s_real)).Message);
        Assert.Contains("is no .NET assembly", Assert.Throws<InvalidDataException>(() => PlatformReferences.OfDotNet([])).Message);
    }

    [Theory]
    [InlineData(38, 2)]    // another table of well-known strings
    [InlineData(40, 0x80)] // begins 4 bytes later: no whole number of records
    [InlineData(43, 0xFF)] // begins behind the end
    [InlineData(108, 13)]  // more padding than table
    [InlineData(100, 9)]   // the file has another length
    [InlineData(124, 0xFF)] // a name behind the strings
    [InlineData(125, 0xFF)] // a number of the well-known strings that names no assembly
    public void TablesThatCannotBe_AreNotRead(int offset, byte value)
    {
        byte[] file = [.. s_real];
        file[offset] = value;
        Assert.Equal("the assemblies that it refers to cannot be read", Assert.Throws<InvalidDataException>(() => PlatformReferences.OfDevice(file)).Message);
    }

    [Fact]
    public void NoReferenceAtAll_IsNotTakenForAnApplication() => Assert.Throws<InvalidDataException>(() => PlatformReferences.OfDevice(DeviceAssemblyFile.Create(500)));

    [Fact]
    public void AnyBytes_GiveReferencesOrAReason()
    {
        var random = new Random(4711);
        byte[] dotNet = File.ReadAllBytes(typeof(PlatformReferences).Assembly.Location);
        for (int n = 0; n < 20_000; n++)
        {
            ReadOrRefuse(PlatformReferences.OfDevice, Spoil(s_real, s_real.Length, random));
            if (n % 20 == 0)
            {
                ReadOrRefuse(PlatformReferences.OfDotNet, Spoil(dotNet, 1024, random));
            }
        }
    }

    private static byte[] Spoil(byte[] good, int within, Random random)
    {
        byte[] bytes = random.Next(4) == 0 ? good[..random.Next(good.Length)] : [.. good];
        for (int changes = random.Next(4); changes > 0 && bytes.Length > 8; changes--)
        {
            bytes[random.Next(8, Math.Max(9, Math.Min(bytes.Length, within)))] = (byte)random.Next(256);
        }

        return bytes;
    }

    private static void ReadOrRefuse(Func<byte[], IReadOnlyList<PlatformAssembly>> read, byte[] bytes)
    {
        try
        {
            Assert.All(read(bytes), assembly => Assert.NotEmpty(assembly.Name));
        }
        catch (InvalidDataException)
        {
        }
    }
}
