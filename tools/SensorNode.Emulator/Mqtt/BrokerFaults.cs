namespace SensorNode.Emulator.Mqtt;

/// <summary>A script of faults. The same script, seed and traffic give the same faults.</summary>
/// <remarks>
/// Rules are tried in order. At one packet every rule that applies strikes, except that after a <c>drop</c> or <c>cut</c> the later ones do not.
/// Threads: used under the broker's lock. Rules may be added between packets through <see cref="Add"/>, under a lock of its own.
/// </remarks>
public sealed class BrokerFaults(int seed = 1)
{
    private readonly Lock _gate = new();
    private readonly Random _random = new(seed);
    private readonly List<BrokerFault> _rules = [];

    /// <summary>Rules that struck so far.</summary>
    public int StrikeCount { get; private set; }

    /// <summary>Adds a rule at the end.</summary>
    public BrokerFaults Add(BrokerFault rule)
    {
        lock (_gate)
        {
            _rules.Add(Normalised(rule));
        }

        return this;
    }

    /// <summary>Takes all rules away: the network is healthy from here on.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _rules.Clear();
        }
    }

    /// <summary>Adds the rules of a script; see <see cref="BrokerFaultScript"/>.</summary>
    /// <returns>Null, or what is wrong; then nothing was added.</returns>
    public string? AddScript(string script)
    {
        if (!BrokerFaultScript.TryParse(script, out IReadOnlyList<BrokerFault> rules, out string fault))
        {
            return fault;
        }

        foreach (BrokerFault rule in rules)
        {
            Add(rule);
        }

        return null;
    }

    /// <summary>The first rule of a kind that acts on a whole connection, or null.</summary>
    internal BrokerFault? StrikeConnection(BrokerFaultKind kind, int connection, string? clientId)
    {
        lock (_gate)
        {
            foreach (BrokerFault rule in _rules)
            {
                if (rule.Kind == kind && rule.IsForConnection(connection, clientId) && Strikes(rule))
                {
                    return rule;
                }
            }

            return null;
        }
    }

    /// <summary>All rules that strike at one packet, in order, up to the first that ends it.</summary>
    internal IReadOnlyList<BrokerFault> StrikePacket(int connection, string? clientId, bool fromClient, MqttPacketType type, int indexOfAll, int indexOfType)
    {
        lock (_gate)
        {
            if (_rules.Count == 0)
            {
                return [];
            }

            var struck = new List<BrokerFault>();
            foreach (BrokerFault rule in _rules)
            {
                if (ActsOnPackets(rule.Kind) && rule.IsForConnection(connection, clientId)
                    && rule.IsForPacket(fromClient, type, indexOfAll, indexOfType) && Strikes(rule))
                {
                    struck.Add(rule);
                    if (rule.Kind is BrokerFaultKind.Drop or BrokerFaultKind.Cut)
                    {
                        break;
                    }
                }
            }

            return struck;
        }
    }

    private bool Strikes(BrokerFault rule)
    {
        bool strikes = rule.Chance >= 1 || _random.NextDouble() < rule.Chance;
        StrikeCount += strikes ? 1 : 0;
        return strikes;
    }

    private static bool ActsOnPackets(BrokerFaultKind kind) =>
        kind is not (BrokerFaultKind.Refuse or BrokerFaultKind.Connack or BrokerFaultKind.SlowRead);

    private static BrokerFault Normalised(BrokerFault rule) => rule.Kind switch
    {
        BrokerFaultKind.NoConnack => rule with { Kind = BrokerFaultKind.Drop, FromClient = false, Type = MqttPacketType.ConnAck },
        BrokerFaultKind.NoPuback => rule with { Kind = BrokerFaultKind.Drop, FromClient = false, Type = MqttPacketType.PubAck },
        BrokerFaultKind.Duplicate => rule with { FromClient = false, Type = rule.Type ?? MqttPacketType.Publish },
        BrokerFaultKind.Oversize => rule with { FromClient = false },
        _ => rule,
    };
}
