using Mono.Cecil;
using Mono.Cecil.Cil;
using SensorNode.Platform;
using Xunit;

namespace SensorNode.Emulator.Tests;

/// <summary>Assembly.Load(byte[]) as measured on the device: a second assembly of a name, its own types, shared interfaces, damage refused.</summary>
public sealed class LoadingTests
{
    [Fact]
    public void SecondImage_LoadsBesideTheDeployedOne()
    {
        Assert.Equal(
            "deployed from release one, call 1\nloaded from release two, call 1\nsame type False\nby name deployed True\ndeployed from release one, call 2\n",
            RunWith(EmulatedImage.Pack(SecondRelease())));
    }

    [Fact]
    public void DamagedImage_IsRefused()
    {
        byte[] good = EmulatedImage.Pack(SecondRelease());
        for (int seed = 0; seed < 20; seed++)
        {
            byte[] flipped = (byte[])good.Clone();
            int bit = new Random(seed).Next(good.Length * 8);
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<ArgumentException>(() => EmulatedImage.Unpack(flipped));
            Assert.Throws<ArgumentException>(() => EmulatedImage.Unpack(good.AsSpan(0, new Random(seed).Next(good.Length))));
        }

        good[good.Length / 2] ^= 4;
        Assert.Equal("deployed from release one, call 1\nrefused\ndeployed from release one, call 2\n", RunWith(good));
    }

    private static string RunWith(byte[] image)
    {
        var flash = new FlashFileSystem();
        flash.WriteAllBytes("app.img", image);
        using var node = new TestNode("Loading", flash: flash);
        node.RunToEnd();
        return node.Text;
    }

    private static byte[] SecondRelease()
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(Path.Combine(FirmwareFolder.DefaultPath, "SensorNode.EmulatorFirmware.dll"));
        Instruction word = module.GetType("SensorNode.EmulatorFirmware.Release").Methods.Single(m => m.Name == "Name").Body.Instructions.Single(i => i.OpCode == OpCodes.Ldstr);
        word.Operand = "two";
        using var second = new MemoryStream();
        module.Write(second);
        return second.ToArray();
    }
}
