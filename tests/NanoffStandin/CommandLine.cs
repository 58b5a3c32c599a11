namespace SensorNode.NanoffStandin;

/// <summary>The options of nanoff 2.5.162 that provisioning uses, read as CommandLineParser reads them: --name value, or --name for a switch.</summary>
internal sealed class CommandLine
{
    private static readonly string[] s_switches = ["update", "deploy", "nanodevice", "masserase", "fromarchive", "devicedetails", "suppressnanoffversioncheck", "version"];
    private static readonly string[] s_values = ["target", "platform", "serialport", "fwversion", "image", "archivepath", "filedeployment", "networkdeployment", "v", "verbosity"];

    private readonly Dictionary<string, string> _given = [];

    /// <summary>Why the line cannot be used, or null.</summary>
    public string? Fault { get; private set; }

    public CommandLine(string[] arguments)
    {
        for (int i = 0; i < arguments.Length && Fault == null; i++)
        {
            string name = arguments[i].TrimStart('-');
            bool isShort = name.Length == 1;
            if (!arguments[i].StartsWith(isShort ? "-" : "--", StringComparison.Ordinal) || (!s_switches.Contains(name) && !s_values.Contains(name)))
            {
                Fault = $"Option '{arguments[i]}' is unknown.";
            }
            else if (!_given.TryAdd(name, s_values.Contains(name) && i + 1 < arguments.Length ? arguments[++i] : ""))
            {
                Fault = $"Option '{name}' is defined multiple times.";
            }
            else if (s_values.Contains(name) && (_given[name].Length == 0 || _given[name].StartsWith("--", StringComparison.Ordinal)))
            {
                Fault = $"Option '{name}' has no value.";
            }
        }
    }

    public bool Has(string name) => _given.ContainsKey(name);

    public string? Value(string name) => _given.GetValueOrDefault(name);
}
