using SensorNode.Release.Lms;

namespace SensorNode.Release.Tests;

/// <summary>Key files in memory that lose power at a chosen operation (create, write, flush): what was not flushed is then there in full, in part, or not at all.</summary>
internal sealed class FakeKeyFiles(int seed) : IKeyFiles
{
    private readonly Random _random = new(seed);
    private Dictionary<string, byte[]> _durable = [];
    private Dictionary<string, List<(int Offset, byte[] Bytes)>> _waiting = [];
    private readonly HashSet<string> _open = [];

    public int Operations { get; private set; }

    /// <summary>The operation before which power fails; 0: never.</summary>
    public int CutAt { get; set; }

    public string Machine { get; set; } = "one";

    public bool Exists(string path) => _durable.ContainsKey(path) || _waiting.ContainsKey(path);

    public string WitnessPath(string fileId) => $"/{Machine}/{fileId}.witness";

    public IKeyFile Open(string path, bool isNew)
    {
        if (isNew == Exists(path) || !_open.Add(path))
        {
            throw new SigningKeyException($"{path}: cannot be opened");
        }

        if (isNew)
        {
            Operate();
            _waiting[path] = [];
        }

        return new OpenFile(this, path);
    }

    /// <summary>Power comes back: a fate for each write that was not flushed.</summary>
    public void Reboot()
    {
        CutAt = 0;
        _open.Clear();
        foreach ((string path, List<(int Offset, byte[] Bytes)> writes) in _waiting)
        {
            if (_random.Next(3) == 0)
            {
                continue;
            }

            foreach ((int offset, byte[] bytes) in writes)
            {
                int kept = _random.Next(3) switch { 0 => 0, 1 => bytes.Length, _ => _random.Next(bytes.Length) };
                _durable[path] = Apply(_durable.GetValueOrDefault(path, []), offset, bytes[..kept]);
            }
        }

        _waiting = [];
    }

    public Dictionary<string, byte[]> Copy() => _durable.ToDictionary(file => file.Key, file => file.Value.ToArray());

    public void Restore(string path, byte[] bytes) => _durable[path] = [.. bytes];

    public void Delete(string path) => _durable.Remove(path);

    private void Operate()
    {
        if (++Operations == CutAt)
        {
            throw new PowerCut();
        }

        if (CutAt != 0 && Operations > CutAt)
        {
            throw new PowerCut();
        }
    }

    private static byte[] Apply(byte[] content, int offset, byte[] bytes)
    {
        byte[] result = new byte[Math.Max(content.Length, offset + bytes.Length)];
        content.CopyTo(result, 0);
        bytes.CopyTo(result, offset);
        return result;
    }

    internal sealed class PowerCut : Exception;

    private sealed class OpenFile(FakeKeyFiles disk, string path) : IKeyFile
    {
        public byte[] ReadAll() => disk._waiting.GetValueOrDefault(path, []).Aggregate(disk._durable.GetValueOrDefault(path, []), (content, write) => Apply(content, write.Offset, write.Bytes));

        public void Write(int offset, byte[] bytes)
        {
            disk._waiting.TryAdd(path, []);
            disk._waiting[path].Add((offset, [.. bytes]));
            disk.Operate();
        }

        public void Flush()
        {
            disk.Operate();
            disk._durable[path] = ReadAll();
            disk._waiting.Remove(path);
        }

        public void Dispose() => disk._open.Remove(path);
    }
}
