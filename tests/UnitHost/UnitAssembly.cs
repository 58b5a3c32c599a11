using System.Reflection;
using SensorNode.Emulator;

namespace SensorNode.UnitHost.Tests;

/// <summary>Finds the tests in the unit-test assemblies. Attributes are known by name: their types belong to each context.</summary>
internal static class UnitAssembly
{
    /// <summary>Simple name of every unit-test assembly.</summary>
    public const string Name = "NFUnitTest";

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "unit");

    /// <summary>Names of the unit-test projects, in ordinal order.</summary>
    public static string[] List() => Directory.GetDirectories(Folder).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal).ToArray();

    /// <summary>A context with one of them and the firmware.</summary>
    public static FirmwareSandbox Open(string project, TextConsole? console = null) => new(new FirmwareFolder(Path.Combine(Folder, project), FirmwareFolder.DefaultPath), console);

    /// <summary>Every test: project, class, method, index of the DataRow or -1.</summary>
    public static IEnumerable<(string Project, string Class, string Method, int Row)> FindTests()
    {
        foreach (string project in List())
        {
            using FirmwareSandbox sandbox = Open(project);
            foreach (Type type in sandbox.Context.LoadFirmware(Name).GetTypes().Where(t => Has(t, "TestClassAttribute")).OrderBy(t => t.FullName, StringComparer.Ordinal))
            {
                foreach (MethodInfo method in MethodsOf(type).Where(m => Has(m, "TestMethodAttribute") || Has(m, "DataRowAttribute")))
                {
                    int rows = method.GetCustomAttributesData().Count(a => a.AttributeType.Name == "DataRowAttribute");
                    for (int row = rows == 0 ? -1 : 0; row < rows; row++)
                    {
                        yield return (project, type.FullName!, method.Name, row);
                    }
                }
            }
        }
    }

    /// <summary>Public methods in the order of the source.</summary>
    public static IEnumerable<MethodInfo> MethodsOf(Type type) =>
        type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly).OrderBy(m => m.MetadataToken);

    /// <summary>Whether a member carries an attribute of that name.</summary>
    public static bool Has(MemberInfo member, string attribute) => member.GetCustomAttributesData().Any(a => a.AttributeType.Name == attribute);

    /// <summary>Arguments of each DataRow.</summary>
    public static object?[][] RowsOf(MethodInfo method) => method.GetCustomAttributes(false).Where(a => a.GetType().Name == "DataRowAttribute")
        .Select(a => (object?[])a.GetType().GetProperty("MethodParameters")!.GetValue(a)!).ToArray();
}
