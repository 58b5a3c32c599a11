namespace SensorNode.Platform;

/// <summary>One open file. Bytes written are in it for this reader at once, and in flash only after <see cref="Close"/>.</summary>
public sealed class FlashFile
{
    private readonly FlashFileSystem _owner;
    private byte[] _content;
    private int _length;

    internal FlashFile(FlashFileSystem owner, string path, byte[] content, bool isWritable)
    {
        _owner = owner;
        Path = path;
        _content = content;
        _length = content.Length;
        FirstChanged = _length;
        IsWritable = isWritable;
    }

    /// <summary>Path inside the file system.</summary>
    public string Path { get; }

    /// <summary>Whether it was opened for writing.</summary>
    public bool IsWritable { get; }

    /// <summary>Length as this reader sees it.</summary>
    public int Length => _length;

    /// <summary>False after <see cref="Close"/> and after a power cut.</summary>
    public bool IsOpen { get; internal set; } = true;

    internal bool IsDirty { get; set; }

    /// <summary>A write failed, or found no room. LittleFS then closes the file as if all were well, and leaves in flash what stood there.</summary>
    internal bool HasFailed { get; set; }

    /// <summary>Everything before this is as it was in flash.</summary>
    internal int FirstChanged { get; set; }

    internal int BlockCount => IsDirty ? FlashFileSystem.BlocksFor(_length) : 0;

    /// <summary>Reads from a position.</summary>
    /// <returns>Bytes read; 0 at the end.</returns>
    public int Read(int position, Span<byte> buffer)
    {
        int count = Math.Clamp(_length - position, 0, buffer.Length);
        _content.AsSpan(Math.Min(position, _length), count).CopyTo(buffer);
        _owner.ChargeRead(count);
        return count;
    }

    /// <summary>Writes at a position; a gap before it is filled with zeros.</summary>
    /// <remarks>Where there is no room, up to <see cref="FlashFileSystem.BufferedBytesMax"/> bytes get lost without a word; more of them throw.</remarks>
    public void Write(int position, ReadOnlySpan<byte> bytes)
    {
        int end = position + bytes.Length;
        if (!_owner.TryBeginWrite(this, Math.Max(end, _length), bytes.Length))
        {
            return;
        }

        FirstChanged = Math.Min(FirstChanged, position);
        Grow(Math.Max(end, _length));
        bytes.CopyTo(_content.AsSpan(position));
        IsDirty = true;
        _owner.AfterWrite(bytes.Length);
    }

    /// <summary>Cuts the file, or lengthens it with zeros.</summary>
    public void SetLength(int length)
    {
        _owner.TryBeginWrite(this, length, int.MaxValue);
        FirstChanged = Math.Min(FirstChanged, length);
        Grow(length);
        _length = length;
        IsDirty = true;
        _owner.AfterWrite(0);
    }

    /// <summary>Makes what was written durable. Further calls do nothing.</summary>
    public void Close()
    {
        if (IsOpen)
        {
            _owner.Close(this);
        }
    }

    internal byte[] ToArray() => _content.AsSpan(0, _length).ToArray();

    private void Grow(int length)
    {
        if (length > _content.Length)
        {
            Array.Resize(ref _content, Math.Max(length, _content.Length * 2));
        }

        if (length > _length)
        {
            _content.AsSpan(_length, length - _length).Clear();
            _length = length;
        }
    }
}
