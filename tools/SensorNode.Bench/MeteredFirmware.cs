using System.Reflection;
using System.Reflection.Metadata;
using SensorNode.CostMeter;
using SensorNode.Emulator;

namespace SensorNode.Bench;

/// <summary>Instrumented copies of the firmware, and one of them loaded so that the host can call it.</summary>
/// <remarks>
/// Calls go through delegates over ordinary types. A whole node runs over the same <see cref="Images"/>.
/// </remarks>
public sealed class MeteredFirmware : IDisposable
{
    private readonly AssemblyInstrumenter _instrumenter;
    private readonly string _firmwareFolder;
    private readonly FirmwareSandbox _sandbox;

    /// <summary>Instruments every firmware and driver assembly of a folder.</summary>
    /// <param name="firmwareFolder">Where the assemblies lie.</param>
    /// <param name="referenceFolder">Where the device's reference assemblies lie.</param>
    /// <param name="stages">Methods to measure as stages; see <see cref="InstrumentOptions.Stages"/>.</param>
    public MeteredFirmware(string firmwareFolder, string referenceFolder, IReadOnlyDictionary<string, string> stages)
    {
        _firmwareFolder = firmwareFolder;
        string[] assemblies = [.. Directory.GetFiles(firmwareFolder, "SensorNode.*.dll").Where(path => Path.GetFileNameWithoutExtension(path) != "SensorNode.Standins").Order(StringComparer.Ordinal)];
        _instrumenter = new AssemblyInstrumenter(new InstrumentOptions
        {
            SearchDirectories = [firmwareFolder, referenceFolder],
            MeteredAssemblies = [.. assemblies.Select(path => Path.GetFileNameWithoutExtension(path)!)],
            Stages = stages,
        });
        Folder = Directory.CreateTempSubdirectory("sensornode-bench-").FullName;
        _instrumenter.Instrument(assemblies, Folder);
        Images = new FirmwareFolder(Folder, firmwareFolder, FirmwareFiles.Folder);
        _sandbox = new FirmwareSandbox(Images);
    }

    /// <summary>The instrumented copies.</summary>
    public string Folder { get; }

    /// <summary>The copies, with stand-ins and forwarders behind them: what an emulated node boots from.</summary>
    public FirmwareFolder Images { get; }

    /// <summary>Platform members that were charged by default, because the cost table lacks them.</summary>
    public IReadOnlyList<string> MissingCosts => _instrumenter.Costs.Missing;

    /// <summary>Platform types whose size was taken by default.</summary>
    public IReadOnlyList<string> MissingTypes => _instrumenter.Types.Missing;

    /// <summary>A type of the firmware; null where there is none.</summary>
    public Type? FindType(string assembly, string type) =>
        File.Exists(Path.Combine(Folder, assembly + ".dll")) ? _sandbox.Context.LoadFirmware(assembly).GetType(type) : null;

    /// <summary>Path of an assembly as the compiler made it.</summary>
    public string OriginalOf(string assembly) => Path.Combine(_firmwareFolder, assembly + ".dll");

    /// <summary>Static fields of all assemblies, each a block in the device's heap.</summary>
    public int CountStaticFields() => Directory.GetFiles(Folder, "*.dll").Sum(path =>
    {
        using var image = new System.Reflection.PortableExecutable.PEReader(File.OpenRead(path));
        MetadataReader reader = image.GetMetadataReader();
        return reader.FieldDefinitions.Select(reader.GetFieldDefinition).Count(field =>
            field.Attributes.HasFlag(FieldAttributes.Static) && (field.Attributes & (FieldAttributes.Literal | FieldAttributes.HasFieldRVA)) == 0);
    });

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
        _sandbox.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
