namespace SensorNode.Emulator.Mqtt;

/// <summary>Rules for topic names and topic filters (MQTT 3.1.1, chapter 4.7).</summary>
public static class MqttTopic
{
    /// <summary>True for a name that may be published to: not empty, no wildcard.</summary>
    public static bool IsName(string topic) => topic.Length > 0 && topic.AsSpan().IndexOfAny('+', '#', '\0') < 0;

    /// <summary>True for a filter that may be subscribed to: '+' fills a whole level, '#' fills the last one.</summary>
    public static bool IsFilter(string filter)
    {
        if (filter.Length == 0 || filter.Contains('\0'))
        {
            return false;
        }

        for (int i = 0; i < filter.Length; i++)
        {
            bool alone = (i == 0 || filter[i - 1] == '/') && (i == filter.Length - 1 || filter[i + 1] == '/');
            if (filter[i] == '+' && !alone)
            {
                return false;
            }

            if (filter[i] == '#' && !(alone && i == filter.Length - 1))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True where a filter covers a name. A wildcard in the first level covers no name that begins with '$'.</summary>
    public static bool Matches(string filter, string topic)
    {
        if (topic.StartsWith('$') && (filter.StartsWith('+') || filter.StartsWith('#')))
        {
            return false;
        }

        ReadOnlySpan<char> f = filter;
        ReadOnlySpan<char> t = topic;
        while (true)
        {
            ReadOnlySpan<char> filterLevel = TakeLevel(ref f, out bool filterEnds);
            if (filterLevel is "#")
            {
                return true;
            }

            ReadOnlySpan<char> topicLevel = TakeLevel(ref t, out bool topicEnds);
            if (filterLevel is not "+" && !filterLevel.SequenceEqual(topicLevel))
            {
                return false;
            }

            if (topicEnds)
            {
                // "a/#" covers "a" too.
                return filterEnds || f is "#";
            }

            if (filterEnds)
            {
                return false;
            }
        }
    }

    private static ReadOnlySpan<char> TakeLevel(ref ReadOnlySpan<char> rest, out bool isLast)
    {
        int slash = rest.IndexOf('/');
        isLast = slash < 0;
        ReadOnlySpan<char> level = isLast ? rest : rest[..slash];
        rest = isLast ? default : rest[(slash + 1)..];
        return level;
    }
}
