namespace SensorNode.Platform;

/// <summary>A node's <c>I:\</c>: files that outlive reboots, counted operations, and power that can fail in each of them.</summary>
/// <remarks>
/// Paths:      parts separated by '/', without drive; the stand-ins translate. Names are case-sensitive.
/// Durability: stricter than LittleFS. What was written and not closed when power fails may be gone, or there in part with a spoilt end.
/// Capacity:   blocks of 4 KB: every file at least one, every directory two, two for the file system itself. While a file is replaced, old
///             and new content both count. A write that finds no room may not say so, as on the board: the C library buffers it, the platform drops
///             the result of the flush, and LittleFS closes a file that failed as if all were well. The old content stays; the length shows it.
/// Threads:    used by the holder of the baton, or by host code while the node does not run.
/// </remarks>
public sealed partial class FlashFileSystem
{
    /// <summary>Bytes in a block.</summary>
    public const int BlockBytes = 4096;

    /// <summary>Bytes of one write that a C library may hold back; up to here a full drive is not reported.</summary>
    public const int BufferedBytesMax = 512;

    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _directories = new(StringComparer.Ordinal);
    private readonly List<FlashFile> _open = [];

    /// <param name="blockCount">Size; 64 is 256 KB, what a board with 4 MB of flash has.</param>
    public FlashFileSystem(int blockCount = 64) => BlockCount = blockCount;

    /// <summary>Size in blocks.</summary>
    public int BlockCount { get; }

    /// <summary>Blocks in use now.</summary>
    public int UsedBlockCount => 2 + 2 * _directories.Count + _files.Values.Sum(f => BlocksFor(f.Length)) + _open.Sum(f => f.BlockCount);

    /// <summary>Blocks in use at most since the start.</summary>
    public int UsedBlockCountMax { get; private set; }

    /// <summary>Makes everything empty, as a failed mount does.</summary>
    public void Format()
    {
        _files.Clear();
        _directories.Clear();
        _open.Clear();
    }

    /// <summary>Whether there is such a file.</summary>
    public bool FileExists(string path) => _files.ContainsKey(path);

    /// <summary>Whether there is such a directory; "" is the root.</summary>
    public bool DirectoryExists(string path) => path.Length == 0 || _directories.Contains(path);

    /// <summary>While true firmware cannot read a directory.</summary>
    public bool FailsListing { get; set; }

    /// <summary>Full paths of the files right in a directory.</summary>
    public string[] ListFiles(string directory) => _files.Keys.Where(p => ParentOf(p) == directory).ToArray();

    /// <summary>Full paths of the directories right in a directory.</summary>
    public string[] ListDirectories(string directory) => _directories.Where(p => ParentOf(p) == directory).ToArray();

    /// <summary>Host access: all of a file, uncounted.</summary>
    public byte[] ReadAllBytes(string path) => _files[path].ToArray();

    /// <summary>Host access: makes or replaces a file, uncounted, as a deployment by cable does.</summary>
    public void WriteAllBytes(string path, byte[] content) => _files[path] = content.ToArray();

    /// <summary>Length of a file as it is in flash.</summary>
    public int LengthOf(string path) => Find(path).Length;

    /// <summary>Opens a file for reading.</summary>
    public FlashFile OpenRead(string path)
    {
        ChargeRead(0);
        byte[] content = Find(path);
        if (_open.Any(f => f.Path == path && f.IsWritable))
        {
            throw new FlashException(FlashError.InUse, path);
        }

        return Opened(new FlashFile(this, path, content, false));
    }

    /// <summary>Opens a file for writing.</summary>
    /// <param name="path">Its directory must be there.</param>
    /// <param name="mustBeNew">Fails where the file exists.</param>
    /// <param name="keepContent">False empties it; that counts, as everything, only after the close.</param>
    public FlashFile OpenWrite(string path, bool mustBeNew, bool keepContent)
    {
        CheckName(path);
        if (_open.Any(f => f.Path == path))
        {
            throw new FlashException(FlashError.InUse, path);
        }

        bool exists = _files.TryGetValue(path, out byte[]? content);
        if (exists && mustBeNew)
        {
            throw new FlashException(FlashError.AlreadyExists, path);
        }

        if (!exists)
        {
            CheckSpace(1, path);
            Operate(FlashOperation.Create, path, () => _files[path] = []);
        }

        var file = new FlashFile(this, path, exists && keepContent ? content!.ToArray() : [], true);
        file.IsDirty = exists && !keepContent;
        return Opened(file);
    }

    /// <summary>Takes a file away.</summary>
    public void Delete(string path)
    {
        Find(path);
        if (_open.Any(f => f.Path == path))
        {
            throw new FlashException(FlashError.InUse, path);
        }

        Operate(FlashOperation.Delete, path, () => _files.Remove(path));
    }

    /// <summary>Gives a file another name, which must be free.</summary>
    public void Move(string from, string to)
    {
        byte[] content = Find(from);
        CheckName(to);
        if (_files.ContainsKey(to) || _directories.Contains(to))
        {
            throw new FlashException(FlashError.AlreadyExists, to);
        }

        if (_open.Any(f => f.Path == from))
        {
            throw new FlashException(FlashError.InUse, from);
        }

        Operate(FlashOperation.Move, from, () =>
        {
            _files.Remove(from);
            _files[to] = content;
        });
    }

    /// <summary>Makes a directory; its parent must be there. Nothing happens where it is there.</summary>
    public void CreateDirectory(string path)
    {
        if (DirectoryExists(path))
        {
            return;
        }

        CheckName(path);
        CheckSpace(2, path);
        Operate(FlashOperation.Directory, path, () => _directories.Add(path));
    }

    /// <summary>Takes an empty directory away.</summary>
    public void DeleteDirectory(string path)
    {
        if (path.Length == 0 || !DirectoryExists(path))
        {
            throw new FlashException(FlashError.DirectoryNotFound, path);
        }

        if (ListFiles(path).Length + ListDirectories(path).Length > 0)
        {
            throw new FlashException(FlashError.DirectoryNotEmpty, path);
        }

        Operate(FlashOperation.Directory, path, () => _directories.Remove(path));
    }

    internal static int BlocksFor(int length) => Math.Max(1, (length + BlockBytes - 1) / BlockBytes);

    private static string ParentOf(string path) => path.LastIndexOf('/') is var i && i < 0 ? "" : path[..i];

    private FlashFile Opened(FlashFile file)
    {
        _open.Add(file);
        return file;
    }

    private byte[] Find(string path) => _files.TryGetValue(path, out byte[]? content) ? content : throw new FlashException(FlashError.FileNotFound, path);

    private void CheckName(string path)
    {
        string name = path[(path.LastIndexOf('/') + 1)..];
        if (name.Length is 0 or > 255)
        {
            throw new FlashException(FlashError.BadName, path);
        }

        if (!DirectoryExists(ParentOf(path)))
        {
            throw new FlashException(FlashError.DirectoryNotFound, path);
        }
    }

    private bool HasRoom(int moreBlocks) => UsedBlockCount + moreBlocks <= BlockCount;

    private void CheckSpace(int moreBlocks, string path)
    {
        if (!HasRoom(moreBlocks))
        {
            throw new FlashException(FlashError.Full, path);
        }
    }
}
