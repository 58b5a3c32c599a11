using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using SensorNode.Sparkplug.Host;
using Xunit;
using Xunit.Abstractions;

namespace SensorNode.Simulation.Tests;

/// <summary>Whole days with faults from a seed. A failure names the seed and the command that does it again.</summary>
public class SimulationTests(ITestOutputHelper output)
{
    /// <summary>SENSORNODE_SIMULATION_SEEDS says how many days are run; 8 if it says nothing, 200 in continuous integration (.ci/run).</summary>
    [Fact]
    public void EverySeed_KeepsEveryPromise()
    {
        int count = int.TryParse(Environment.GetEnvironmentVariable("SENSORNODE_SIMULATION_SEEDS"), CultureInfo.InvariantCulture, out int asked) ? asked : 8;
        var failures = new ConcurrentQueue<string>();
        var results = new ConcurrentBag<SimulationResult>();
        var watch = Stopwatch.StartNew();
        Parallel.For(1, count + 1, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, seed =>
        {
            SimulationResult result = SimulationRun.Run(seed, 1);
            results.Add(result);
            if (result.Findings.Count > 0)
            {
                failures.Enqueue($"seed {seed}, again with: {result.Command}\n  {string.Join("\n  ", result.Findings)}");
            }
        });
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"simulation: seeds 1 to {count}, a day each: {failures.Count} failed; {results.Sum(result => result.Births)} births, {results.Sum(result => result.Records)} records, {results.Sum(result => result.Cuts)} power cuts, {watch.Elapsed.TotalSeconds:0} s"));
        Assert.True(failures.IsEmpty, string.Join('\n', failures));
    }

    /// <summary>Also where one run loads the firmware anew in each boot and the other shares it: so nothing of a node lives in static fields.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TheSameSeed_IsTheSameRun(bool isShared)
    {
        SimulationResult first = SimulationRun.Run(11, 0.25);
        SimulationResult second = SimulationRun.Run(11, 0.25, sharesFirmware: isShared);
        Assert.Equal(first.Log, second.Log);
        Assert.Equal((first.Births, first.Records, first.Repeats), (second.Births, second.Records, second.Repeats));
        Assert.NotEmpty(first.Log);
    }

    [Fact]
    public void Witnesses_SeeWhatIsWrong()
    {
        var history = new HistoryWitness(TimeSpan.FromMinutes(1), 10);
        var began = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        Assert.NotEmpty(history.Judge([(began, began.AddHours(1), Platform.EndReason.Rebooted)], 0));

        var windows = new WindowWitness(TimeSpan.FromMinutes(1), [0.01, 0.02, 0.03]);
        windows.Silence(began, began.AddHours(1));
        Assert.Empty(windows.Judge());
        windows.Take(Told("Vibration/Y/Acceleration RMS", 0.014f, began.AddHours(2)));
        windows.Take(Told("Temperature/Value", 21.4f, began.AddHours(2)));
        windows.Take(Told("Vibration/Y/Acceleration RMS", null, began.AddMinutes(30)));
        Assert.Empty(windows.Judge());
        windows.Take(Told("Vibration/Y/Acceleration RMS", 0.014f, began.AddMinutes(30)));
        windows.Take(Told("Vibration/Y/Acceleration RMS", 0.04f, began.AddHours(2)));
        windows.Take(Told("Temperature/Value", 0f, began.AddHours(2)));
        Assert.Equal(3, windows.Judge().Count());
    }

    private static SparkplugMessage Told(string name, float? value, DateTime time) => new(
        new SparkplugTopic("sim", SparkplugMessageType.NData, "node", null), time, 1, [new SparkplugMetric(name, null, SparkplugDatatype.Float, value, time, false)]);
}
