using SensorNode.Guards;
using SensorNode.Guards.Purity;

namespace SensorNode.Guard.Tests.Purity;

/// <summary>What computes does not look around: on this repository, and on planted violations.</summary>
public sealed class PurityGuardTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Assemblies => [.. Repository.DeviceAssemblies().Where(a => Path.GetFileName(a) != "NFUnitTest.dll").Select(Repository.Layout.RelativePath)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void CodeThatComputes_ReadsNoClockLogsNothingStartsNoThread(string assembly) =>
        NoFindings.In(new PurityGuard(Repository.Layout).Check(Repository.Layout.PathOf(assembly)));

    [Theory]
    [InlineData("namespace SensorNode.Dsp { public class C { public long M() => DateTime.UtcNow.Ticks; } }", "this reads a clock (get_UtcNow)")]
    [InlineData("namespace SensorNode.Detection { public class C { public void M() => Thread.Sleep(1); } }", "System.Threading.Thread starts or stops a thread")]
    [InlineData("namespace SensorNode.Features { public class C { public void M() => Console.WriteLine(\"x\"); } }", "writes to the console")]
    [InlineData("namespace SensorNode.Update { public class C { private Random _random; public object M() => _random ??= null; } }", "draws random numbers")]
    [InlineData("namespace SensorNode.Contracts { public interface IClock { } } namespace SensorNode.Sparkplug { public class C { public void M(SensorNode.Contracts.IClock clock) { } } }", "IClock reads a clock")]
    [InlineData("namespace SensorNode.Node { public class N { } } namespace SensorNode.Features { public class C { public object M() => new SensorNode.Node.N(); } }", "SensorNode.Features may not know SensorNode.Node.N")]
    [InlineData("namespace SensorNode.Features { public class N { } } namespace SensorNode.Dsp { public class C { public SensorNode.Features.N[] M() => null; } }", "SensorNode.Dsp may not know SensorNode.Features.N; allowed: nothing of ours")]
    public void PlantedLook_IsFound(string source, string reason) =>
        Assert.Contains(new PurityGuard().Check(PlantedCode.ForDevice(_folder, source)), f => f.ToString().Contains(reason, StringComparison.Ordinal));

    [Fact]
    public void TheNodeItself_MayDoAllThat() =>
        NoFindings.In(new PurityGuard().Check(PlantedCode.ForDevice(_folder, "namespace SensorNode.Node { public class C { public long M() { Thread.Sleep(1); return DateTime.UtcNow.Ticks; } } }")));
}
