using SensorNode.Platform;
using Xunit;

namespace SensorNode.Emulator.Tests;

public sealed class FileTests
{
    [Fact]
    public void Files_OutliveBoots_AndMoveRefusesATakenName()
    {
        var flash = new FlashFileSystem();
        for (int boot = 1; boot <= 3; boot++)
        {
            using var node = new TestNode("Files", flash: flash);
            node.RunToEnd();
            Assert.Equal(boot == 1 ? "boots 1\n" : $"move: True\nboots {boot}\n", node.Text);
        }

        Assert.Equal("xxx"u8.ToArray(), flash.ReadAllBytes("boots.txt"));
    }

    [Fact]
    public void PowerCutAtEachOperation_EndsTheBootThere()
    {
        var whole = new FlashFileSystem();
        whole.WriteAllBytes("boots.txt", "xx"u8.ToArray());
        using (var node = new TestNode("Files", flash: whole))
        {
            node.RunToEnd();
        }

        Assert.Equal(5, whole.OperationCount);
        for (int cut = 1; cut <= 5; cut++)
        {
            var flash = new FlashFileSystem { CutPowerAt = cut, TearSeed = (uint)cut };
            flash.WriteAllBytes("boots.txt", "xx"u8.ToArray());
            using var node = new TestNode("Files", flash: flash);
            node.Node.PowerOn();
            node.World.RunFor(TimeSpan.FromSeconds(5));
            Assert.Equal(EndReason.PoweredOff, node.Node.LastBoot!.Reason);
            Assert.False(node.Node.IsPowered);
            Assert.Equal(cut, flash.OperationCount);
            Assert.DoesNotContain("boots", node.Text);
        }
    }

    [Fact]
    public void UnclosedWrites_AreNotDurable()
    {
        var flash = new FlashFileSystem { TearSeed = 3 };
        int gone = 0;
        int part = 0;
        for (int i = 0; i < 60; i++)
        {
            flash.WriteAllBytes("f", [1, 2, 3]);
            FlashFile file = flash.OpenWrite("f", false, true);
            file.Write(3, [4, 5, 6, 7]);
            flash.Abandon();
            byte[] left = flash.ReadAllBytes("f");
            Assert.Equal(new byte[] { 1, 2, 3 }, left[..3]);
            gone += left.Length == 3 ? 1 : 0;
            part += left.Length > 3 && left[^1] != 7 ? 1 : 0;
            Assert.False(file.IsOpen);
        }

        Assert.InRange(gone, 10, 50);
        Assert.InRange(part, 10, 50);
    }

    [Fact]
    public void FullFlash_RefusesAndKeepsWhatWasThere()
    {
        var flash = new FlashFileSystem(8);
        flash.WriteAllBytes("a", new byte[4 * 4096]);
        FlashFile file = flash.OpenWrite("b", true, false);
        file.Write(0, new byte[4096]);
        Assert.Equal(FlashError.Full, Assert.Throws<FlashException>(() => file.Write(4096, new byte[2 * 4096])).Error);
        file.Close();
        Assert.Equal(0, flash.LengthOf("b"));
        Assert.Equal(7, flash.UsedBlockCount);
    }

    /// <summary>On the board fflush's result is dropped, and LittleFS closes a file that failed without an error.</summary>
    [Fact]
    public void SmallWriteOnAFullFlash_IsLostWithoutAWord()
    {
        var flash = new FlashFileSystem(8);
        flash.WriteAllBytes("a", new byte[5 * 4096]);
        flash.WriteAllBytes("b", [1, 2, 3]);
        FlashFile file = flash.OpenWrite("b", false, false);
        file.Write(0, [4, 5, 6]);
        file.Close();
        Assert.Equal(new byte[] { 1, 2, 3 }, flash.ReadAllBytes("b"));
    }
}
