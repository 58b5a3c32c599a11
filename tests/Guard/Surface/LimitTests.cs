using System.Text;
using SensorNode.Guards;

namespace SensorNode.Guard.Tests.Surface;

/// <summary>Each size that the device's format cannot hold is found, and the size just below passes.</summary>
public class LimitTests
{
    [Theory]
    [InlineData(255, false)]
    [InlineData(256, true)]
    public void Locals(int count, bool refused)
    {
        // Each local is used by reference, so that the optimiser keeps it.
        string locals = Repeat(count, i => $"int v{i} = a; Use(ref v{i});");
        Check($"public class C {{ static void Use(ref int x) {{ }} public static void M(int a) {{ {locals} }} }}", $"{count} locals", refused);
    }

    [Theory]
    [InlineData(255, false)]
    [InlineData(256, true)]
    public void Arguments(int count, bool refused) =>
        Check($"public class C {{ public static void M({Repeat(count, i => (i > 0 ? ", " : "") + $"int a{i}")}) {{ }} }}", $"{count} arguments", refused);

    [Theory]
    [InlineData(255, false)]
    [InlineData(256, true)]
    public void StaticMethods(int count, bool refused) =>
        Check($"public static class C {{ {Repeat(count, i => $"public static void M{i}() {{ }}")} }}", $"{count} static methods", refused);

    [Theory]
    [InlineData(255, false)]
    [InlineData(256, true)]
    public void InstanceFields(int count, bool refused) =>
        Check($"public class C {{ {Repeat(count, i => $"public int F{i};")} }}", $"{count} instance fields", refused);

    [Theory]
    [InlineData(255, false)]
    [InlineData(256, true)]
    public void SwitchTargets(int count, bool refused) =>
        Check($"public class C {{ public int M(int a) {{ switch (a) {{ {Repeat(count, i => $"case {i}: return a * {i + 1000};")} }} return 0; }} }}", $"a switch over {count} values", refused);

    [Theory]
    [InlineData(30, false)]
    [InlineData(70, true)]
    public void BytesOfCode(int kilobytes, bool refused)
    {
        string method = Repeat(1024, _ => "a ^= 100000;") + " return a;"; // 8 bytes each: starg, ldarg, ldc, xor
        Check($"public class C {{ {Repeat(kilobytes / 8, i => $"public static int M{i}(int a) {{ {method} }}")} }}", "bytes of IL in one assembly", refused);
    }

    [Fact]
    public void BytesOfOneMethod() =>
        Check($"public class C {{ public static int M(int a) {{ {Repeat(5000, _ => "a ^= 100000;")} return a; }} }}", "bytes of IL in one method", true);

    [Theory]
    [InlineData(60, false)]
    [InlineData(66, true)]
    public void BytesOfStrings(int kilobytes, bool refused) =>
        Check($"public class C {{ public static string[] M() => new string[] {{ {Repeat(kilobytes, i => $"\"{i:0000}{new string('x', 1019)}\",")} }}; }}", "bytes of strings", refused);

    [Theory]
    [InlineData(50, false)]
    [InlineData(62, true)]
    public void BytesOfArrayData(int kilobytes, bool refused) =>
        Check(
            $"public class C {{ {Repeat(kilobytes, i => $"static readonly byte[] T{i} = {{ {Repeat(1024, j => $"{(i + j) & 255},")} }};")} }}",
            "bytes of array initialisers",
            refused);

    private static void Check(string source, string reason, bool refused)
    {
        using var folder = new TemporaryFolder();

        IReadOnlyList<Finding> findings = Repository.NewSurfaceGuard().Check(PlantedCode.ForDevice(folder, source));

        Assert.True(findings.Any(f => f.Reason.Contains(reason, StringComparison.Ordinal)) == refused, $"refused: {!refused}; findings: {Finding.Report(findings)}");
        Assert.True(refused || findings.Count == 0, Finding.Report(findings));
    }

    private static string Repeat(int count, Func<int, string> text)
    {
        var all = new StringBuilder();
        for (int i = 0; i < count; i++)
        {
            all.Append(text(i));
        }

        return all.ToString();
    }
}
