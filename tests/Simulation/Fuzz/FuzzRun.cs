using System.Diagnostics;
using System.Globalization;
using Xunit;
using Xunit.Abstractions;

namespace SensorNode.Simulation.Tests.Fuzz;

/// <summary>Feeds inputs to one parser and watches it: exceptions, inputs that never end, memory that one input takes, memory that all of them keep.</summary>
/// <remarks>SENSORNODE_FUZZ_INPUTS says how many inputs each parser gets; 20,000 if it says nothing. The count is printed.</remarks>
internal sealed class FuzzRun(ITestOutputHelper output)
{
    private const long GrowthBytesMax = 2_000_000;
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(20);

    private byte[] _input = [];
    private int _index;
    private long _mostBytes;

    /// <summary>Inputs for each parser.</summary>
    public static int Count { get; } = int.TryParse(Environment.GetEnvironmentVariable("SENSORNODE_FUZZ_INPUTS"), CultureInfo.InvariantCulture, out int asked) && asked > 0 ? asked : 20_000;

    /// <summary>Seed of the inputs.</summary>
    public static ulong Seed { get; } = ulong.TryParse(Environment.GetEnvironmentVariable("SENSORNODE_FUZZ_SEED"), CultureInfo.InvariantCulture, out ulong asked) ? asked : 20_260_101;

    /// <summary>Feeds them.</summary>
    /// <param name="name">Of the parser.</param>
    /// <param name="next">Gives the next input.</param>
    /// <param name="parse">Takes it; true where the parser took it for good.</param>
    /// <param name="bytesMax">Most that one input may allocate, the host's share included.</param>
    /// <param name="around">Runs the whole of it where it has to be run, such as on a thread of a node; null for a thread of its own.</param>
    public void Run(string name, Func<byte[]> next, Func<byte[], bool> parse, long bytesMax, Action<Action>? around = null)
    {
        Exception? failure = null;
        long grown = 0;
        int taken = 0;
        var watch = Stopwatch.StartNew();
        void Feed()
        {
            long before = 0;
            for (_index = 0; _index < Count; _index++)
            {
                if (_index == Count / 4)
                {
                    before = GC.GetTotalMemory(forceFullCollection: true);
                }

                _input = next();
                long allocated = Allocated(parse, ref taken);
                for (int again = 0, uncounted = 0; again < 3 && allocated > bytesMax; again++)
                {
                    // The host's own runtime makes its code better from time to time, on this thread; the input's share comes each time.
                    allocated = Math.Min(allocated, Allocated(parse, ref uncounted));
                }

                _mostBytes = Math.Max(_mostBytes, allocated);
            }

            grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        }

        long Allocated(Func<byte[], bool> take, ref int count)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            count += take(_input) ? 1 : 0;
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        var thread = new Thread(() =>
        {
            try
            {
                (around ?? (feed => feed()))(Feed);
            }
            catch (Exception exception)
            {
                failure = exception;
            }
        })
        { IsBackground = true };
        thread.Start();
        for (int last = -1; !thread.Join(Hang); last = _index)
        {
            Assert.True(_index != last, $"{name}: input {_index} does not end: {Convert.ToHexString(_input)}");
        }

        Assert.True(failure == null, $"{name}, seed {Seed}: input {_index}, {Convert.ToHexString(_input)}: {failure}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"fuzz: {name}: {Count} inputs, {taken} taken for good, at most {_mostBytes} bytes for one, {grown} kept, {watch.Elapsed.TotalSeconds:0.0} s"));
        Assert.True(_mostBytes <= bytesMax, $"{name}: one input allocated {_mostBytes} bytes, more than {bytesMax}");
        Assert.InRange(grown, long.MinValue, GrowthBytesMax);
    }
}
