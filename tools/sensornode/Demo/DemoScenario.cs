using SensorNode.Emulator.Machines;

namespace SensorNode.Tool.Demo;

/// <summary>What happens in the demo, in seconds of the node's own time, whatever the speed.</summary>
public static class DemoScenario
{
    /// <summary>Sparkplug group of the node.</summary>
    public const string Group = "demo";

    /// <summary>Sparkplug name of the node.</summary>
    public const string Node = "motor-1";

    /// <summary>Node seconds in one second, unless said otherwise.</summary>
    public const double Speed = 60;

    /// <summary>Real seconds the demo takes, unless said otherwise.</summary>
    public const double Seconds = 40;

    /// <summary>Node time at which the outer race begins to break up.</summary>
    public const double DamageStartSeconds = 900;

    /// <summary>Node time from the first damage to all of it.</summary>
    public const double DamageGrowthSeconds = 1200;

    /// <summary>The machine.</summary>
    public static MachineParameters Machine { get; } = MachinePresets.DegradingBearing(DamageStartSeconds, DamageGrowthSeconds);

    /// <summary>The ball passing frequency of the outer race, from the bearing's geometry.</summary>
    public static double DefectHz => Machine.Bearing.OuterRaceOrder * Machine.NominalShaftHz;

    /// <summary>The node's configuration: the defaults, but for a shorter learning phase and a window every two seconds.</summary>
    public static string Configuration(string host, int port, string group = Group, string node = Node) => $"""
        # the node.conf of the demo
        board = esp32-devkitc
        sparkplug.group = {group}
        sparkplug.node = {node}
        mqtt.host = {host}
        mqtt.port = {port}
        mqtt.security = plain-on-a-trusted-network
        window.interval_ms = 2000
        detector.learn_windows = 120
        machine.class = group2-rigid
        report.interval_s = 10
        report.heartbeat_s = 60

        """;
}
