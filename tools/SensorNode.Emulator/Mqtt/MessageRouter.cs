namespace SensorNode.Emulator.Mqtt;

/// <summary>Who gets a message, and what is kept for those who subscribe later.</summary>
internal sealed class MessageRouter(BrokerOptions options, BrokerStatistics statistics)
{
    private readonly SubscriptionTree _tree = new();
    private readonly SortedDictionary<string, MqttMessage> _retained = new(StringComparer.Ordinal);

    public IReadOnlyCollection<MqttMessage> Retained => _retained.Values;

    public void Route(MqttMessage message)
    {
        if (message.Retain)
        {
            Keep(message);
        }

        foreach ((BrokerSession session, int quality) in _tree.Find(message.Topic))
        {
            session.Deliver(message with { QualityOfService = Math.Min(quality, message.QualityOfService), Retain = false });
        }
    }

    /// <summary>Adds a filter; false where the session has too many.</summary>
    public bool Subscribe(BrokerSession session, string filter, int quality)
    {
        if (!session.Filters.ContainsKey(filter) && session.Filters.Count >= options.FiltersMax)
        {
            return false;
        }

        session.Filters[filter] = quality;
        _tree.Add(filter, session, quality);
        return true;
    }

    /// <summary>Sends what was kept and is covered by a new filter.</summary>
    public void DeliverRetained(BrokerSession session, string filter, int quality)
    {
        foreach (MqttMessage message in _retained.Values)
        {
            if (MqttTopic.Matches(filter, message.Topic))
            {
                session.Deliver(message with { QualityOfService = Math.Min(quality, message.QualityOfService), Retain = true });
            }
        }
    }

    public void Unsubscribe(BrokerSession session, string filter)
    {
        if (session.Filters.Remove(filter))
        {
            _tree.Remove(filter, session);
        }
    }

    public void Forget(BrokerSession session)
    {
        foreach (string filter in session.Filters.Keys)
        {
            _tree.Remove(filter, session);
        }

        session.Filters.Clear();
    }

    public void ForgetEverything()
    {
        _tree.Clear();
        _retained.Clear();
    }

    private void Keep(MqttMessage message)
    {
        if (message.Payload.Length == 0)
        {
            _retained.Remove(message.Topic);
        }
        else if (_retained.ContainsKey(message.Topic) || _retained.Count < options.RetainedMax)
        {
            _retained[message.Topic] = message;
        }
        else
        {
            statistics.MessagesDropped++;
        }
    }
}
