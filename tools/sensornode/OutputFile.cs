using SensorNode.Files;

namespace SensorNode.Tool;

/// <summary>An output file that can be left out: then standard output.</summary>
public static class OutputFile
{
    private const string Right = "give a file in a folder that this user may write";

    private static readonly StringComparison s_sameName = OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    /// <summary>Refuses, before any work is done, a file that cannot be written, or whose writing would destroy something.</summary>
    /// <param name="option">Such as --out.</param>
    /// <param name="file">What it names, or null.</param>
    /// <param name="others">Inputs and other outputs, by their options; of a folder no file that is there may be overwritten.</param>
    /// <exception cref="FileException">It cannot be written.</exception>
    /// <exception cref="ToolException">The file is in a folder that is not there, is a folder, is one of the others, or lies in one.</exception>
    public static void Check(string option, string? file, params IEnumerable<(string Option, string? Path)> others)
    {
        if (file == null)
        {
            return;
        }

        Expect(file.Length > 0, $"{option} names no file");
        string? folder = Path.GetDirectoryName(Path.GetFullPath(file));
        Expect(folder == null || Directory.Exists(folder), $"{option} {file}: the folder {folder} does not exist");
        Expect(!Directory.Exists(file), $"{option} {file}: is a folder");
        string full = Resolve(file);
        foreach ((string otherOption, string? other) in others)
        {
            if (string.IsNullOrEmpty(other))
            {
                continue;
            }

            string otherFull = Resolve(other);
            Expect(!string.Equals(full, otherFull, s_sameName), $"{option} {file}: is the file of {otherOption} and would overwrite it");
            bool isInside = Directory.Exists(other) && full.StartsWith(Path.TrimEndingDirectorySeparator(otherFull) + Path.DirectorySeparatorChar, s_sameName);
            Expect(!(isInside && File.Exists(file)), $"{option} {file}: is in the folder of {otherOption} and there already; choose another name");
        }

        NamedFile.CheckWritable(file, option, Right);
    }

    /// <summary>Opens a file to be written, before something is spent on its content. What it held stays until something is written.</summary>
    public static FileStream Open(string option, string file) =>
        NamedFile.Open(file, option, Right, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.None });

    /// <summary>Writes all text.</summary>
    public static void Write(string option, string? file, string text)
    {
        if (file == null)
        {
            Console.Out.Write(text);
            return;
        }

        NamedFile.Write(file, option, Right, () => File.WriteAllText(file, text));
    }

    // A link is the file that it leads to.
    private static string Resolve(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);
        }
        catch (IOException)
        {
            return Path.GetFullPath(path);
        }
    }

    private static void Expect(bool isTrue, string error)
    {
        if (!isTrue)
        {
            throw new ToolException(error, ExitCode.Usage);
        }
    }
}
