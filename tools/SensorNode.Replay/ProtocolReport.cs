using System.Globalization;
using System.Text;

namespace SensorNode.Replay;

/// <summary>The table of all protocols, as it stands in firmware/docs/detection.md.</summary>
public static class ProtocolReport
{
    /// <summary>Runs every protocol whose set is there and writes one Markdown table.</summary>
    /// <param name="dataFolder">Folder that holds the sets, each in a folder of its own.</param>
    /// <param name="withVariations">Also less to learn from, other orders, axes and windows.</param>
    /// <param name="progress">Called with the name of each protocol; may be null.</param>
    /// <exception cref="ReplayException">Data that does not fit, or no set at all.</exception>
    public static string Create(string dataFolder, bool withVariations = false, Action<string>? progress = null)
    {
        var sets = new Dictionary<string, RecordingSet>();
        RecordingSet Set(string name) => sets.TryGetValue(name, out RecordingSet? known) ? known : sets[name] = RecordingSet.Read(Path.Combine(dataFolder, name));
        var text = new StringBuilder();
        text.Append("| protocol | decisions learned, healthy, faulty | AUC | true positives at 1 % | healthy over threshold: raw, after persistence | faulty over threshold: raw, after persistence | gated: healthy, faulty | floating point, 16 and 32 bands |\n");
        text.Append("|---|---|---|---|---|---|---|---|\n");
        foreach (Protocol protocol in Protocols.All(Set).Concat(withVariations ? Protocols.Variations(Set) : []))
        {
            progress?.Invoke(protocol.Name);
            text.Append(Line(ProtocolRunner.Run(protocol, Set(protocol.SetName))));
        }

        return text.ToString();
    }

    private static string Line(ProtocolOutcome o) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {o.Protocol.Name} | {o.Learned}, {o.Of(false).Count}, {o.Of(true).Count} | {o.Area:0.0000} | {o.TruePositives:0.000} | {Percent(o.Raw(false))}, {Percent(o.Alarmed(false))} | {Percent(o.Raw(true))}, {Percent(o.Alarmed(true))} | {Percent(o.Gated(false))}, {Percent(o.Gated(true))} | {o.Protocol.Baseline} |\n");

    private static string Percent(double share) => (share * 100).ToString("0.00", CultureInfo.InvariantCulture) + " %";
}
