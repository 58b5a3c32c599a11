using SensorNode.Emulator.Mqtt;

namespace SensorNode.Tool.Emulate;

/// <summary>One run of sensornode emulate: nodes, a broker, and a host that watches and checks.</summary>
public sealed class EmulateSession(EmulateSettings settings)
{
    private const double PowerCutSeconds = 300;
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(3);

    /// <summary>What the host hears; null before the run.</summary>
    public FleetWatch? Watch { get; private set; }

    /// <summary>Power cuts made.</summary>
    public int PowerCutCount { get; private set; }

    /// <summary>Counters of the embedded broker after the run; null with a real one.</summary>
    public BrokerStatistics? Statistics { get; private set; }

    /// <summary>Nodes online when the run was over, before their power was taken.</summary>
    public int OnlineAtEnd { get; private set; }

    /// <summary>Runs for the time asked for, or until it is cancelled; then takes the nodes' power and waits for their deaths.</summary>
    /// <param name="tick">Called about four times a second with the time gone.</param>
    /// <param name="cancel">Ends early, in good order.</param>
    public async Task RunAsync(Action<TimeSpan> tick, CancellationToken cancel)
    {
        BrokerCore? core = settings.Broker == null ? MakeBroker() : null;
        await using BrokerServer? server = core == null ? null : new BrokerServer(core);
        string host = settings.Broker?.Host ?? "127.0.0.1";
        int port = server?.Port ?? settings.Port;
        await using FleetWatch watch = await FleetWatch.ConnectAsync(settings, host, port, cancel);
        Watch = watch;
        using var fleet = new NodeFleet(settings, host, port, DateTime.UtcNow);
        fleet.Start();

        DateTime begin = DateTime.UtcNow;
        double powerCutRealSeconds = PowerCutSeconds / settings.Speed;
        while (DateTime.UtcNow - begin < settings.Duration && !cancel.IsCancellationRequested)
        {
            await watch.TakeAsync();
            TimeSpan gone = DateTime.UtcNow - begin;
            if (settings.Faults.Contains(NodeFault.Power) && gone.TotalSeconds > (PowerCutCount + 1) * powerCutRealSeconds)
            {
                fleet.CutPower(PowerCutCount++);
            }

            tick(gone);
            await Task.Delay(250, CancellationToken.None);
        }

        await watch.TakeAsync();
        OnlineAtEnd = watch.OnlineCount;
        fleet.Stop();
        for (DateTime end = DateTime.UtcNow + s_farewell; DateTime.UtcNow < end && watch.OnlineCount > 0; await Task.Delay(50, CancellationToken.None))
        {
            await watch.TakeAsync();
        }

        Statistics = core?.ReadStatistics();
    }

    private BrokerCore MakeBroker()
    {
        var faults = new BrokerFaults();
        faults.AddScript(settings.BrokerFaults);
        return new BrokerCore(faults: faults);
    }
}
