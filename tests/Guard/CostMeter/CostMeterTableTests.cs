using SensorNode.CostMeter;
using Xunit;

namespace SensorNode.Guard.Tests.CostMeter;

public sealed class CostMeterTableTests
{
    [Fact]
    public void AMissingMemberGetsTheDefault_AndIsListed()
    {
        PlatformTable costs = PlatformTable.Costs();

        Assert.Equal([40, 10, 0], costs.Find("System.Nowhere::Nothing()", "System.Nowhere::Nothing"));
        Assert.Equal(["System.Nowhere::Nothing()"], costs.Missing);
    }

    [Fact]
    public void AnOverloadGoesBeforeTheGeneralEntry()
    {
        PlatformTable table = PlatformTable.Parse("name;il;native;source\nA::B;1;2;x\nA::B(System.Int32);3;4;x\n", "t", "name;il;native;source", [9, 9]);

        Assert.Equal([3, 4], table.Find("A::B(System.Int32)", "A::B"));
        Assert.Equal([1, 2], table.Find("A::B(System.Int64)", "A::B"));
        Assert.Empty(table.Missing);
    }

    [Theory]
    [InlineData("name;il;source\n", "t line 1: the header must be name;il;native;source")]
    [InlineData("name;il;native;source\nA;1;2\n", "t line 2: expected name;il;native;source with numbers of 0 or more and a source, found: A;1;2")]
    [InlineData("name;il;native;source\nA;-1;2;x\n", "t line 2: expected name;il;native;source with numbers of 0 or more and a source, found: A;-1;2;x")]
    [InlineData("name;il;native;source\nA;1;2;x\nA;1;2;x\n", "t line 3: A stands twice")]
    public void AFaultyTableIsRefusedWithItsLine(string text, string message)
    {
        var fault = Assert.Throws<CostMeterException>(() => PlatformTable.Parse(text, "t", "name;il;native;source", [0, 0]));

        Assert.Equal(message, fault.Message);
    }

    [Fact]
    public void BothTablesOfTheMeterCanBeRead()
    {
        Assert.Equal(48, PlatformTable.Types().Find("System.SpanByte", "System.SpanByte")[0]);
        Assert.Equal(36, PlatformTable.Costs().Find("System.String::Concat(System.String,System.String)", "System.String::Concat")[1]);
    }

    [Fact]
    public void AReferenceThatCannotBeFoundIsAnErrorWithItsName()
    {
        var instrumenter = new AssemblyInstrumenter(new InstrumentOptions { MeteredAssemblies = ["SensorNode.CostMeterSample"] });

        var fault = Assert.Throws<CostMeterException>(() => instrumenter.Instrument(MeteredSample.SamplePath));

        Assert.Contains("mscorlib", fault.Message, StringComparison.Ordinal);
    }
}
