using Mono.Cecil;
using Mono.Cecil.Cil;

namespace SensorNode.Guard.Tests.DeviceApi;

/// <summary>Against the reference assemblies the compiler emits what it emits for the board; against .NET it would emit other IL.</summary>
public sealed class CompilerOutputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("public string M(int a, string b) => $\"{a} and {b:X2}\";", "System.String System.String::Format(System.String,System.Object[])")]
    [InlineData("public string M(string a, string b) => $\"{a}{b}\";", "System.String System.String::Concat(System.String,System.String)")]
    [InlineData("public string M(string a, int b) => a + b;", "System.String System.Int32::ToString()")]
    [InlineData("public void M(object o) { lock (o) { o.ToString(); } }", "System.Void System.Threading.Monitor::Enter(System.Object)")]
    [InlineData("public int[] M() => new int[] { 1, 2, 3, 4, 5 };", "System.Void System.Runtime.CompilerServices.RuntimeHelpers::InitializeArray(System.Array,System.RuntimeFieldHandle)")]
    [InlineData("public bool M(string s) => s switch { \"alpha\" => true, \"beta\" => false, _ => true };", "System.Boolean System.String::op_Equality(System.String,System.String)")]
    [InlineData("public int M(string s) { int n = 0; foreach (char c in s) { n += c; } return n; }", "System.Char System.String::get_Chars(System.Int32)")]
    [InlineData("public void M(IDisposable d) { using (d) { } }", "System.Void System.IDisposable::Dispose()")]
    [InlineData("public event Action A; public void M() => A += M;", "System.Delegate System.Delegate::Combine(System.Delegate,System.Delegate)")]
    public void Statement_CallsWhatTheDeviceHas(string member, string called)
    {
        using ModuleDefinition module = Compile("public class C { " + member + " }");

        Assert.Contains(called, Calls(module));
    }

    [Fact]
    public void ArrayForeachAndParams_CallNothing()
    {
        using ModuleDefinition module = Compile("public static class C { static int Sum(params int[] all) { int n = 0; foreach (int i in all) { n += i; } return n; } public static int M() => Sum(); }");

        // Against .NET the empty argument list would be Array.Empty<int>().
        Assert.Equal(["System.Int32 C::Sum(System.Int32[])"], Calls(module));
    }

    [Fact]
    public void DebugCalls_Vanish()
    {
        using ModuleDefinition module = Compile("public static class C { public static void M(int a) { System.Diagnostics.Debug.Assert(a > 0); System.Diagnostics.Debug.WriteLine(\"x\"); } }");

        Assert.Empty(Calls(module));
    }

    [Fact]
    public void EventAccessors_AreSynchronized()
    {
        using ModuleDefinition module = Compile("public class C { public event Action Done; }");

        Assert.All(module.GetType("C").Methods.Where(m => m.IsAddOn || m.IsRemoveOn), m => Assert.True(m.IsSynchronized));
    }

    [Fact]
    public void AssemblyRefersToTheDevicesCoreLibraryOnly()
    {
        using ModuleDefinition module = Compile("public class C { public override string ToString() => $\"{GetHashCode()}\"; }");

        AssemblyNameReference reference = Assert.Single(module.AssemblyReferences);
        Assert.Equal("mscorlib, Version=1.17.11.0, Culture=neutral, PublicKeyToken=null", reference.FullName);
    }

    [Fact]
    public void BuiltFirmware_RefersToNothingOfTheHost()
    {
        foreach (string assembly in Repository.DeviceAssemblies())
        {
            using ModuleDefinition module = ModuleDefinition.ReadModule(assembly);
            Assert.DoesNotContain(module.AssemblyReferences, r => r.Name is "System.Runtime" or "System.Private.CoreLib" or "netstandard" || (r.Name == "mscorlib" && r.Version != new Version(1, 17, 11, 0)));
        }
    }

    private static string[] Calls(ModuleDefinition module) =>
        [.. module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody && m.Name != ".ctor").SelectMany(m => m.Body.Instructions)
            .Where(i => i.OpCode.FlowControl == FlowControl.Call && i.OpCode.Code != Code.Newobj).Select(i => ((MethodReference)i.Operand).FullName).Distinct()];

    private ModuleDefinition Compile(string source) => ModuleDefinition.ReadModule(new MemoryStream(File.ReadAllBytes(PlantedCode.ForDevice(_folder, source))));
}
