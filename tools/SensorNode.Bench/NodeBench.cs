using System.Text;
using SensorNode.CostMeter;
using SensorNode.Emulator;
using SensorNode.Emulator.Chips;
using SensorNode.Emulator.Machines;
using SensorNode.Emulator.Mqtt;
using SensorNode.Platform;

namespace SensorNode.Bench;

/// <summary>What a whole node costs: sampling over the bus, its heap, its messages. The firmware's own Main in the emulator, on virtual time.</summary>
/// <remarks>
/// The node has the default configuration but for the shortest learning phase, so that learning, the making of the baseline and
/// watching all come about. Steady machine. A message counts twice while it is alive: M2Mqtt makes a second array of the whole packet. A heap figure is live objects + stack frames of all
/// threads + static fields, at the device's sizes, sampled at every <see cref="HeapStepBytes"/> of allocation; buffers of the
/// platform's libraries by the cost tables. A second node is asked for a snapshot as its connection breaks while it learns, and raises an alarm during an
/// outage while it watches: the heap figures are the larger ones of both.
/// </remarks>
internal sealed class NodeBench(MeteredFirmware firmware)
{
    private const int HeapStepBytes = 128;
    private const int Windows = 60;
    private const int FaultSeconds = 480;
    private const int StaticFieldBytes = 12;
    private const string Broker = "broker";
    private const int BrokerPort = 1883;

    // Room for one App in drive I:, as FlashBudget of the firmware has it.
    private const int SlotBytes = 32_724;

    // An assembly loaded from bytes stays in the heap with its tables: PE size plus 10 to 20 %.
    private const double LoadedImageFactor = 1.15;

    /// <summary>Adds sampling.il, sampling.alloc.bytes, window1024x3.il, heap.*.bytes, nbirth.bytes, nbirth.full.bytes, ndata.bytes.</summary>
    internal void Run(BenchReport report, Action<string> progress)
    {
        progress("a node from power-on to watching: sampling, heap, messages");
        var console = new TextConsole();
        var tap = new MessageTap(new EndpointBroker(new BrokerCore()));
        Meter.ResetStages();
        using var heap = new HeapTracker(HeapStepBytes) { Times = CopiesOf };
        Meter.Heap = heap;
        try
        {
            using var world = new NodeWorld();
            EmulatedNode node = world.Add(Options(console, new InMemoryNetwork().Add(Broker, BrokerPort, tap), MachinePresets.HealthyMotor()));
            node.PowerOn();
            if (!world.RunUntil(() => SampledWindows() >= Windows || node.LastBoot != null, TimeSpan.FromMinutes(30), TimeSpan.FromMilliseconds(100)) || node.LastBoot != null)
            {
                report.Remark($"the node did not sample {Windows} windows: {LastLine(console)}");
            }

            Largest(report, heap);
        }
        finally
        {
            Meter.Heap = null;
        }

        Sampling(report);
        Messages(report, tap);
        FullBirth(report);
        using HeapTracker waiting = WhileSnapshotsWait(report, progress);
        Heap(report, heap.LiveAndFrameBytesMax > waiting.LiveAndFrameBytesMax ? heap : waiting);
    }

    private HeapTracker WhileSnapshotsWait(BenchReport report, Action<string> progress)
    {
        progress("a node whose snapshots wait while it has no connection: heap");
        var console = new TextConsole();
        var core = new BrokerCore();
        InMemoryNetwork network = new InMemoryNetwork().Add(Broker, BrokerPort, new EndpointBroker(core));
        Meter.ResetStages();
        var heap = new HeapTracker(HeapStepBytes) { Times = CopiesOf };
        Meter.Heap = heap;
        try
        {
            using var world = new NodeWorld();
            world.Add(Options(console, network, MachinePresets.DegradingBearing(FaultSeconds, 0))).PowerOn();
            world.RunFor(TimeSpan.FromSeconds(100));
            core.Publish(new MqttMessage("spBv1.0/bench/NCMD/node", [.. SnapshotCommand()], 1, false));
            int windows = SampledWindows();
            world.RunUntil(() => SampledWindows() > windows, TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(100));
            world.RunFor(TimeSpan.FromMilliseconds(1500));
            network.IsReachable = false;
            network.ResetAll();
            world.RunFor(TimeSpan.FromSeconds(5));
            network.IsReachable = true;
            world.RunFor(TimeSpan.FromSeconds(FaultSeconds - 20) - world.Now);
            network.IsReachable = false;
            network.ResetAll();
            bool isAlarm = world.RunUntil(() => console.Text.Contains("alarm: ", StringComparison.Ordinal), TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(1));
            network.IsReachable = true;
            world.RunFor(TimeSpan.FromMinutes(2));
            if (!isAlarm || console.Text.Split("link: connected").Length != 4)
            {
                report.Remark($"the node did not raise an alarm while it was away, or did not connect three times: {LastLine(console)}");
            }

            Largest(report, heap);
            return heap;
        }
        finally
        {
            Meter.Heap = null;
        }
    }

    private static IEnumerable<byte> SnapshotCommand()
    {
        // A payload with one metric: name, data type Boolean, true.
        byte[] name = Encoding.ASCII.GetBytes("Node Control/Snapshot");
        byte[] metric = [0x0A, (byte)name.Length, .. name, 0x20, 11, 0x70, 1];
        return [0x12, (byte)metric.Length, .. metric];
    }

    private static int CopiesOf(AllocationSite site) =>
        site.TypeName == "System.Byte" && site.Method.Contains("SensorNode.Sparkplug.MessageBuilder::", StringComparison.Ordinal) ? 2 : 1;

    private static int SampledWindows() => Meter.Stages.TryGetValue(StageNames.Sampling, out StageTotals? stage) ? stage.Calls : 0;

    private static string LastLine(TextConsole console) => console.Text.TrimEnd().Split('\n')[^1].Trim();

    private static void Sampling(BenchReport report)
    {
        if (!Meter.Stages.TryGetValue(StageNames.Sampling, out StageTotals? stage) || stage.Calls == 0)
        {
            return;
        }

        report.Add("sampling.il", stage.Largest.TotalInstructions, "IL", "LSM6DSO, a window of 3 x 1024 out of the FIFO in bursts, largest");
        report.Add("sampling.alloc.bytes", stage.Sum.AllocatedBytes / stage.Calls, "bytes", "spans and results of the transfers for one window of 3 x 1024, mean");
        if (report.Find("window1024x3.analysis.il") is { } analysis)
        {
            report.Add("window1024x3.il", analysis + stage.Largest.TotalInstructions, "IL", "whole window: sampling, features and detector");
        }
    }

    private void Heap(BenchReport report, HeapTracker heap)
    {
        int statics = StaticFieldBytes * firmware.CountStaticFields();
        int app = DeviceImageSize.Estimate(firmware.OriginalOf("SensorNode.App"));
        double image = app * LoadedImageFactor;
        report.Add("app.pe.bytes", app, "bytes", FormattableString.Invariant($"estimated .pe of the App; the aim is {DeployedSize.AppTargetBytes:N0}"));
        double carrying = DeviceImageSize.Estimate(Path.Combine(FirmwareFolder.CarryingPath, "SensorNode.App.dll"));
        report.Add("app.carrying.pe.bytes", carrying, "bytes", FormattableString.Invariant($"the same for an App that brings its own features and detector; a slot has {SlotBytes:N0}"));
        report.Add("deployed.pe.bytes", DeployedSize.Estimate(Path.GetDirectoryName(firmware.OriginalOf("SensorNode.App"))!), "bytes", FormattableString.Invariant($"estimated .pe of everything deployed; the aim is {DeployedSize.DeployedTargetBytes:N0}"));
        report.Add("heap.objects.bytes", heap.LiveBytesMax, "bytes", "most live objects at once, from power-on to watching, and while snapshots wait");
        report.Add("heap.image.bytes", image, "bytes", "App loaded from flash after an update: estimated .pe and 15 %");
        report.Add("heap.peak.bytes", heap.LiveAndFrameBytesMax + statics + image, "bytes", "objects, stack frames, static fields and the loaded App; messages with the copy that M2Mqtt makes");
        report.Add("heap.carrying.peak.bytes", heap.LiveAndFrameBytesMax + statics + (carrying * LoadedImageFactor), "bytes", "the same after an update that brings its own features and detector");
    }

    private static void Largest(BenchReport report, HeapTracker heap)
    {
        IEnumerable<string> places = heap.AtMax().Take(12).Select(line => FormattableString.Invariant($"{line.Bytes} {line.Count} x {line.Site.TypeName} by {ShortName(line.Site.Method)}"));
        report.Remark(FormattableString.Invariant($"live at the peak beside {heap.FrameBytesAtMax} bytes of stack frames: ") + string.Join(", ", places));
    }

    private static string ShortName(string method)
    {
        string name = method[(method.LastIndexOf(' ') + 1)..];
        int parameters = name.IndexOf('(', StringComparison.Ordinal);
        return parameters < 0 ? name : name[..parameters];
    }

    private static void Messages(BenchReport report, MessageTap tap)
    {
        int[] births = [.. tap.Messages.Where(message => message.Topic.Contains("/NBIRTH/", StringComparison.Ordinal)).Select(message => message.PayloadBytes)];
        int[] data = [.. tap.Messages.Where(message => message.Topic.Contains("/NDATA/", StringComparison.Ordinal)).Select(message => message.PayloadBytes)];
        if (births.Length == 0 || data.Length == 0)
        {
            report.Remark($"messages were not measured: {births.Length} births and {data.Length} data messages came");
            return;
        }

        report.Add("nbirth.bytes", births.Max(), "bytes", "payload of the birth message");
        report.Add("ndata.bytes", Math.Ceiling(data.Average()), "bytes", $"payload of a data message, steady machine, mean of {data.Length}");
        report.Add("ndata.max.bytes", data.Max(), "bytes", "payload of the largest data message");
    }

    private void FullBirth(BenchReport report)
    {
        var tap = new MessageTap(new EndpointBroker(new BrokerCore()));
        using var world = new NodeWorld();
        world.Add(Options(new TextConsole(), new InMemoryNetwork().Add(Broker, BrokerPort, tap), MachinePresets.HealthyMotor(), "board = esp32-devkitc-wrover\n")).PowerOn();
        world.RunFor(TimeSpan.FromSeconds(30));
        report.Add("nbirth.full.bytes", tap.Messages.First(message => message.Topic.Contains("/NBIRTH/", StringComparison.Ordinal)).PayloadBytes, "bytes", "the same on a board with megabytes of heap: a sentence on each metric");
    }

    private EmulatedNodeOptions Options(INodeConsole console, InMemoryNetwork network, MachineParameters machine, string more = "")
    {
        const string configuration = """
            sparkplug.group = bench
            sparkplug.node = node
            mqtt.host = broker
            mqtt.security = plain-on-a-trusted-network
            detector.learn_windows = 30
            report.interval_s = 5

            """;
        var climate = new MachineClimate(machine);
        var bus = new EmulatedI2cBus();
        bus.Attach(0x6A, new Lsm6dsoModel(new RotatingMachine(machine), climate, 1));
        bus.Attach(0x76, new Bme280Model(climate, 2));
        var flash = new FlashFileSystem();
        flash.WriteAllBytes("node.conf", Encoding.ASCII.GetBytes(configuration + more));
        return new EmulatedNodeOptions
        {
            Name = "bench",
            Firmware = firmware.Images,
            Flash = flash,
            I2cBuses = new Dictionary<int, EmulatedI2cBus> { [1] = bus },
            Network = network,
            Console = console,
        };
    }
}
