using SensorNode.Release.Lms;

namespace SensorNode.Tool.Demo.Update;

/// <summary>Key files that live as long as the demo: its key signs nothing else and must not stay on anybody's disk.</summary>
internal sealed class MemoryKeyFiles : IKeyFiles
{
    private readonly Dictionary<string, byte[]> _files = [];

    /// <inheritdoc/>
    public bool Exists(string path) => _files.ContainsKey(path);

    /// <inheritdoc/>
    public IKeyFile Open(string path, bool isNew)
    {
        if (isNew)
        {
            _files.Add(path, []);
        }

        return new MemoryFile(_files, path);
    }

    /// <inheritdoc/>
    public string WitnessPath(string fileId) => "witness of " + fileId;

    private sealed class MemoryFile(Dictionary<string, byte[]> files, string path) : IKeyFile
    {
        public byte[] ReadAll() => [.. files[path]];

        public void Write(int offset, byte[] bytes)
        {
            byte[] content = files[path];
            Array.Resize(ref content, Math.Max(content.Length, offset + bytes.Length));
            bytes.CopyTo(content, offset);
            files[path] = content;
        }

        public void Flush()
        {
        }

        public void Dispose()
        {
        }
    }
}
