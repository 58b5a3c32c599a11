using SensorNode.Guards;

namespace SensorNode.Guard.Tests.Surface;

/// <summary>The surface guard on this repository, and on planted violations that it must find.</summary>
public class SurfaceGuardTests
{
    public static TheoryData<string> Assemblies => [.. Repository.DeviceAssemblies().Select(Repository.Layout.RelativePath)];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void AssemblyOfTheDevicesWorld_UsesOnlyWhatTheBoardHas(string assembly)
    {
        string file = Repository.Layout.PathOf(assembly);
        Assert.True(File.Exists(file), $"{assembly} was not built");

        NoFindings.In(Repository.NewSurfaceGuard().Check(file));
    }

    [Fact]
    public void AllPartsAreJudged()
    {
        // A guard that finds no assemblies would pass.
        string[] names = [.. Repository.DeviceAssemblies().Select(a => Path.GetFileNameWithoutExtension(a))];

        Assert.Superset(new HashSet<string> { "SensorNode.Base", "SensorNode.App", "SensorNode.Drivers.Lsm6dso" }, names.ToHashSet());
    }

    [Fact]
    public void OrdinaryFirmwareCode_HasNoFindings()
    {
        const string Source = """
            public delegate void Done(int x);
            public interface IThing { int Value { get; } }
            public struct Point { public int X; public int Y; }
            public class Clean : IThing, IDisposable
            {
                private static readonly int[] Table = { 1, 2, 3, 4, 5, 6, 7, 8 };
                private static readonly object Gate = new object();
                public event Done Finished;
                public int Value => Table[0];
                public void Dispose() { }
                public int Run(string text, params object[] rest)
                {
                    int sum = 0;
                    lock (Gate) { sum++; }
                    foreach (int i in Table) { sum += i; }
                    switch (text) { case "a": sum++; break; case "b": sum--; break; case "c": return 1; case "d": return 2; case "e": return 3; case "f": return 4; case "g": return 5; }
                    Done add = x => sum += x;
                    add(3);
                    Finished?.Invoke(sum);
                    try { sum /= 2; } catch (Exception e) when (e.Message == "x") { sum = 0; }
                    byte[][] jagged = new byte[2][];
                    jagged[0] = new byte[] { 1, 2, 3 };
                    var list = new ArrayList();
                    list.Add(sum);
                    foreach (object o in list) { sum += (int)o; }
                    using (var other = new Clean()) { sum += other.Value; }
                    var thread = new Thread(() => Thread.Sleep(1));
                    thread.Start();
                    Point p = new Point { X = 1 };
                    string kind = p.X switch { 1 => "one", _ => throw new ArgumentException() };
                    Console.WriteLine($"{sum} {kind} {jagged[0][1]:X2}" + (object)rest is string s ? s : "");
                    return sum;
                }
            }
            """;
        using var folder = new TemporaryFolder();

        NoFindings.In(Repository.NewSurfaceGuard().Check(PlantedCode.ForDevice(folder, Source)));
    }

    [Theory]
    [InlineData("public class Box<T> { public T Item; }", "a generic type")]
    [InlineData("public class C { public static T Same<T>(T x) => x; }", "a generic method")]
    [InlineData("public class C { static T Same<T>(T x) => x; public int M() => Same(3); }", "a call of a generic method")]
    [InlineData("public class C { public Action<int> Done; }", "System.Action`1<System.Int32>: the runtime crashes on generic types")]
    [InlineData("public class C { public void M(Func<int> f) { } }", "System.Func`1<System.Int32>: the runtime crashes on generic types")]
    [InlineData("public class C { public object M() => new int[2, 3]; }", "arrays of several dimensions")]
    [InlineData("public class C { public int M(int a, int b) => checked(a + b); }", "add.ovf: checked arithmetic never throws")]
    [InlineData("public class C { public byte M(int a) => checked((byte)a); }", "conv.ovf.u1: checked arithmetic never throws")]
    [InlineData("public class C { public int M(int[] a, long i) => a[i]; }", "conv.ovf.i: an array indexed or sized by a long")]
    [InlineData("public unsafe class C { public int M(int* p) => *p; }", "pointers do not convert")]
    [InlineData("public unsafe class C { public int M() { int* p = stackalloc int[4]; return p[0]; } }", "stackalloc does not convert")]
    [InlineData("public unsafe class C { public int M(byte[] a) { fixed (byte* p = a) { return p[0]; } } }", "'fixed' does not convert")]
    [InlineData("public unsafe class C { public int M(delegate*<int> f) => f(); }", "the interpreter refuses calli")]
    [InlineData("public interface I { int M() => 3; }", "an interface method with a body")]
    [InlineData("public class C { public void M(Thread t) => t.Abort(); }", "Thread.Abort cannot be emulated")]
    [InlineData("public class C { [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.InternalCall)] public extern int M(); }", "a native method")]
    public void PlantedConstruct_IsFoundWithLineAndReason(string source, string reason)
    {
        using var folder = new TemporaryFolder();

        IReadOnlyList<Finding> findings = Repository.NewSurfaceGuard().Check(PlantedCode.ForDevice(folder, source));

        Assert.Contains(findings, f => f.Reason.Contains(reason, StringComparison.Ordinal) || f.ToString().Contains(reason, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("public class C { public int? M() => 3; }", "nullable value types are generic")]
    [InlineData("public class C { public (int, int) M() => (1, 2); }", "tuples are generic")]
    [InlineData("public class C { public decimal M() => 3m; }", "'decimal' does not exist")]
    [InlineData("public class C { volatile int x; public int M() => x; }", "'volatile' has no support")]
    [InlineData("public class C { public async System.Threading.Tasks.Task M() { await System.Threading.Tasks.Task.Delay(1); } }", "an async method")]
    [InlineData("public class C { public IEnumerable M() { yield return 1; } }", "an iterator (yield)")]
    [InlineData("using System.Runtime.InteropServices; [StructLayout(LayoutKind.Explicit)] public struct S { [FieldOffset(0)] public int A; [FieldOffset(0)] public uint B; }", "explicit layout")]
    [InlineData("public class C { [System.Runtime.InteropServices.DllImport(\"c\")] public static extern int getpid(); }", "a native method")]
    [InlineData("public class C { public int M(Span<byte> s) => s.Length; }", "the runtime crashes on generic types")]
    [InlineData("public class C { public string M() => \"x\"; }", "references the assembly System.Private.CoreLib, which is neither a device library")]
    public void PlantedConstructThatTheReferencesRefuse_IsFoundWhenItGetsInAnyway(string source, string reason)
    {
        using var folder = new TemporaryFolder();

        IReadOnlyList<Finding> findings = Repository.NewSurfaceGuard().Check(PlantedCode.ForHost(folder, source));

        Assert.Contains(findings, f => f.ToString().Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void ReadByteOfTheBus_IsBanned()
    {
        using var folder = new TemporaryFolder();
        string planted = PlantedCode.ForDevice(folder, "public class C { public int M(System.Device.I2c.I2cDevice d) => d.ReadByte(); }", "System.Device.I2c");

        Finding finding = Assert.Single(Repository.NewSurfaceGuard().Check(planted));

        Assert.Contains("ReadByte drops the transfer's result", finding.Reason);
    }

    [Fact]
    public void Finding_NamesFileLineAndMember()
    {
        using var folder = new TemporaryFolder();
        string planted = PlantedCode.ForDevice(folder, "public class C\n{\n    public int M(int a)\n    {\n        a += 2;\n        return checked(a * a);\n    }\n}");

        Finding finding = Assert.Single(Repository.NewSurfaceGuard().Check(planted));

        Assert.Equal("Planted.cs(6)", finding.Where);
        Assert.Equal("System.Int32 C::M(System.Int32)", finding.What);
    }

    [Theory]
    [InlineData("public class C { public int? M() => 3; }", "CS0518")]
    [InlineData("public class C { volatile int x; }", "CS0518")]
    [InlineData("public class C { public IEnumerable M() { yield return 1; } }", "CS0656")]
    [InlineData("public class C { public void M() { System.Array.Sort(new int[1]); } }", "CS0117")]
    [InlineData("public class C { public string M() => string.Join(\",\", new string[1]); }", "CS0117")]
    [InlineData("public class C { object o; public void M() { DateTime t; o = t; } }", "CS0165")]
    [InlineData("public class C { SpanByte s; }", "CS8345")]
    [InlineData("public class C { public int M(string s) => s?.Length ?? 0; }", "CS0518")]
    public void WhatTheDeviceLacks_DoesNotCompile(string source, string error) =>
        Assert.Contains(error, PlantedCode.DeviceErrors(source));
}
