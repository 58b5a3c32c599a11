using SensorNode.Files;

namespace SensorNode.Tool;

/// <summary>Files and folders that a command reads: <see cref="NamedFile"/>, with the exit code that the command has for it.</summary>
public static class InputFile
{
    /// <summary>Reads all of it.</summary>
    /// <param name="file">Its name.</param>
    /// <param name="option">Option that named it, or null for an argument.</param>
    /// <param name="right">What would be right, for the message.</param>
    /// <param name="exitCode">One of <see cref="ExitCode"/>.</param>
    /// <exception cref="ToolException">It is not there, is a folder, or cannot be read.</exception>
    public static byte[] ReadBytes(string file, string? option, string right, int exitCode = ExitCode.Failure) => Do(() => NamedFile.ReadBytes(file, option, right), exitCode);

    /// <summary>Reads all of it as text.</summary>
    public static string ReadText(string file, string? option, string right, int exitCode = ExitCode.Failure) => Do(() => NamedFile.ReadText(file, option, right), exitCode);

    /// <summary>Refuses a folder that is not there, is a file, or cannot be read.</summary>
    public static void CheckFolder(string folder, string? option, string right, int exitCode = ExitCode.Failure) => Do(() =>
    {
        NamedFile.CheckFolder(folder, option, right);
        return true;
    }, exitCode);

    private static T Do<T>(Func<T> read, int exitCode)
    {
        try
        {
            return read();
        }
        catch (FileException exception)
        {
            throw new ToolException(exception.Message, exitCode);
        }
    }
}
