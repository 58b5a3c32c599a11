using SensorNode.Emulator;
using SensorNode.Emulator.Chips;
using SensorNode.Platform;
using SensorNode.Sparkplug.Host;
using Xunit;

namespace SensorNode.Simulation.Tests;

/// <summary>What is told of a time in which the accelerometer does not answer: nothing that only a window can say.</summary>
public class SilentSensorTests
{
    [Fact]
    public void SilentSensor_HasNoZoneAndNoState_LiveOrInRecords()
    {
        using var test = new PlantTest("machine.class = group2-rigid\n", sharesFirmware: true);
        Assert.True(test.Plant.World.RunUntil(() => test.State.Metrics["Detector/Phase"].Value as string == "watching", TimeSpan.FromMinutes(60), TimeSpan.FromSeconds(1)));
        test.RunMinutes(10);
        Assert.NotNull(test.State.Metrics["Vibration/Zone"].Value);
        Assert.NotEqual(-1, test.State.Metrics["Detector/Operating State"].Value);
        var silence = new I2cFaultPlan(1) { Address = 0x6A };
        silence.Between(0, long.MaxValue, I2cFault.AddressNotAcknowledged);
        test.Plant.Bus.Faults = silence;
        test.RunMinutes(5);
        Assert.Null(test.State.Metrics["Vibration/X/Velocity RMS"].Value);
        Assert.Null(test.State.Metrics["Vibration/Zone"].Value);
        Assert.Equal(-1, test.State.Metrics["Detector/Operating State"].Value);
        int before = test.Messages.Count;
        test.Plant.Core.IsListening = false;
        test.Plant.Core.Cut(SimulatedPlant.ClientId);
        test.RunMinutes(20);
        test.Plant.Core.IsListening = true;
        test.RunMinutes(10);
        SparkplugMessage[] records = [.. test.Messages.Skip(before).Where(message => message.Metrics.Any(metric => metric is { Name: "History/Record Number", IsHistorical: true }))];
        Assert.InRange(records.Length, 15, 40);
        Assert.DoesNotContain(records, record => record.Metrics.Any(metric => metric.Name == "Vibration/Zone"));
    }
}
