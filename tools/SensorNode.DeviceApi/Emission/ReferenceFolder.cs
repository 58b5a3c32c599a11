using SensorNode.DeviceApi.Lists;

namespace SensorNode.DeviceApi.Emission;

/// <summary>Writes folders of generated assemblies so that builds running beside each other never see half a file.</summary>
public static class ReferenceFolder
{
    /// <summary>Writes one reference assembly per library and references.txt, which lists them.</summary>
    /// <returns>The number of files that changed.</returns>
    public static int WriteReferences(ApiCatalog catalog, string folder)
    {
        int changed = 0;
        Directory.CreateDirectory(folder);
        foreach (ApiLibrary library in catalog.Libraries)
        {
            changed += Replace(Path.Combine(folder, library.Name + ".dll"), ReferenceAssemblyWriter.Write(catalog, library)) ? 1 : 0;
        }

        string listing = string.Concat(catalog.Libraries.Select(l =>
            $"{l.Name}.dll {l.Version} {l.Types.Count} types {l.Types.Sum(t => t.Members.Count)} members, from {l.SourceFile}\n"));
        changed += Replace(Path.Combine(folder, "references.txt"), System.Text.Encoding.UTF8.GetBytes(listing)) ? 1 : 0;
        return changed;
    }

    /// <summary>Replaces a file in one step, and only if its content differs, so that nothing is rebuilt without need.</summary>
    public static bool Replace(string file, byte[] content)
    {
        if (File.Exists(file) && File.ReadAllBytes(file).AsSpan().SequenceEqual(content))
        {
            return false;
        }

        string temporary = $"{file}.{Environment.ProcessId}.tmp";
        File.WriteAllBytes(temporary, content);
        File.Move(temporary, file, overwrite: true);
        return true;
    }
}
