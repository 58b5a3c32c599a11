using SensorNode.Platform;

namespace SensorNode.Emulator;

/// <summary>Bytes that have arrived at a node. Filled by scheduler callbacks, read by threads of the node.</summary>
internal sealed class ReceiveBuffer(NodeProcess process)
{
    private readonly Queue<byte[]> _chunks = new();
    private readonly WaitQueue _readers = new();
    private int _offset;
    private bool _isEnded;

    public int Count { get; private set; }

    /// <summary>Ended, and everything read.</summary>
    public bool IsFinished => _isEnded && Count == 0;

    public void Add(byte[] bytes)
    {
        if (bytes.Length > 0 && !_isEnded && !process.IsOff)
        {
            _chunks.Enqueue(bytes);
            Count += bytes.Length;
            process.Scheduler.WakeAll(_readers);
        }
    }

    public void Finish()
    {
        _isEnded = true;
        process.Scheduler.WakeAll(_readers);
    }

    public int Read(Span<byte> buffer, long timeoutNs)
    {
        long deadlineNs = timeoutNs == NodeScheduler.Infinite ? timeoutNs : process.Scheduler.NowNs + timeoutNs;
        while (Count == 0 && !_isEnded)
        {
            long leftNs = deadlineNs == NodeScheduler.Infinite ? deadlineNs : deadlineNs - process.Scheduler.NowNs;
            if (leftNs <= 0)
            {
                return -1;
            }

            process.Scheduler.Wait(process, [_readers], leftNs);
        }

        int done = 0;
        while (done < buffer.Length && _chunks.TryPeek(out byte[]? chunk))
        {
            int count = Math.Min(buffer.Length - done, chunk.Length - _offset);
            chunk.AsSpan(_offset, count).CopyTo(buffer[done..]);
            done += count;
            _offset += count;
            if (_offset == chunk.Length)
            {
                _offset = 0;
                _chunks.Dequeue();
            }
        }

        Count -= done;
        return done;
    }
}
