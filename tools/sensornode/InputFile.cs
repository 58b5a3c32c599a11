namespace SensorNode.Tool;

/// <summary>An input file; what cannot be read is one line that names it.</summary>
public static class InputFile
{
    /// <summary>Reads all of it.</summary>
    /// <param name="file">Its name.</param>
    /// <param name="option">Option that named it, or null for an argument.</param>
    /// <exception cref="ToolException">It is not there, is a folder, or may not be read.</exception>
    public static byte[] ReadBytes(string file, string? option = null)
    {
        string name = option == null ? file : $"{option} {file}";
        if (Directory.Exists(file))
        {
            throw new ToolException($"{name}: is a folder");
        }

        if (!File.Exists(file))
        {
            throw new ToolException($"{name}: there is no such file");
        }

        try
        {
            return File.ReadAllBytes(file);
        }
        catch (UnauthorizedAccessException)
        {
            throw new ToolException($"{name}: may not be read");
        }
        catch (IOException exception)
        {
            throw new ToolException($"{name}: cannot be read: {exception.Message}");
        }
    }
}
