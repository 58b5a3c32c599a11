namespace SensorNode.Sparkplug.Host;

/// <summary>A topic of the form spBv1.0/group/TYPE/node, or spBv1.0/group/TYPE/node/device.</summary>
/// <param name="Group">Group id.</param>
/// <param name="Type">Kind of message.</param>
/// <param name="Node">Edge node id.</param>
/// <param name="Device">Device id for the four device messages, otherwise null.</param>
public sealed record SparkplugTopic(string Group, SparkplugMessageType Type, string Node, string? Device)
{
    /// <summary>The name space of Sparkplug B.</summary>
    public const string NameSpace = "spBv1.0";

    /// <summary>group/node, which is unique in an installation.</summary>
    public string EdgeNode => $"{Group}/{Node}";

    /// <summary>Reads a topic.</summary>
    /// <param name="topic">Any text.</param>
    /// <param name="parsed">Its parts, where the answer is true.</param>
    /// <param name="fault">What is wrong, where the answer is false.</param>
    public static bool TryParse(string topic, out SparkplugTopic? parsed, out string fault)
    {
        parsed = null;
        string[] levels = topic.Split('/');
        if (levels[0] != NameSpace || levels.Length is < 4 or > 5)
        {
            fault = $"'{topic}' is not {NameSpace}/group/TYPE/node[/device]";
            return false;
        }

        if (!Enum.TryParse(levels[2], ignoreCase: true, out SparkplugMessageType type) || type.ToString().ToUpperInvariant() != levels[2])
        {
            fault = $"'{levels[2]}' is no Sparkplug message type";
            return false;
        }

        bool isDevice = type >= SparkplugMessageType.DBirth;
        if (isDevice != (levels.Length == 5) || levels.Any(level => level.Length == 0))
        {
            fault = $"'{topic}': {levels[2]} {(isDevice ? "needs" : "has no")} device id, and no id is empty";
            return false;
        }

        fault = "";
        parsed = new SparkplugTopic(levels[1], type, levels[3], isDevice ? levels[4] : null);
        return true;
    }

    /// <summary>The topic as text.</summary>
    public override string ToString() =>
        $"{NameSpace}/{Group}/{Type.ToString().ToUpperInvariant()}/{Node}{(Device == null ? "" : "/" + Device)}";
}
