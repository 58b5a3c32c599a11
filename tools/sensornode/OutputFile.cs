namespace SensorNode.Tool;

/// <summary>An output file that can be left out: then standard output.</summary>
public static class OutputFile
{
    /// <summary>Refuses a file in a folder that is not there, before any work is done.</summary>
    public static void Check(string option, string? file)
    {
        if (file != null && Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder && !Directory.Exists(folder))
        {
            throw new ToolException($"{option} {file}: the folder {folder} does not exist", ExitCode.Usage);
        }
    }

    /// <summary>Writes all text.</summary>
    public static void Write(string option, string? file, string text)
    {
        if (file == null)
        {
            Console.Out.Write(text);
            return;
        }

        try
        {
            File.WriteAllText(file, text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"{option} {file}: {exception.Message}");
        }
    }
}
