namespace SensorNode.Files;

/// <summary>The one reader and writer of files and folders that somebody names. Every fault is a <see cref="FileException"/>.</summary>
/// <remarks>Each takes the option that named the path, such as --conf, or null; and what would be right, for the message: "give the file that .. wrote".</remarks>
public static class NamedFile
{
    /// <summary>Reads all bytes.</summary>
    public static byte[] ReadBytes(string file, string? option, string right) => Do(file, option, right, isWrite: false, () => File.ReadAllBytes(file));

    /// <summary>Reads all text.</summary>
    public static string ReadText(string file, string? option, string right) => Do(file, option, right, isWrite: false, () => File.ReadAllText(file));

    /// <summary>Does what writes a file.</summary>
    public static void Write(string file, string? option, string right, Action write) => Do(file, option, right, isWrite: true, () =>
    {
        write();
        return 0;
    });

    /// <summary>Opens a file that is written, as the options say.</summary>
    public static FileStream Open(string file, string? option, string right, FileStreamOptions options) => Do(file, option, right, isWrite: true, () => new FileStream(file, options));

    /// <summary>Refuses a file that cannot be written. One that is there keeps its content; one that is not is not there afterwards.</summary>
    public static void CheckWritable(string file, string? option, string right)
    {
        // A pipe or device has no length, and to open it may already mean something.
        bool isNew = !Path.Exists(file);
        if (isNew || Directory.Exists(file) || new FileInfo(file).Length > 0)
        {
            Open(file, option, right, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write }).Dispose();
        }

        if (isNew)
        {
            File.Delete(file);
        }
    }

    /// <summary>Makes a folder that only its owner may use (Windows: as the one above), unless it is there.</summary>
    public static void MakeFolder(string folder, string? option, string right) => Do(
        folder,
        option,
        right,
        isWrite: true,
        () => OperatingSystem.IsWindows() ? Directory.CreateDirectory(folder) : Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute),
        isFolder: true);

    /// <summary>Refuses a folder that is not there or may not be read.</summary>
    public static void CheckFolder(string folder, string? option, string right) =>
        Do(folder, option, right, isWrite: false, () => Directory.EnumerateFileSystemEntries(folder).Any(), isFolder: true);

    private static T Do<T>(string file, string? option, string right, bool isWrite, Func<T> action, bool isFolder = false)
    {
        try
        {
            return action();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FileException($"{(option == null ? "" : option + " ")}{file}: {Fault(Path.GetFullPath(file), exception, isWrite, isFolder)}; {right}", IsInUse(exception));
        }
    }

    private static string Fault(string file, Exception exception, bool isWrite, bool isFolder)
    {
        // The longest part of the path that is there says most.
        string there = file;
        while (!Path.Exists(there) && Path.GetDirectoryName(there) is { } above)
        {
            there = above;
        }

        return exception switch
        {
            _ when there != file && File.Exists(there) => $"{there} is a file, not a folder",
            UnauthorizedAccessException when there != file && isWrite => $"the folder {there} may not be written by this user",
            _ when Directory.Exists(file) && !isFolder => "is a folder",
            _ when File.Exists(file) && isFolder => "is a file, not a folder",
            UnauthorizedAccessException => $"may not be {(isWrite ? "written" : "read")} by this user",
            FileNotFoundException or DirectoryNotFoundException when !isWrite => isFolder ? "there is no such folder" : "there is no such file",
            FileNotFoundException or DirectoryNotFoundException => there == Path.GetDirectoryName(file) ? $"cannot be written in {there}" : $"the folder {Path.GetDirectoryName(file)} does not exist",
            _ when IsInUse(exception) => "another program has it open",
            _ => $"cannot be {(isWrite ? "written" : "read")}: {exception.Message.Split(" : '")[0].TrimEnd('.')}",
        };
    }

    private static bool IsInUse(Exception exception)
    {
        int code = exception is IOException ? exception.HResult & 0xFFFF : 0;
        return OperatingSystem.IsWindows() ? code is 32 or 33 : code == (OperatingSystem.IsMacOS() ? 35 : 11);
    }
}
