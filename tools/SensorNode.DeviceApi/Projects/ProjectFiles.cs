namespace SensorNode.DeviceApi.Projects;

/// <summary>Writes or compares all generated project files of a repository.</summary>
public static class ProjectFiles
{
    /// <summary>Writes every nfproj, packages.config and run settings, then the solution.</summary>
    /// <param name="check">True: write nothing, only say what would change.</param>
    /// <returns>The files that differ (or were written), by path from the root.</returns>
    public static IReadOnlyList<string> Update(string root, string lists, bool check)
    {
        IReadOnlyList<DeviceProject> projects = DeviceProject.LoadAll(root);
        var writer = new NfprojWriter(root, PackagePins.Load(lists), projects);
        var changed = new List<string>();
        foreach ((string file, string content) in projects.SelectMany(writer.Write))
        {
            Put(file, content);
        }

        // After the nfproj files, because it lists them.
        Put(Path.Combine(root, "SensorNode.sln"), SolutionWriter.Write(root));
        return changed;

        void Put(string file, string content)
        {
            // Git may have turned line ends into the machine's own.
            if (File.Exists(file) && File.ReadAllText(file).ReplaceLineEndings("\n") == content)
            {
                return;
            }

            changed.Add(Path.GetRelativePath(root, file));
            if (!check)
            {
                File.WriteAllText(file, content);
            }
        }
    }
}
