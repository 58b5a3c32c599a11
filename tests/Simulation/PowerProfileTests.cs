using System.Globalization;
using SensorNode.Emulator;
using SensorNode.Platform;
using SensorNode.Sparkplug;
using Xunit;

namespace SensorNode.Simulation.Tests;

/// <summary>Nodes that sleep between windows: what they do awake, what they carry through a sleep, what they stay awake for.</summary>
public class PowerProfileTests
{
    [Fact]
    public void Timed_SleepsBetweenWindows_AndComesOnceInSixWindows()
    {
        using var test = new PlantTest("power.profile = timed\n");
        test.RunMinutes(120);
        System.IO.File.WriteAllText("/tmp/timed.txt", test.Console.Text);
        System.IO.File.AppendAllText("/tmp/timed.txt", $"births {test.Births} viol {string.Join("\n", test.Plant.Checker.Violations)}");
    }

    [Fact]
    public void DeepSleep_BeginsWithWatching()
    {
        using var test = new PlantTest("power.profile = deep-sleep\n");
        test.RunMinutes(180);
        System.IO.File.WriteAllText("/tmp/deep.txt", test.Console.Text);
        System.IO.File.AppendAllText("/tmp/deep.txt", $"births {test.Births} boots {test.Plant.Node.BootCount} viol {string.Join("\n", test.Plant.Checker.Violations)}");
    }
}
