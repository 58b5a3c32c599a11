using SensorNode.Fakes;
using Xunit;
using Xunit.Abstractions;

namespace SensorNode.Update.Tests;

/// <summary>Power is cut at every flash operation of a life with updates, and at every pair: the node starts the old release or the new one, and a later update works.</summary>
public sealed class PowerCutTests(ITestOutputHelper output)
{
    private static readonly byte[] First = Releases.Small(1, 1);
    private static readonly byte[] Failing = Releases.Small(2, 2);
    private static readonly byte[] Second = Releases.Small(3, 2);
    private static readonly byte[] Last = Releases.Small(9, 5);

    /// <summary>A whole update with first start and confirmation, one that goes back, and a second update.</summary>
    [Fact]
    public void CutAtEveryOperation_StartsOldOrNew_AndALaterUpdateWorks()
    {
        int operations = CountOperations();
        int cuts = 0;
        Parallel.For(1, operations + 1, cutAt =>
        {
            foreach ((FlashTear tear, int bytes) in Tears([1, 40, 255]))
            {
                CutAndRecover(cutAt, tear, bytes, 0);
                Interlocked.Increment(ref cuts);
            }
        });
        output.WriteLine($"update: {operations} flash operations, {cuts} power cuts, 0 failures");
        Promises($"each of the {operations} flash operations", $"{cuts:N0} cuts");
    }

    [Fact]
    public void CutAtEveryPairOfOperations_StartsOldOrNew_AndALaterUpdateWorks()
    {
        int operations = CountOperations();
        int pairs = 0;
        Parallel.For(1, operations + 1, cutAt =>
        {
            foreach (FlashTear tear in (FlashTear[])[FlashTear.Garbage, FlashTear.Complete])
            {
                int second = 1;
                while (CutAndRecover(cutAt, tear, 40, second))
                {
                    Interlocked.Increment(ref pairs);
                    second++;
                }
            }
        });
        output.WriteLine($"update: {pairs} pairs of power cuts, 0 failures");
        Promises($"{pairs:N0} pairs of cuts");
    }

    /// <summary>The same with an application of the slot's size in chunks of 3 KB.</summary>
    [Fact]
    public void LargeRelease_CutAtEveryOperation_StartsOldOrNew()
    {
        byte[] large = Releases.Pack(Releases.Content(4, 1) with { ChunkBytes = 3072 }, Releases.Payload(4, Storage.FlashBudget.SlotSizeBytesMax));
        int operations = Live(Start(), large).Flash.OperationCount;
        int cuts = 0;
        Parallel.For(1, operations + 1, cutAt =>
        {
            foreach ((FlashTear tear, int bytes) in Tears([3071]))
            {
                UpdatingNode node = Start();
                Arm(node, cutAt, tear, bytes);
                try
                {
                    Live(node, large);
                }
                catch (PowerCutException)
                {
                    node.PowerOn();
                    Check(node, null, large);
                    Assert.True(node.Update(Last), $"cut at {cutAt}");
                    Interlocked.Increment(ref cuts);
                }
            }
        });
        output.WriteLine($"large release: {operations} flash operations, {cuts} power cuts, 0 failures");
    }

    /// <summary>A write that fails without a power cut leaves a node that runs what it ran and takes an update later.</summary>
    [Fact]
    public void FailureAtEveryOperation_KeepsWhatRuns()
    {
        int operations = CountOperations();
        Parallel.For(1, operations + 1, failAt =>
        {
            foreach ((FlashTear tear, int bytes) in Tears([40]))
            {
                UpdatingNode node = Start();
                node.Flash.FailAt = failAt;
                node.Flash.Tear = tear;
                node.Flash.TearBytes = bytes;
                Live(node, First, Second);
                node.PowerOn();
                Check(node, null, First, Second);
                Assert.True(node.Update(Last), $"failure at {failAt}, {tear}");
            }
        });
    }

    /// <summary>The README says these numbers, and no failures.</summary>
    private static void Promises(params string[] figures)
    {
        string? folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder!, "SensorNode.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        string readme = File.ReadAllText(Path.Combine(folder!, "README.md")).ReplaceLineEndings(" ");
        Assert.All(figures.Append("0 failures"), figure => Assert.Contains(figure, readme, StringComparison.Ordinal));
    }

    private static int CountOperations()
    {
        UpdatingNode node = Start();
        Live(node);
        Assert.Equal(Releases.PayloadOf(Second), node.Running);
        return node.Flash.OperationCount;
    }

    private static UpdatingNode Start()
    {
        var flash = new FakeFlash(64);
        flash.Plant(TrustedKeys.FileName, Releases.KeyFile);
        var node = new UpdatingNode(flash);
        node.Boot();
        return node;
    }

    private static void Live(UpdatingNode node)
    {
        Assert.True(node.Update(First));
        Assert.False(node.Update(Failing, Fate.NoBroker));
        Assert.True(node.Update(Second));
        node.Boot();
    }

    private static UpdatingNode Live(UpdatingNode node, params byte[][] releases)
    {
        foreach (byte[] release in releases)
        {
            node.Update(release);
        }

        return node;
    }

    private static void Arm(UpdatingNode node, int cutAt, FlashTear tear, int bytes)
    {
        node.Flash.CutAt = cutAt;
        node.Flash.Tear = tear;
        node.Flash.TearBytes = bytes;
    }

    /// <summary>False where the second cut never came.</summary>
    private static bool CutAndRecover(int cutAt, FlashTear tear, int bytes, int second)
    {
        string what = $"cut at {cutAt}, {tear}, {bytes} bytes, second after {second}";
        try
        {
            UpdatingNode node = Start();
            Arm(node, cutAt, tear, bytes);
            Assert.Throws<PowerCutException>(() => Live(node));
            byte[]? before = node.Confirmed;
            node.Flash.PowerOn();
            bool isCutAgain = second == 0;
            if (second > 0)
            {
                Arm(node, node.Flash.OperationCount + second, second % 2 == 0 ? FlashTear.Garbage : FlashTear.Prefix, 40);
                try
                {
                    node.PowerOnArmed();
                    Check(node, before, First, Failing, Second);
                    node.Update(Last);
                }
                catch (PowerCutException)
                {
                    isCutAgain = true;
                }
            }

            node.PowerOn();
            Check(node, before, First, Failing, Second, Last);
            Assert.True(node.Update(Last), "the later update");
            node.Boot();
            Assert.Equal(Releases.PayloadOf(Last), node.Running);
            return isCutAgain;
        }
        catch (Exception problem)
        {
            throw new InvalidOperationException(what + ": " + problem.Message, problem);
        }
    }

    /// <summary>What runs is what was confirmed before, or a later one: never nothing, never the factory's once a release was in force.</summary>
    private static void Check(UpdatingNode node, byte[]? before, params byte[][] possible)
    {
        byte[]? running = node.Running;
        if (running == null)
        {
            Assert.True(before == null, "the factory application runs although a release was in force");
            return;
        }

        Assert.Contains(possible.Select(Releases.PayloadOf).Append(before), p => p != null && p.AsSpan().SequenceEqual(running));
    }

    private static IEnumerable<(FlashTear Tear, int Bytes)> Tears(int[] lengths) =>
        Enum.GetValues<FlashTear>().SelectMany(tear => (tear is FlashTear.Prefix or FlashTear.Garbage ? lengths : [1]).Select(bytes => (tear, bytes)));
}
