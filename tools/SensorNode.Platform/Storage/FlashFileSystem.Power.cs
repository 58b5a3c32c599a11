namespace SensorNode.Platform;

/// <content>Counting, time, and power cuts.</content>
public sealed partial class FlashFileSystem
{
    /// <summary>Time of one operation that changes flash, without data.</summary>
    public const long OperationNs = 10_000_000;

    /// <summary>Time to write one byte, erasing included.</summary>
    public const long WriteByteNs = 12_000;

    /// <summary>Time to read one byte.</summary>
    public const long ReadByteNs = 100;

    private uint _tearState = 1;

    /// <summary>Operations that changed flash, since the start.</summary>
    public long OperationCount { get; private set; }

    /// <summary>Bytes written, since the start.</summary>
    public long WrittenByteCount { get; private set; }

    /// <summary>Number of the operation in which power fails, counted as <see cref="OperationCount"/>, from 1; 0 for never. One cut, then it is 0 again.</summary>
    public long CutPowerAt { get; set; }

    /// <summary>Chooses how torn writes look after a cut.</summary>
    public uint TearSeed
    {
        get => _tearState;
        set => _tearState = value == 0 ? 1 : value;
    }

    /// <summary>Called in the operation in which power fails; has to throw <see cref="NodePoweredOffException"/>.</summary>
    public Action? PowerCut { get; set; }

    /// <summary>Called with the time an operation takes.</summary>
    public Action<long>? Spend { get; set; }

    /// <summary>Called before each operation, with its number: for a log, or for a fault of the test's own, a <see cref="FlashException"/>. A file whose write or close fails keeps its old content.</summary>
    public Action<long, FlashOperation, string>? Operating { get; set; }

    /// <summary>Power has failed, or the processor restarts: files that are open lose what was not closed, wholly or in part.</summary>
    public void Abandon()
    {
        foreach (FlashFile file in _open)
        {
            file.IsOpen = false;
            if (file.IsWritable && file.IsDirty && !file.HasFailed)
            {
                Tear(file);
            }
        }

        _open.Clear();
    }

    /// <summary>False where there is no room and the platform does not say so; throws where it does.</summary>
    internal bool TryBeginWrite(FlashFile file, int newLength, int count)
    {
        CheckOpen(file);
        int more = BlocksFor(newLength) - file.BlockCount;
        if (!HasRoom(Math.Max(0, more)))
        {
            file.HasFailed = true;
            return count <= BufferedBytesMax ? false : throw new FlashException(FlashError.Full, file.Path);
        }

        bool wasDirty = file.IsDirty;
        file.IsDirty = true;
        try
        {
            CountAndCut(FlashOperation.Write, file.Path);
        }
        catch (FlashException)
        {
            file.HasFailed = true;
            throw;
        }

        file.IsDirty = wasDirty;
        return true;
    }

    internal void AfterWrite(int count)
    {
        WrittenByteCount += count;
        UsedBlockCountMax = Math.Max(UsedBlockCountMax, UsedBlockCount);
        Spend?.Invoke(1_000_000 + count * WriteByteNs);
    }

    internal void ChargeRead(int count) => Spend?.Invoke(200_000 + count * ReadByteNs);

    internal void Close(FlashFile file)
    {
        try
        {
            if (file.IsWritable && file.IsDirty && !file.HasFailed)
            {
                Operate(FlashOperation.Close, file.Path, () =>
                {
                    _files[file.Path] = file.ToArray();
                    file.IsDirty = false;
                });
            }
        }
        finally
        {
            file.IsOpen = false;
            _open.Remove(file);
        }
    }

    /// <summary>Does one change, or half of one where power fails in it: then it happened or it did not.</summary>
    private void Operate(FlashOperation operation, string path, Action change)
    {
        bool isCut = CutPowerAt == OperationCount + 1;
        if (isCut && operation != FlashOperation.Close && NextTear(2) == 1)
        {
            change();
        }

        CountAndCut(operation, path);
        change();
        UsedBlockCountMax = Math.Max(UsedBlockCountMax, UsedBlockCount);
        Spend?.Invoke(OperationNs);
    }

    private void CountAndCut(FlashOperation operation, string path)
    {
        OperationCount++;
        Operating?.Invoke(OperationCount, operation, path);
        if (OperationCount == CutPowerAt)
        {
            CutPowerAt = 0;
            Abandon();
            PowerCut?.Invoke();
            throw new NodePoweredOffException();
        }
    }

    /// <summary>Leaves one of: the old content; a first part of the new; the new with its last bytes spoilt. What an append left alone stays.</summary>
    private void Tear(FlashFile file)
    {
        byte[] written = file.ToArray();
        int kept = Math.Min(file.FirstChanged, written.Length);
        switch (NextTear(3))
        {
            case 0:
                return;
            case 1:
                _files[file.Path] = written[..(kept + (int)NextTear((uint)(written.Length - kept) + 1))];
                return;
            default:
                for (int i = Math.Max(kept, written.Length - 16); i < written.Length; i++)
                {
                    written[i] = 0xFF;
                }

                _files[file.Path] = written;
                return;
        }
    }

    private static void CheckOpen(FlashFile file)
    {
        if (!file.IsOpen || !file.IsWritable)
        {
            throw new InvalidOperationException("The file is not open for writing.");
        }
    }

    private uint NextTear(uint exclusiveMax)
    {
        _tearState ^= _tearState << 13;
        _tearState ^= _tearState >> 17;
        _tearState ^= _tearState << 5;
        return _tearState % exclusiveMax;
    }
}
