using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SensorNode.CostMeter;

/// <summary>Follows the objects that metered code has allocated, and tells the most bytes that were alive at once.</summary>
/// <remarks>
/// Method:  each object is remembered weakly with its bytes on the device. Whenever a step of allocation is over, the host's
///          collector runs and what it leaves is summed. The device collects when its heap is full, so the live bytes are what
///          must fit. Instrumented copies are not optimised by the host, so locals live to the end of their method, as on the device.
/// Strings: one that the host hands out again (a whole Substring) counts once; the texts of small numbers, which the host keeps for ever, do not count.
/// Error:   a peak between two samples is missed by at most the step. Objects behind platform objects (the array inside an ArrayList) are not
///          seen; the cost table's size of the platform type stands for them.
/// </remarks>
public sealed class HeapTracker : IDisposable
{
    private readonly Lock _gate = new();
    private readonly long _stepBytes;
    private readonly List<Entry> _entries = [];
    private readonly ConditionalWeakTable<object, object> _known = [];

    // What a node of an earlier run left behind when it was stopped in the middle of its methods.
    private readonly Dictionary<ThreadMeter, int> _framesBefore = Meter.AllThreads().ToDictionary(thread => thread, thread => thread.FrameBytes);
    private (AllocationSite Site, long Bytes)[] _atMax = [];
    private long _sinceSample;

    /// <summary>Starts with nothing.</summary>
    /// <param name="stepBytes">Bytes allocated between two samples. Smaller is more exact and slower.</param>
    public HeapTracker(long stepBytes) => _stepBytes = stepBytes;

    /// <summary>Counts the objects of some places more than once: for a library that keeps a copy of what it was given for as long as it has it.</summary>
    public Func<AllocationSite, int>? Times { get; init; }

    /// <summary>Most live bytes seen at a sample.</summary>
    public long LiveBytesMax { get; private set; }

    /// <summary>Most live bytes and stack frame bytes, together, seen at a sample.</summary>
    public long LiveAndFrameBytesMax { get; private set; }

    /// <summary>Stack frame bytes at that sample.</summary>
    public long FrameBytesAtMax { get; private set; }

    /// <summary>Samples taken.</summary>
    public int SampleCount { get; private set; }

    /// <summary>Collects, and sums what is alive.</summary>
    public long Sample()
    {
        lock (_gate)
        {
            _sinceSample = 0;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
            long live = 0;
            int kept = 0;
            var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
            for (int i = 0; i < _entries.Count; i++)
            {
                Entry entry = _entries[i];
                if (entry.Handle.Target is not { } made || !seen.Add(made))
                {
                    // Gone; or no new object: a call such as a substring of the whole has handed back one that was there.
                    entry.Handle.Free();
                    continue;
                }

                live += entry.Bytes;
                _entries[kept++] = entry;
            }

            _entries.RemoveRange(kept, _entries.Count - kept);
            SampleCount++;
            LiveBytesMax = Math.Max(LiveBytesMax, live);
            long frames = 0;
            foreach (ThreadMeter thread in Meter.AllThreads())
            {
                frames += thread.FrameBytes - _framesBefore.GetValueOrDefault(thread);
            }

            if (live + frames > LiveAndFrameBytesMax)
            {
                LiveAndFrameBytesMax = live + frames;
                FrameBytesAtMax = frames;
                _atMax = [.. _entries.Select(entry => (entry.Site, entry.Bytes))];
            }

            return live;
        }
    }

    /// <summary>What was alive at the sample with the most bytes, by the place that made it, largest first.</summary>
    public IReadOnlyList<(AllocationSite Site, int Count, long Bytes)> AtMax()
    {
        lock (_gate)
        {
            return [.. _atMax
                .GroupBy(entry => entry.Site)
                .Select(group => (group.Key, group.Count(), group.Sum(entry => entry.Bytes)))
                .OrderByDescending(line => line.Item3)
                .ThenBy(line => line.Key.Method, StringComparer.Ordinal)];
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (Entry entry in _entries)
            {
                entry.Handle.Free();
            }

            _entries.Clear();
        }
    }

    internal void Add(object made, long bytes, AllocationSite site)
    {
        lock (_gate)
        {
            if (IsKeptByHost(made) || !_known.TryAdd(made, this))
            {
                return;
            }

            _entries.Add(new Entry(GCHandle.Alloc(made, GCHandleType.Weak), bytes * (Times?.Invoke(site) ?? 1), site));
        }
    }

    internal void Step(long bytes)
    {
        if (Interlocked.Add(ref _sinceSample, bytes) >= _stepBytes)
        {
            Sample();
        }
    }

    private static bool IsKeptByHost(object made) =>
        made is string { Length: > 0 and <= 3 } text && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        && ReferenceEquals(text, number.ToString(CultureInfo.InvariantCulture));

    private readonly record struct Entry(GCHandle Handle, long Bytes, AllocationSite Site);
}
