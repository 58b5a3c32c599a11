namespace SensorNode.Emulator.Mqtt;

/// <summary>Finds the sessions whose filters cover a topic without walking through all filters.</summary>
internal sealed class SubscriptionTree
{
    private readonly Node _root = new();

    public void Add(string filter, BrokerSession session, int quality)
    {
        Node node = _root;
        foreach (string level in filter.Split('/'))
        {
            node = node.Children.TryGetValue(level, out Node? child) ? child : node.Children[level] = new Node();
        }

        node.Sessions[session] = quality;
    }

    public void Remove(string filter, BrokerSession session) => Remove(_root, filter.Split('/'), 0, session);

    public void Clear()
    {
        _root.Children.Clear();
        _root.Sessions.Clear();
    }

    /// <summary>Each session that wants the topic, once, with its highest QoS; in the order of their first match.</summary>
    public List<(BrokerSession Session, int Quality)> Find(string topic)
    {
        var found = new List<(BrokerSession Session, int Quality)>();
        Find(_root, topic.Split('/'), 0, found);
        return found;
    }

    private static bool Remove(Node node, string[] levels, int depth, BrokerSession session)
    {
        if (depth == levels.Length)
        {
            node.Sessions.Remove(session);
        }
        else if (node.Children.TryGetValue(levels[depth], out Node? child) && Remove(child, levels, depth + 1, session))
        {
            node.Children.Remove(levels[depth]);
        }

        return node.Sessions.Count == 0 && node.Children.Count == 0;
    }

    private static void Find(Node node, string[] levels, int depth, List<(BrokerSession Session, int Quality)> found)
    {
        bool wildcards = depth > 0 || !levels[0].StartsWith('$');
        if (wildcards && node.Children.TryGetValue("#", out Node? rest))
        {
            Collect(rest, found);
        }

        if (depth == levels.Length)
        {
            Collect(node, found);
            return;
        }

        if (node.Children.TryGetValue(levels[depth], out Node? exact))
        {
            Find(exact, levels, depth + 1, found);
        }

        if (wildcards && node.Children.TryGetValue("+", out Node? any))
        {
            Find(any, levels, depth + 1, found);
        }
    }

    private static void Collect(Node node, List<(BrokerSession Session, int Quality)> found)
    {
        foreach ((BrokerSession session, int quality) in node.Sessions)
        {
            int index = found.FindIndex(entry => entry.Session == session);
            if (index < 0)
            {
                found.Add((session, quality));
            }
            else if (found[index].Quality < quality)
            {
                found[index] = (session, quality);
            }
        }
    }

    private sealed class Node
    {
        public Dictionary<string, Node> Children { get; } = new(StringComparer.Ordinal);

        public Dictionary<BrokerSession, int> Sessions { get; } = [];
    }
}
