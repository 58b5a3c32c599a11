using System.Globalization;
using SensorNode.Emulator;
using SensorNode.Platform;
using SensorNode.Simulation;
using SensorNode.Sparkplug.Host;
using Xunit;

namespace SensorNode.Simulation.Tests;

/// <summary>An App that brings its own features and detector does what the one does that uses those in flash.</summary>
public class CarryingAppTests
{
    [Fact]
    public void CarryingApp_SendsTheSameMessages()
    {
        List<string> usual = Messages(null);
        List<string> carrying = Messages(FirmwareFolder.Carrying);
        Assert.Contains(usual, line => line.Contains("Detector/Phase = watching", StringComparison.Ordinal));
        Assert.Equal(usual, carrying);
    }

    [Fact]
    public void CarryingApp_UsesItsOwnDetector()
    {
        using var sandbox = new FirmwareSandbox(FirmwareFolder.Carrying);
        System.Reflection.Assembly app = sandbox.Context.LoadFirmware("SensorNode.App");
        Assert.NotNull(app.GetType("SensorNode.Detection.AnomalyDetector"));
        Assert.NotNull(app.GetType("SensorNode.Features.FeatureExtractor"));
        Assert.DoesNotContain(app.GetReferencedAssemblies(), reference => reference.Name == "SensorNode.Analysis");
    }

    private static List<string> Messages(FirmwareFolder? firmware)
    {
        var messages = new List<string>();
        using var plant = new SimulatedPlant(7, "", new TextConsole(), firmware);
        plant.Heard += message => messages.AddRange(message.Metrics.Select(metric => string.Create(CultureInfo.InvariantCulture, $"{message.Topic.Type} {metric.Name} = {Text(metric.Value)}")));
        plant.Node.PowerOn();
        plant.World.RunFor(TimeSpan.FromMinutes(45));
        return messages;
    }

    private static string Text(object? value) => value is Array array ? string.Join(' ', array.Cast<object>()) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "null";
}
