using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace SensorNode.Guard.Tests;

/// <summary>Compiles C# that a test plants, with debug symbols, into a temporary folder.</summary>
internal static class PlantedCode
{
    /// <summary>As the projects of the device's world compile: C# 9, optimised, against the reference assemblies.</summary>
    public static string ForDevice(TemporaryFolder folder, string source, params string[] libraries) =>
        Compile(folder, source, LanguageVersion.CSharp9, ["mscorlib", .. libraries], name => Path.Combine(Repository.ReferenceFolder, name + ".dll"));

    /// <summary>Against .NET 10 under the name of the device's core library: for what the reference assemblies refuse already.</summary>
    public static string ForHost(TemporaryFolder folder, string source) =>
        Compile(folder, source, LanguageVersion.Latest, ["System.Private.CoreLib"], _ => typeof(object).Assembly.Location);

    /// <summary>The compiler's errors for a source of the device's world; empty if it compiles.</summary>
    public static IReadOnlyList<string> DeviceErrors(string source)
    {
        var output = new MemoryStream();
        EmitResult result = Compilation(source, LanguageVersion.CSharp9, ["mscorlib"], name => Path.Combine(Repository.ReferenceFolder, name + ".dll")).Emit(output);
        return [.. result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.Id)];
    }

    private static string Compile(TemporaryFolder folder, string source, LanguageVersion version, string[] names, Func<string, string> locate)
    {
        CSharpCompilation compilation = Compilation(source, version, names, locate);
        string file = folder.File("Planted.dll");
        using FileStream image = File.Create(file);
        using FileStream symbols = File.Create(Path.ChangeExtension(file, ".pdb"));
        EmitResult result = compilation.Emit(image, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        Assert.True(result.Success, string.Join(Environment.NewLine, result.Diagnostics));
        return file;
    }

    private static CSharpCompilation Compilation(string source, LanguageVersion version, string[] names, Func<string, string> locate)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(
            SourceText.From("using System;\nusing System.Collections;\nusing System.Threading;\n#line 1\n" + source, System.Text.Encoding.UTF8), new CSharpParseOptions(version), "Planted.cs");
        return CSharpCompilation.Create(
            "Planted",
            [tree],
            names.Select(n => MetadataReference.CreateFromFile(locate(n))),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true));
    }
}
