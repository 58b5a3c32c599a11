using SensorNode.Files;

namespace SensorNode.Release.Lms;

/// <summary>Key files on this machine's disk: opened by one process at a time, readable by their owner only, synced with the disk when flushed.</summary>
public sealed class DiskKeyFiles : IKeyFiles
{
    private const string Right = "who signs must be able to write it";

    /// <inheritdoc/>
    public bool Exists(string path) => File.Exists(path);

    /// <inheritdoc/>
    public IKeyFile Open(string path, bool isNew)
    {
        var options = new FileStreamOptions { Mode = isNew ? FileMode.CreateNew : FileMode.Open, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (isNew && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            if (isNew)
            {
                NamedFile.MakeFolder(Path.GetDirectoryName(path)!, null, Right);
            }

            return new DiskKeyFile(NamedFile.Open(path, null, Right, options));
        }
        catch (FileException exception)
        {
            throw new SigningKeyException(exception.Message);
        }
    }

    /// <inheritdoc/>
    public string WitnessPath(string fileId) => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "SensorNode", "keys", fileId + ".witness");

    private sealed class DiskKeyFile(FileStream stream) : IKeyFile
    {
        public byte[] ReadAll()
        {
            byte[] bytes = new byte[(int)Math.Min(stream.Length, 1 << 16)];
            stream.Position = 0;
            stream.ReadExactly(bytes);
            return bytes;
        }

        public void Write(int offset, byte[] bytes)
        {
            stream.Position = offset;
            stream.Write(bytes);
        }

        public void Flush() => stream.Flush(flushToDisk: true);

        public void Dispose() => stream.Dispose();
    }
}
