using Mono.Cecil;
using SensorNode.DeviceApi.Emission;
using SensorNode.DeviceApi.Lists;
using SensorNode.DeviceApi.Projects;

namespace SensorNode.Guard.Tests.DeviceApi;

/// <summary>Lists are read without loss, and what is written from them holds exactly what they say.</summary>
public sealed class ApiListTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Libraries => [.. Repository.Catalog.Libraries.Select(l => l.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Libraries))]
    public void ReferenceAssembly_HasTheListedTypesAndMembersAndNoOthers(string library)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(Path.Combine(Repository.ReferenceFolder, library + ".dll"));
        ApiLibrary list = Repository.Catalog.FindLibrary(library)!;

        Assert.Equal(list.Version, module.Assembly.Name.Version);
        TypeDefinition[] visible = [.. module.GetTypes().Where(t => t.IsPublic || t.IsNestedPublic)];
        Assert.Equal(list.Types.Select(t => t.MetadataName).Order(), visible.Select(t => t.FullName).Order());
        foreach (TypeDefinition type in visible)
        {
            foreach (MethodDefinition method in type.Methods)
            {
                Assert.True(Repository.Signatures.Has(type.FullName, method.FullName, method.IsStatic) || type.HasGenericParameters, method.FullName);
            }

            int listed = list.Types.Single(t => t.MetadataName == type.FullName).Members.Sum(m => m.Kind switch
            {
                ApiMemberKind.Property => (m.HasGetter ? 1 : 0) + (m.HasSetter ? 1 : 0),
                ApiMemberKind.Event => 2,
                _ => 1,
            });
            int written = type.Methods.Count(m => !(type.BaseType?.Name == "MulticastDelegate" && m.IsConstructor)) + type.Fields.Count(f => !f.IsPrivate && f.Name != "value__");
            Assert.Equal(listed, written);
        }
    }

    [Theory]
    [InlineData("no header", "(1): expected '# <assembly>")]
    [InlineData("# X, Version=1.0.0.0\nrecord X.Y", "(2): 'record' is not a kind of type")]
    [InlineData("# X, Version=1.0.0.0\nclass X.Y\n  X.Z: public int A", "(3): a member of another type than the one above")]
    [InlineData("# X, Version=1.0.0.0\nclass X.Y\n  X.Y: public int A B C", "(3): expected a type and a name")]
    [InlineData("# X, Version=1.0.0.0\nclass X.Y\n  X.Y: public const int A", "(3): a constant without a value")]
    [InlineData("# X, Version=1.0.0.0\nenum X.Y : int\n  X.Y.A", "(3): expected 'Type.Name = value'")]
    public void BadLine_IsNamedWithFileAndNumber(string text, string problem)
    {
        _folder.Write("bad.txt", text);

        ApiListException exception = Assert.Throws<ApiListException>(() => ApiCatalog.Load(_folder.Path));

        Assert.StartsWith("bad.txt" + problem, exception.Message);
    }

    [Fact]
    public void TypeThatNoListKnows_IsAnError()
    {
        _folder.Write("a.txt", "# A, Version=1.0.0.0\nclass System.Object\nclass A.B : A.Missing\n");
        ApiCatalog catalog = ApiCatalog.Load(_folder.Path);

        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => ReferenceAssemblyWriter.Write(catalog, catalog.FindLibrary("A")!));

        Assert.Contains("A.Missing", exception.Message);
    }

    [Fact]
    public void EachLibraryHasAPin_OfTheVersionThatItsListWasReadFrom()
    {
        PackagePins pins = PackagePins.Load(Repository.Layout.PathOf("tools/SensorNode.DeviceApi/api"));
        foreach (ApiLibrary library in Repository.Catalog.Libraries)
        {
            var pin = Version.Parse(pins.Closure([library.Name]).Single(p => p.Assembly == library.Name).Version);

            // The last number may differ: the members that we use are the same. UnitsNet was read one minor version before its pin.
            int minor = library.Name.StartsWith("UnitsNet.", StringComparison.Ordinal) ? library.Version.Minor + 1 : library.Version.Minor;
            Assert.True(pin.Major == library.Version.Major && pin.Minor == minor, $"{library.Name}: pinned {pin}, but its list is of {library.Version}; read the list again");
        }
    }

    [Fact]
    public void WritingAgain_ChangesNothing()
    {
        int first = ReferenceFolder.WriteReferences(Repository.Catalog, _folder.Path);

        Assert.Equal(Repository.Catalog.Libraries.Count() + 1, first);
        Assert.Equal(0, ReferenceFolder.WriteReferences(Repository.Catalog, _folder.Path));
    }

    [Fact]
    public void Forwarders_SendTypesToTheStandinsFirst_ThenToTheBaseLibrary_NestedOnesToo()
    {
        string standins = PlantedCode.ForHost(_folder, "namespace System.Device.I2c { public class I2cDevice { } } namespace System.IO { public class IOException : Exception { public enum IOExceptionErrorCode { Others = -536870912 } } }");

        IReadOnlyList<string> missing = ForwarderWriter.WriteAll(Repository.Catalog, standins, _folder.File("forwarders"));

        Assert.Contains("System.Device.I2c: System.Device.I2c.I2cConnectionSettings", missing);
        Assert.Equal("Planted", TargetOf("System.Device.I2c", "System.Device.I2c.I2cDevice"));
        Assert.Equal("Planted", TargetOf("mscorlib", "System.IO.IOException"));
        Assert.Equal("Planted", TargetOf("mscorlib", "System.IO.IOException/IOExceptionErrorCode"));
        Assert.Equal("System.Private.CoreLib", TargetOf("mscorlib", "System.Int32"));
        Assert.Equal("System.Private.CoreLib", TargetOf("System.Math", "System.Math"));
        Assert.Null(TargetOf("mscorlib", "System.SpanByte"));
    }

    private string? TargetOf(string library, string type)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(_folder.File($"forwarders/{library}.dll"));
        Assert.Equal(Repository.Catalog.FindLibrary(library)!.Version, module.Assembly.Name.Version);
        ExportedType? exported = module.ExportedTypes.FirstOrDefault(e => e.FullName == type);
        while (exported?.DeclaringType is not null)
        {
            exported = exported.DeclaringType;
        }

        return exported?.Scope.Name;
    }
}
