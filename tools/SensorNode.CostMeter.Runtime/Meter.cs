using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace SensorNode.CostMeter;

/// <summary>The counters that instrumented device code calls, and the readings taken from them.</summary>
/// <remarks>
/// Loaded once, in the default context, so that all nodes of a process share it. Counters belong to threads: a figure for one
/// node is the sum over its threads, and other nodes in the process do not disturb it. Sites are never removed.
/// Signatures of what instrumented code calls use ordinary types only (int, object, string), because its mscorlib is the device's.
/// </remarks>
public static class Meter
{
    private static readonly List<AllocationSite> Sites = [];
    private static readonly List<ThreadMeter> Threads = [];
    private static readonly ConcurrentDictionary<string, StageTotals> StagesByName = new(StringComparer.Ordinal);
    private static AllocationSite[] s_sites = [];

    [ThreadStatic]
    private static ThreadMeter? t_current;

    /// <summary>The counters of the calling thread.</summary>
    public static ThreadMeter Current => t_current ?? Register();

    /// <summary>Everything counted on the calling thread so far.</summary>
    public static MeterTotals Now => Current.Totals;

    /// <summary>Live objects, where <see cref="HeapTracker"/> was asked to follow them; else null.</summary>
    public static HeapTracker? Heap { get; set; }

    /// <summary>What each stage has cost, by name; see <see cref="EnterStage"/>.</summary>
    public static IReadOnlyDictionary<string, StageTotals> Stages => StagesByName;

    /// <summary>Runs an action on the calling thread and returns what it cost.</summary>
    public static MeterTotals Measure(Action action)
    {
        MeterTotals before = Now;
        action();
        return Now - before;
    }

    /// <summary>Gives a place that allocates its number.</summary>
    public static int AddSite(AllocationSite site)
    {
        lock (Sites)
        {
            Sites.Add(site);
            if (Sites.Count > s_sites.Length)
            {
                var larger = new AllocationSite[Math.Max(64, 2 * Sites.Count)];
                Sites.CopyTo(larger);
                s_sites = larger;
            }
            else
            {
                s_sites[Sites.Count - 1] = site;
            }

            return Sites.Count - 1;
        }
    }

    /// <summary>All places that allocate, in the order of their numbers.</summary>
    public static AllocationSite[] AllSites()
    {
        lock (Sites)
        {
            return [.. Sites];
        }
    }

    /// <summary>The counters of all threads that have run metered code.</summary>
    public static ThreadMeter[] AllThreads()
    {
        lock (Threads)
        {
            return [.. Threads];
        }
    }

    /// <summary>Forgets the stages. Counters go on.</summary>
    public static void ResetStages() => StagesByName.Clear();

    /// <summary>Called by instrumented code: a basic block of that many instructions starts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Block(int instructions) => Current.Instructions += instructions;

    /// <summary>Called by instrumented code: a platform call follows, that costs this.</summary>
    public static void Platform(int instructions, int nativeWork)
    {
        ThreadMeter thread = Current;
        thread.PlatformInstructions += instructions;
        thread.NativeWork += nativeWork;
    }

    /// <summary>Called by instrumented code: the site's fixed bytes are allocated.</summary>
    public static void Allocate(int site)
    {
        AllocationSite place = s_sites[site];
        Charge(place, place.FixedBytes);
    }

    /// <summary>Called by instrumented code: the object whose bytes <see cref="Allocate"/> has charged is there.</summary>
    public static void Track(object? made, int site)
    {
        if (made != null)
        {
            AllocationSite place = s_sites[site];
            Heap?.Add(made, place.FixedBytes, place);
        }
    }

    /// <summary>Called by instrumented code: the array is there. Charges it by its length.</summary>
    public static void AllocateArray(object? made, int site)
    {
        if (made is Array array)
        {
            AllocationSite place = s_sites[site];
            long bytes = HeapBlocks(place.FixedBytes + ((long)place.BytesPerElement * array.Length)) + ((long)place.ObjectBytesPerElement * array.Length);
            Charge(place, bytes);
            Heap?.Add(made, bytes, place);
        }
    }

    /// <summary>Called by instrumented code: the string is there. Charges it by its bytes in UTF-8.</summary>
    public static void AllocateString(string? made, int site)
    {
        if (made != null)
        {
            AllocationSite place = s_sites[site];
            long bytes = HeapBlocks(place.FixedBytes + System.Text.Encoding.UTF8.GetByteCount(made));
            Charge(place, bytes);
            Heap?.Add(made, bytes, place);
        }
    }

    /// <summary>Called by instrumented code at a method's start.</summary>
    /// <returns>Mark for <see cref="LeaveFrame"/>.</returns>
    public static int EnterFrame(int bytes)
    {
        ThreadMeter thread = Current;
        int mark = thread.FrameBytes;
        thread.FrameBytes = mark + bytes;
        if (thread.FrameBytes > thread.FrameBytesMax)
        {
            thread.FrameBytesMax = thread.FrameBytes;
        }

        return mark;
    }

    /// <summary>Called by instrumented code: the method is left (bytes 0), or goes on in a handler after deeper frames were thrown away.</summary>
    public static void LeaveFrame(int mark, int bytes) => Current.FrameBytes = mark + bytes;

    /// <summary>Called by instrumented code at the start of a method that is a stage.</summary>
    public static object EnterStage(string stage) => new OpenStage(stage, Now);

    /// <summary>Called by instrumented code when that method is left. Stages contain the stages inside them.</summary>
    public static void LeaveStage(object open)
    {
        var started = (OpenStage)open;
        StagesByName.GetOrAdd(started.Name, static _ => new StageTotals()).Add(Now - started.Before);
    }

    /// <summary>Bytes rounded up to the heap's blocks of 12.</summary>
    public static long HeapBlocks(long bytes) => (bytes + 11) / 12 * 12;

    private static void Charge(AllocationSite place, long bytes)
    {
        ThreadMeter thread = Current;
        thread.Allocations++;
        thread.AllocatedBytes += bytes;
        place.Charge(bytes);
        Heap?.Step(bytes);
    }

    private static ThreadMeter Register()
    {
        var thread = new ThreadMeter(Thread.CurrentThread.Name ?? FormattableString.Invariant($"thread {Environment.CurrentManagedThreadId}"));
        lock (Threads)
        {
            Threads.Add(thread);
        }

        t_current = thread;
        return thread;
    }

    private sealed record OpenStage(string Name, MeterTotals Before);
}
