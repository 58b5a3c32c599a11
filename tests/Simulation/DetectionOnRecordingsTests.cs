using SensorNode.Replay;
using Xunit;

namespace SensorNode.Simulation;

/// <summary>How good the detector is on recorded machines, through the firmware's own bits.</summary>
public class DetectionOnRecordingsTests
{
    [SkippableTheory]
    [InlineData(0, 0.996, 0.93)]
    [InlineData(1, 0.996, 0.93)]
    [InlineData(3, 1.0, 1.0)]
    [InlineData(4, 1.0, 1.0)]
    public void Protocol_ReachesItsTargets(int index, double area, double truePositives)
    {
        ProtocolOutcome outcome = Run(index);
        Assert.True(Math.Round(outcome.Area, 3) >= area, $"AUC {outcome.Area}");
        Assert.True(Math.Round(outcome.TruePositives, 3) >= truePositives, $"true positives at 1 %: {outcome.TruePositives}");
        Assert.True(outcome.Raw(false) <= 0.02, $"healthy over the threshold: {outcome.Raw(false):P2}");
        Assert.True(outcome.Alarmed(false) <= 0.005, $"healthy alarmed: {outcome.Alarmed(false):P2}");

        // The few windows of a short recording cannot all be alarmed: the first of each never is.
        double least = index == 4 ? 0.9 : 0.95;
        Assert.True(outcome.Alarmed(true) >= least, $"faulty alarmed: {outcome.Alarmed(true):P2}");
    }

    [SkippableFact]
    public void BaseMovedWhileHealthy_IsReported_AndRaisesNothing()
    {
        ProtocolOutcome outcome = Run(2);
        Assert.True(outcome.Alarmed(false) <= 0.005, $"healthy alarmed: {outcome.Alarmed(false):P2}");
    }

    [SkippableFact]
    public void TableInTheDocument_IsWhatTheCommandPrints()
    {
        Skip.If(SharedData.Folder == null, SharedData.Missing);
        string document = File.ReadAllText(Path.Combine(SharedData.Repository!, "firmware/docs/detection.md"));
        foreach (string line in ProtocolReport.Create(SharedData.Folder!, withVariations: true).TrimEnd('\n').Split('\n'))
        {
            Assert.Contains(line, document);
        }
    }

    private static ProtocolOutcome Run(int index)
    {
        Skip.If(SharedData.Folder == null, SharedData.Missing);
        Protocol protocol = Protocols.All(Set)[index];
        return ProtocolRunner.Run(protocol, Set(protocol.SetName));
    }

    private static RecordingSet Set(string name) => RecordingSet.Read(Path.Combine(SharedData.Folder!, name));
}
