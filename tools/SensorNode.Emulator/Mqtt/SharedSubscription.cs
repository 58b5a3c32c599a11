namespace SensorNode.Emulator.Mqtt;

/// <summary>"$share/NAME/FILTER": each message goes to one of those who subscribed to exactly this, in turn; none gets what was retained.</summary>
/// <remarks>As brokers do it for MQTT 3.1.1 clients too (specified in MQTT 5.0, 4.8.2). A member without connection is passed over.</remarks>
internal sealed class SharedSubscription
{
    private const string Prefix = "$share/";

    private readonly string _filter;
    private readonly List<(BrokerSession Session, int Quality)> _members = [];

    private SharedSubscription(string filter) => _filter = filter;

    public static bool IsShared(string filter) => filter.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Null where name or filter is missing or the name has a wildcard.</summary>
    public static SharedSubscription? Parse(string filter)
    {
        string[] parts = filter[Prefix.Length..].Split('/', 2);
        return parts.Length == 2 && MqttTopic.IsName(parts[0]) && MqttTopic.IsFilter(parts[1]) ? new SharedSubscription(parts[1]) : null;
    }

    public void Add(BrokerSession session, int quality)
    {
        Remove(session);
        _members.Add((session, quality));
    }

    /// <summary>True where nobody is left.</summary>
    public bool Remove(BrokerSession session)
    {
        _members.RemoveAll(member => member.Session == session);
        return _members.Count == 0;
    }

    public void Route(MqttMessage message)
    {
        int next = MqttTopic.Matches(_filter, message.Topic) ? _members.FindIndex(member => member.Session.Connection != null) : -1;
        if (next < 0)
        {
            return;
        }

        (BrokerSession session, int quality) = _members[next];
        _members.RemoveAt(next);
        _members.Add((session, quality));
        session.Deliver(message with { QualityOfService = Math.Min(quality, message.QualityOfService), Retain = false });
    }
}
