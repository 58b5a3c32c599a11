namespace SensorNode.Emulator.Mqtt;

/// <summary>Who gets a message, and what is kept for those who subscribe later.</summary>
internal sealed class MessageRouter(BrokerOptions options, BrokerStatistics statistics)
{
    private readonly SubscriptionTree _tree = new();
    private readonly Dictionary<string, SharedSubscription> _shared = new(StringComparer.Ordinal);
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

        foreach (SharedSubscription shared in _shared.Values)
        {
            shared.Route(message);
        }
    }

    /// <summary>Adds a filter; false where the session has too many, or it is a shared one without a name or a filter.</summary>
    public bool Subscribe(BrokerSession session, string filter, int quality)
    {
        if (!session.Filters.ContainsKey(filter) && session.Filters.Count >= options.FiltersMax)
        {
            return false;
        }

        if (SharedSubscription.IsShared(filter))
        {
            if (!_shared.TryGetValue(filter, out SharedSubscription? shared))
            {
                shared = SharedSubscription.Parse(filter);
                if (shared == null)
                {
                    return false;
                }

                _shared.Add(filter, shared);
            }

            shared.Add(session, quality);
        }
        else
        {
            _tree.Add(filter, session, quality);
        }

        session.Filters[filter] = quality;
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
            Remove(session, filter);
        }
    }

    public void Forget(BrokerSession session)
    {
        foreach (string filter in session.Filters.Keys)
        {
            Remove(session, filter);
        }

        session.Filters.Clear();
    }

    public void ForgetEverything()
    {
        _tree.Clear();
        _shared.Clear();
        _retained.Clear();
    }

    private void Remove(BrokerSession session, string filter)
    {
        if (!_shared.TryGetValue(filter, out SharedSubscription? shared))
        {
            _tree.Remove(filter, session);
        }
        else if (shared.Remove(session))
        {
            _shared.Remove(filter);
        }
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
