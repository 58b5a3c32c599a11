using SensorNode.Platform;

namespace SensorNode.Emulator;

/// <summary>A node's context without a board around it: for tools and tests that call parts of the firmware, on a virtual clock.</summary>
/// <remarks>
/// Calls through delegates (<see cref="Bind{T}"/>) may come from the host's thread as long as nothing in them has to wait; code that
/// sleeps or waits for other threads goes through <see cref="Run"/>.
/// </remarks>
public sealed class FirmwareSandbox : IDisposable
{
    private readonly NodeWorld _world = new();
    private readonly NodeProcess _process;

    /// <param name="folder">Where assemblies come from; null for the firmware of this build.</param>
    /// <param name="console">Where the console goes; null throws it away.</param>
    /// <param name="buses">I2C buses; null for one without chips.</param>
    public FirmwareSandbox(FirmwareFolder? folder = null, INodeConsole? console = null, IReadOnlyDictionary<int, EmulatedI2cBus>? buses = null)
    {
        _process = _world.Scheduler.CreateProcess("sandbox");
        Flash.Spend = cost => _world.Scheduler.Charge(_process, cost);
        Context = new NodeContext(folder ?? new FirmwareFolder(), new NodePlatform
        {
            Process = _process,
            I2cBuses = buses ?? new Dictionary<int, EmulatedI2cBus> { [1] = new() },
            Flash = Flash,
            Wifi = new WifiState(),
            Time = new NodeTime(),
            Console = console ?? new NullConsole(),
            Random = new Random(1),
            MacAddress = [2, 0x53, 0, 0, 0, 1]
        });
    }

    /// <summary>The firmware's context.</summary>
    public NodeContext Context { get; }

    /// <summary>Its files.</summary>
    public FlashFileSystem Flash { get; } = new();

    /// <summary>Its time.</summary>
    public NodeWorld World => _world;

    /// <summary>Binds a public static method of firmware whose parameters are ordinary types.</summary>
    public T Bind<T>(string assembly, string type, string method)
        where T : Delegate => Context.Bind<T>(assembly, type, method);

    /// <summary>Runs something in a thread of the node and waits for its end; what it throws comes out here.</summary>
    /// <param name="action">Runs with the baton.</param>
    /// <param name="limit">Longest time on the node's clock; an hour if left out.</param>
    public void Run(Action action, TimeSpan? limit = null)
    {
        Exception? failure = null;
        NodeThread thread = _process.CreateThread("sandbox", () =>
        {
            try
            {
                action();
            }
            catch (Exception exception) when (exception is not NodePoweredOffException)
            {
                failure = exception;
            }
        });

        // Keeps the process alive between two runs: it would end with its last thread.
        if (_process.AliveThreadCount == 0)
        {
            _world.Scheduler.Start(_process.CreateThread("keeper", () => _world.Scheduler.Wait(_process, [], NodeScheduler.Infinite)));
        }

        _world.Scheduler.Start(thread);
        if (!_world.RunUntil(() => thread.State == NodeThreadState.Ended, limit ?? TimeSpan.FromHours(1)))
        {
            throw new TimeoutException("The firmware did not come to an end.");
        }

        if (failure != null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <summary>Ends its threads and lets its context go.</summary>
    public void Dispose()
    {
        _process.PowerOff(EndReason.PoweredOff);
        _world.Drain();
        Context.Unload();
    }
}
