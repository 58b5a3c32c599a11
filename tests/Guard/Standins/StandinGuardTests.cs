using System.Reflection;
using SensorNode.Guards;
using SensorNode.Guards.Standins;

namespace SensorNode.Guard.Tests.Standins;

/// <summary>The stand-ins on which firmware runs on the host are a true subset of the device's API, and complete for what firmware uses.</summary>
public sealed class StandinGuardTests : IDisposable
{
    private static readonly string StandinsFile = Path.Combine(AppContext.BaseDirectory, "SensorNode.Standins.dll");

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Assemblies => [.. Repository.DeviceAssemblies().Select(Repository.Layout.RelativePath)];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Standins_HaveNothingThatTheListsLack() =>
        NoFindings.In(new StandinSubsetGuard(Repository.Signatures).Check(StandinsFile));

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void WhatAnAssemblyReferences_ResolvesOnTheHost(string assembly) =>
        NoFindings.In(NewResolutionGuard().Check(Repository.Layout.PathOf(assembly)));

    [Theory]
    [InlineData("namespace System.Device.I2c { public class I2cDevice : System.IDisposable { public void Dispose() { } public int Extra() => 0; } }", "I2cDevice::Extra()")]
    [InlineData("namespace System.Threading { public enum ThreadPriority { Lowest = 7 } }", "has the value 7, but the list says 0")]
    [InlineData("namespace System { public class SpanByte { } }", "is a Class, but the list has a Struct")]
    [InlineData("namespace System.Threading { public class AutoResetEvent { } }", "does not derive from System.Threading.WaitHandle")]
    [InlineData("namespace System { public static class Convert { public static int ToInt32(string value) => 0; } }", "listed: static System.Int32 System.Convert::ToInt32(System.String,System.Int32)")]
    [InlineData("namespace System { public static class Console { public static int Width; } }", "a field that the list lacks")]
    [InlineData("namespace System.Threading { public static class Monitor { public static bool Enter(object o) => true; } }", "method that the list lacks")]
    public void PlantedStandin_IsFound(string source, string reason)
    {
        IReadOnlyList<Finding> findings = new StandinSubsetGuard(Repository.Signatures).Check(PlantedCode.ForHost(_folder, source));

        Assert.Contains(findings, f => f.ToString().Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void PlantedUseOfAMemberWithoutStandin_IsFound()
    {
        // Listed, but neither .NET 10 nor the stand-ins have it.
        const string Source = "public class C { public bool M(object o) => System.Runtime.Remoting.RemotingServices.IsTransparentProxy(o); public double M(double d) => d.CompareTo(1.0); }";

        IReadOnlyList<Finding> findings = NewResolutionGuard().Check(PlantedCode.ForDevice(_folder, Source));

        Assert.Equal("System.Runtime.Remoting.RemotingServices", Assert.Single(findings).What);
    }

    [Fact]
    public void MemberThatTheEmulatorRedirects_CountsAsThere() =>
        NoFindings.In(NewResolutionGuard().Check(PlantedCode.ForDevice(_folder, "public class C { public char M(char c) => c.ToLower(); }")));

    private RuntimeResolutionGuard NewResolutionGuard() => new(
        Repository.Catalog,
        Assembly.LoadFrom(StandinsFile),
        _folder.File("forwarders"),
        Repository.DeviceAssemblies().Where(a => Path.GetFileName(a) != "NFUnitTest.dll").ToDictionary(a => Path.GetFileNameWithoutExtension(a), a => a));
}
