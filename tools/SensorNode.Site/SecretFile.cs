using System.Text;
using SensorNode.Files;

namespace SensorNode.Site;

/// <summary>Writes files whole: a reader finds the old content or the new one, never a part.</summary>
public static class SecretFile
{
    /// <summary>Writes a file that everybody may read.</summary>
    public static void WritePublic(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text), isSecret: false);

    /// <summary>Writes a file that only its owner may read, from its first byte on. Windows: as the folder is.</summary>
    public static void WriteSecret(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text), isSecret: true);

    private static void Write(string path, byte[] bytes, bool isSecret) =>
        NamedFile.Write(path, null, "make it writable for this user, or make room", () => WriteWhole(path, bytes, isSecret));

    private static void WriteWhole(string path, byte[] bytes, bool isSecret)
    {
        string part = path + ".part";
        File.Delete(part);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (isSecret && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(part, options))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }

        File.Move(part, path, overwrite: true);
    }
}
