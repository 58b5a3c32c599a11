using SensorNode.CostMeter;
using Xunit;

namespace SensorNode.Guard.Tests.CostMeter;

/// <summary>Instructions counted by hand from the compiled IL; nanoCLR's own counter gives the same numbers for all but the last test.</summary>
[Collection(MeteredCollection.Name)]
public sealed class CostMeterFlowTests(MeteredSample sample)
{
    [Theory]
    [InlineData("Nothing", 1, new int[0])] // ret
    [InlineData("Add", 4, new[] { 1, 2 })] // ldarg ldarg add ret
    [InlineData("Loop", 10, new[] { 0 })] // ldc stloc ldc stloc br | ldloc ldarg blt | ldloc ret
    [InlineData("Loop", 120, new[] { 10 })] // 10 + 10 x (ldloc ldloc add stloc ldloc ldc add stloc | ldloc ldarg blt)
    [InlineData("Loop", 11010, new[] { 1000 })]
    [InlineData("Branch", 5, new[] { 1 })] // ldarg ldc ble | ldc ret
    [InlineData("Branch", 7, new[] { 0 })] // ldarg ldc ble | ldarg ldc add ret
    [InlineData("Ternary", 5, new[] { 1 })] // ldarg ldc bgt | ldc ret
    [InlineData("Ternary", 5, new[] { 0 })] // ldarg ldc bgt | ldarg ret
    [InlineData("Switch", 4, new[] { 0 })] // ldarg switch | ldc ret
    [InlineData("Switch", 6, new[] { 2 })] // ldarg switch | ldc ldarg add ret
    [InlineData("Switch", 5, new[] { 9 })] // ldarg switch | br | ldc ret
    [InlineData("Calls", 16, new[] { 9 })] // ldarg ldc call (4) ldarg ldc call (4) add ret
    public void StraightLoopsBranchesAndCalls(string method, int instructions, int[] arguments)
    {
        Assert.Equal(instructions, sample.Cost("Flow", method, [.. arguments.Cast<object>()]).Instructions);
    }

    [Theory]
    [InlineData("CatchesWhatItThrows", 0, 1, 8, 0)] // ldarg ldc ble | ldc stloc leave | ldloc ret
    [InlineData("CatchesWhatItThrows", 1, 2, 11, 4)] // ldarg ldc ble | newobj throw | pop ldc stloc leave | ldloc ret; the constructor 4
    [InlineData("CatchesFromBelow", 0, 0, 21, 0)]
    [InlineData("CatchesFromBelow", 1, 5, 17, 4)] // what follows the call is not counted
    [InlineData("Finally", 0, 0, 18, 0)]
    [InlineData("FinallyThrown", 1, -1, 22, 4)]
    [InlineData("Filter", 0, 0, 11, 0)]
    [InlineData("Filter", 1, 7, 23, 4)]
    [InlineData("Filter", 6, 6, 23, 4)]
    public void Exceptions(string method, int argument, int result, int instructions, int platform)
    {
        MeterTotals cost = sample.Cost("Flow", method, argument);

        Assert.Equal(result, sample.Result);
        Assert.Equal((instructions, platform), (cost.Instructions, cost.PlatformInstructions));
        Assert.Equal(0, Meter.Current.FrameBytes);
    }

    [Fact]
    public void VirtualInterfaceAndDelegateCallsCountWhatTheyReach()
    {
        Assert.Equal(15, sample.Cost("Flow", "Virtual", sample.New("Square")).Instructions);
        Assert.Equal(15, sample.Cost("Flow", "Virtual", sample.New("Shape")).Instructions);
        Assert.Equal(5, sample.Cost("Flow", "Interface", sample.New("Square")).Instructions);
        Assert.Equal(12, sample.Cost("Flow", "Delegate", sample.NewUnary(), 3).Instructions);
    }

    [Fact]
    public void ARunLeftInItsMiddleByAnIndexIsOverCountedByItsRestOnly()
    {
        Assert.Equal(11, sample.Cost("Flow", "IndexOutOfRange", new int[4], 0).Instructions);

        MeterTotals thrown = sample.Cost("Flow", "IndexOutOfRange", new int[4], 9);

        Assert.Equal(-1, sample.Result);
        Assert.Equal(9 + 6, thrown.Instructions); // add ldc add.. stloc leave behind ldelem: 6 that nanoCLR does not execute
    }

    [Fact]
    public void StagesAreMeasuredWithWhatTheyCall_AlsoWhenTheyThrow()
    {
        Meter.ResetStages();
        sample.Cost("Flow", "Calls", 1);
        sample.Cost("Flow", "FinallyThrown", 1);

        Assert.Equal(2, Meter.Stages["adding"].Calls);
        Assert.Equal(8, Meter.Stages["adding"].Sum.Instructions);
        Assert.Equal(4, Meter.Stages["adding"].Largest.Instructions);
        Assert.Equal(1, Meter.Stages["throwing"].Calls);
        Assert.Equal(5 + 4, Meter.Stages["throwing"].Sum.InterpretedInstructions); // ldarg ldc ble | newobj throw; the constructor 4
    }

    [Fact]
    public void EachThreadHasItsOwnCount()
    {
        MeterTotals before = Meter.Now;
        long other = 0;
        var thread = new Thread(() => other = sample.Cost("Flow", "Loop", 1000).Instructions);
        thread.Start();
        thread.Join();

        Assert.Equal(11010, other);
        Assert.Equal(before, Meter.Now);
    }
}
