using Mono.Cecil;

namespace SensorNode.CostMeter;

/// <summary>Finds references in the given folders and nowhere else: what the host itself has must not stand in for the device's.</summary>
internal sealed class FolderResolver(IReadOnlyList<string> directories) : IAssemblyResolver
{
    private readonly Dictionary<string, AssemblyDefinition> _found = new(StringComparer.Ordinal);

    public AssemblyDefinition Resolve(AssemblyNameReference name) => Resolve(name, new ReaderParameters());

    public AssemblyDefinition Resolve(AssemblyNameReference name, ReaderParameters parameters)
    {
        if (_found.TryGetValue(name.Name, out AssemblyDefinition? assembly))
        {
            return assembly;
        }

        foreach (string directory in directories)
        {
            foreach (string extension in new[] { ".dll", ".exe" })
            {
                string path = Path.Combine(directory, name.Name + extension);
                if (File.Exists(path))
                {
                    return _found[name.Name] = AssemblyDefinition.ReadAssembly(path, new ReaderParameters { AssemblyResolver = this, InMemory = true });
                }
            }
        }

        throw new CostMeterException($"the reference {name.Name} was not found in {string.Join(", ", directories)}");
    }

    public void Dispose()
    {
        foreach (AssemblyDefinition assembly in _found.Values)
        {
            assembly.Dispose();
        }
    }
}
