using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace SensorNode.LoadOrder;

/// <summary>Prints the assemblies that a start assembly needs, each after what it refers to, one path a line.</summary>
/// <remarks>Usage: LoadOrder START.dll [EXTRA.dll ..] -- DIRECTORY [DIRECTORY ..]. Exit code 1 with one line where a reference is in none of the folders.</remarks>
public static class Program
{
    public static int Main(string[] args)
    {
        int bar = Array.IndexOf(args, "--");
        if (bar < 1 || bar == args.Length - 1)
        {
            Console.Error.WriteLine("usage: LoadOrder START.dll [EXTRA.dll ..] -- DIRECTORY [DIRECTORY ..]");
            return 2;
        }

        var order = new List<string>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        try
        {
            foreach (string start in args[..bar])
            {
                Add(start, args[(bar + 1)..], seen, order);
            }
        }
        catch (Exception e) when (e is IOException or BadImageFormatException)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }

        order.ForEach(Console.WriteLine);
        return 0;
    }

    private static void Add(string path, string[] directories, HashSet<string> seen, List<string> order)
    {
        using var image = new PEReader(File.OpenRead(path));
        MetadataReader reader = image.GetMetadataReader();
        if (!seen.Add(reader.GetString(reader.GetAssemblyDefinition().Name)))
        {
            return;
        }

        foreach (AssemblyReferenceHandle handle in reader.AssemblyReferences)
        {
            string name = reader.GetString(reader.GetAssemblyReference(handle).Name);
            if (seen.Contains(name))
            {
                continue;
            }

            string file = directories.Select(directory => Path.Combine(directory, name + ".dll")).FirstOrDefault(File.Exists)
                ?? throw new FileNotFoundException($"{Path.GetFileName(path)} refers to {name}, which is in none of: {string.Join(", ", directories)}");
            Add(file, directories, seen, order);
        }

        order.Add(Path.GetFullPath(path));
    }
}
