using System.Reflection;
using System.Runtime.Loader;
using SensorNode.CostMeter;

namespace SensorNode.Bench;

/// <summary>Instrumented copies of the firmware, and one of them loaded so that the host can call it.</summary>
/// <remarks>
/// Calls go through delegates over ordinary types. Code that needs more of the platform than the base library has of the same
/// name (threads, files, buses) runs in an emulated node instead, over the same <see cref="Folder"/>.
/// </remarks>
public sealed class MeteredFirmware : IDisposable
{
    private readonly AssemblyInstrumenter _instrumenter;
    private readonly Context _context;

    /// <summary>Instruments every firmware and driver assembly of a folder.</summary>
    /// <param name="firmwareFolder">Where the assemblies lie.</param>
    /// <param name="referenceFolder">Where the device's reference assemblies lie.</param>
    /// <param name="stages">Methods to measure as stages; see <see cref="InstrumentOptions.Stages"/>.</param>
    public MeteredFirmware(string firmwareFolder, string referenceFolder, IReadOnlyDictionary<string, string> stages)
    {
        string[] assemblies = [.. Directory.GetFiles(firmwareFolder, "SensorNode.*.dll").Where(path => Path.GetFileNameWithoutExtension(path) != "SensorNode.Standins").Order(StringComparer.Ordinal)];
        _instrumenter = new AssemblyInstrumenter(new InstrumentOptions
        {
            SearchDirectories = [firmwareFolder, referenceFolder],
            MeteredAssemblies = [.. assemblies.Select(path => Path.GetFileNameWithoutExtension(path)!)],
            Stages = stages,
        });
        Folder = Directory.CreateTempSubdirectory("sensornode-bench-").FullName;
        _instrumenter.Instrument(assemblies, Folder);
        _context = new Context(Folder);
    }

    /// <summary>The instrumented copies.</summary>
    public string Folder { get; }

    /// <summary>Platform members that were charged by default, because the cost table lacks them.</summary>
    public IReadOnlyList<string> MissingCosts => _instrumenter.Costs.Missing;

    /// <summary>Platform types whose size was taken by default.</summary>
    public IReadOnlyList<string> MissingTypes => _instrumenter.Types.Missing;

    /// <summary>A type of the firmware; null where there is none.</summary>
    public Type? FindType(string assembly, string type) =>
        File.Exists(Path.Combine(Folder, assembly + ".dll")) ? _context.LoadFromAssemblyName(new AssemblyName(assembly)).GetType(type) : null;

    /// <summary>Makes an object of the firmware.</summary>
    public static object Create(Type type, params object[] arguments)
    {
        try
        {
            return Activator.CreateInstance(type, arguments)!;
        }
        catch (TargetInvocationException e) when (e.InnerException != null)
        {
            throw new InvalidOperationException($"{type.FullName}: {e.InnerException.Message}", e.InnerException);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _context.Unload();
        Directory.Delete(Folder, recursive: true);
    }

    private sealed class Context(string folder) : AssemblyLoadContext("metered firmware", isCollectible: true)
    {
        protected override Assembly? Load(AssemblyName name)
        {
            string path = Path.Combine(folder, name.Name + ".dll");
            if (File.Exists(path))
            {
                return LoadFromStream(new MemoryStream(File.ReadAllBytes(path)));
            }

            // The framework has a facade of the device's name, with every type that arithmetic needs.
            return name.Name == "mscorlib" ? Default.LoadFromAssemblyName(new AssemblyName("mscorlib")) : null;
        }
    }
}
