using SensorNode.Emulator.Machines;
using SensorNode.Replay;
using Xunit;
using Xunit.Abstractions;

namespace SensorNode.Simulation;

/// <summary>Recorded bearings with seeded faults: how often the envelope's line is the fault's frequency at the stated speed.</summary>
public class EnvelopeOnRecordingsTests(ITestOutputHelper output)
{
    private const int Points = 1024;
    private const int Hop = 512;

    [SkippableFact]
    public void RaceFaults_ShowAtTheirFrequencies()
    {
        Skip.If(SharedData.Folder == null, SharedData.Missing);
        string folder = Path.Combine(SharedData.Folder!, "cwru-load0");
        RecordingSet set = RecordingSet.Read(folder);
        string[][] rows = [.. File.ReadLines(Path.Combine(folder, "index.csv")).Skip(1).Select(line => line.Split(','))];
        var envelope = new FirmwareEnvelope(Points);
        int shown = 0;
        int files = 0;
        foreach (string[] row in rows)
        {
            Recording recording = set.Find(row[0])!;
            string fault = row[2];
            double shaftHz = double.Parse(row[4], System.Globalization.CultureInfo.InvariantCulture) / 60;
            BearingGeometry bearing = fault.EndsWith("FE", StringComparison.Ordinal) ? BearingGeometry.Skf6203 : BearingGeometry.Skf6205;
            double order = fault.StartsWith("outer", StringComparison.Ordinal) ? bearing.OuterRaceOrder : fault.StartsWith("inner", StringComparison.Ordinal) ? bearing.InnerRaceOrder : 2 * bearing.BallSpinOrder;
            double binHz = (double)recording.RateHz / Points;
            short[] x = recording.ReadChannels([fault.EndsWith("FE", StringComparison.Ordinal) ? 1 : 0])[0];
            int windows = 0;
            int found = 0;
            int right = 0;
            int shaft = 0;
            for (int start = 0; start + Points <= x.Length; start += Hop)
            {
                windows++;
                var line = envelope.Find(x[start..(start + Points)]);
                found += line == null ? 0 : 1;
                bool isRight = IsHarmonic(line?.Bin, order * shaftHz / binHz, 3);
                right += isRight ? 1 : 0;
                shaft += !isRight && IsHarmonic(line?.Bin, shaftHz / binHz, 3) ? 1 : 0;
            }

            output.WriteLine($"{row[0],-24} {fault,-12} {row[3],-9} {order * shaftHz,6:F1} Hz: a line in {100 * found / windows,3} % of {windows,2} windows, the fault's {100 * right / windows,3} %, the shaft's {100 * shaft / windows,3} %");
            if (fault.StartsWith("outer", StringComparison.Ordinal) || fault.StartsWith("inner", StringComparison.Ordinal))
            {
                files++;
                shown += 2 * right >= windows ? 1 : 0;
            }
        }

        output.WriteLine($"race faults: {shown} of {files} files have the fault's line in half of their windows or more; one transform of a window is all that is used");
        Assert.True(shown >= 3, $"{shown} of {files}");
    }

    private static bool IsHarmonic(double? bin, double baseBin, int orders) =>
        bin != null && Math.Round(bin.Value / baseBin) is var order && order >= 1 && order <= orders && Math.Abs(bin.Value - (order * baseBin)) <= 0.5;
}
