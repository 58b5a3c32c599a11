using SensorNode.CostMeter;
using Xunit;

namespace SensorNode.Guard.Tests.CostMeter;

/// <summary>Bytes on the device, added up by hand: blocks of 12, one for the header and one for each field.</summary>
[Collection(MeteredCollection.Name)]
public sealed class CostMeterHeapTests(MeteredSample sample)
{
    [Fact]
    public void ObjectsCountTheirOwnAndInheritedFields_AndTheStructuresInThem()
    {
        MeterTotals cost = sample.Cost("Heap", "Objects");

        Assert.Equal(3, cost.Allocations);
        Assert.Equal(48 + 72 + (12 + 12 + 36), cost.AllocatedBytes);
        Assert.Equal(3, cost.PlatformInstructions); // Object's constructor, once each
    }

    [Theory]
    [InlineData(0, 8 * 24)]
    [InlineData(5, 36 + 36 + 48 + 60 + 84 + 36 + (84 + 180) + 84)] // byte short int long object enum:byte Pair int[]
    [InlineData(100, 120 + 228 + 420 + 828 + 1224 + 120 + (1224 + 3600) + 1224)]
    public void ArraysCountHeaderAndData_RoundedUp(int length, int bytes)
    {
        MeterTotals cost = sample.Cost("Heap", "Arrays", length);

        Assert.Equal(8, cost.Allocations);
        Assert.Equal(bytes, cost.AllocatedBytes);
    }

    [Fact]
    public void BoxesAre24Bytes()
    {
        MeterTotals cost = sample.Cost("Heap", "Boxes", 5);

        Assert.Equal((2, 48), (cost.Allocations, cost.AllocatedBytes));
    }

    [Fact]
    public void StructureLocalsAreObjects_AndLoadingOneMakesACopy()
    {
        // Entry: two locals of 36. Loading pair to copy it: 36. Sum is called by address: nothing.
        MeterTotals cost = sample.Cost("Heap", "StructLocal", 5);
        Assert.Equal((2, 72 + 36), (cost.Allocations, cost.AllocatedBytes));

        MeterTotals field = sample.Cost("Heap", "StructFieldRead", sample.New("HoldsPair"));
        Assert.Equal((1, 36), (field.Allocations, field.AllocatedBytes));

        MeterTotals argument = sample.Cost("Heap", "StructArgument", sample.New("Pair"));
        Assert.Equal((1, 36), (argument.Allocations, argument.AllocatedBytes));
    }

    [Fact]
    public void StringsCountTheirUtf8_LiteralsTheirHandle()
    {
        Assert.Equal(12, sample.Cost("Heap", "Literal").AllocatedBytes);
        Assert.Equal(24, sample.Cost("Heap", "Strings", "abcde", "fghijk").AllocatedBytes); // 13 + 11
        Assert.Equal(36, sample.Cost("Heap", "Strings", "abcde", "fghijkl").AllocatedBytes); // 13 + 12
        Assert.Equal(24, sample.Cost("Heap", "StringsOfManyBytes", "xäöü€").AllocatedBytes); // 13 + 2 + 2 + 2 + 3
    }

    [Fact]
    public void ADelegateIsThreeBlocks() => Assert.Equal(36, sample.Cost("Heap", "DelegateMade").AllocatedBytes);

    [Fact]
    public void ALoopOverAnArrayAllocatesNothing()
    {
        MeterTotals cost = sample.Cost("Heap", "NothingAtAll", new int[1000]);

        Assert.Equal((0, 0), (cost.Allocations, cost.AllocatedBytes));
    }

    [Fact]
    public void ThePeakHoldsWhatIsAlive_NotWhatHasDied()
    {
        using var heap = new HeapTracker(stepBytes: 240);
        Meter.Heap = heap;
        MeterTotals cost;
        try
        {
            cost = sample.Cost("Heap", "Garbage", 100);
        }
        finally
        {
            Meter.Heap = null;
        }

        Assert.Equal(1020 + (100 * 120), cost.AllocatedBytes);
        Assert.InRange(heap.LiveBytesMax, 1020, 1020 + 240);
        Assert.InRange(heap.LiveAndFrameBytesMax, heap.LiveBytesMax + 204, heap.LiveBytesMax + 300);
    }

    [Fact]
    public void AnObjectThatCallsHandBackUnchanged_IsAliveOnce()
    {
        using var heap = new HeapTracker(stepBytes: 1 << 20);
        Meter.Heap = heap;
        try
        {
            sample.Cost("Heap", "Strings", "abcde", "");
            sample.Cost("Heap", "Strings", "abcde", "");
        }
        finally
        {
            Meter.Heap = null;
        }

        Assert.Equal(24, heap.Sample());
    }

    [Fact]
    public void EverySiteTellsWhereItsBytesCameFrom()
    {
        sample.Cost("Heap", "Arrays", 3);

        AllocationSite site = Assert.Single(Meter.AllSites(), site => site.Bytes > 0 && site.Method.Contains("Heap::Arrays") && site.TypeName == "System.Int64");
        Assert.Equal(AllocationKind.Array, site.Kind);
    }
}
