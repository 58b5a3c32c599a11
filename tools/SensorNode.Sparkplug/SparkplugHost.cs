using Google.Protobuf;
using SensorNode.Sparkplug.Host.Wire;

namespace SensorNode.Sparkplug.Host;

/// <summary>Follows edge nodes from outside as a host does, and checks every message against the specification.</summary>
/// <remarks>
/// Errors:  any topic and any bytes give a message, violations, or both; nothing throws.
/// Limits:  what only the broker can see (will flags, clean session, order of subscribe and birth) is not checked here.
/// Threads: one caller at a time.
/// Source:  Sparkplug 3.0.0; the rules' identifiers are its own.
/// </remarks>
public sealed class SparkplugHost
{
    private readonly SortedDictionary<string, NodeState> _nodes = new(StringComparer.Ordinal);
    private readonly List<SparkplugViolation> _violations = [];
    private SparkplugReport? _report;

    /// <summary>Edge nodes (group/node) and devices (group/node/device) heard of.</summary>
    public IReadOnlyDictionary<string, NodeState> Nodes => _nodes;

    /// <summary>Everything found wrong so far, at most 10,000.</summary>
    public IReadOnlyList<SparkplugViolation> Violations => _violations;

    /// <summary>Messages taken so far.</summary>
    public int MessageCount { get; private set; }

    /// <summary>Takes one message as it came from the broker.</summary>
    /// <param name="topic">Topic.</param>
    /// <param name="bytes">Payload.</param>
    /// <param name="quality">QoS it came with; subscribe with QoS 1, so that a message published with QoS 1 shows.</param>
    /// <param name="retained">Whether the broker had kept it.</param>
    /// <returns>The message, or null where it is not an edge node's or cannot be read.</returns>
    public SparkplugMessage? Receive(string topic, byte[] bytes, int quality, bool retained)
    {
        MessageCount++;
        _report = new SparkplugReport(_violations, topic, MessageCount);
        if (topic.StartsWith(SparkplugTopic.NameSpace + "/STATE/", StringComparison.Ordinal))
        {
            return null;
        }

        if (!SparkplugTopic.TryParse(topic, out SparkplugTopic? parsed, out string fault))
        {
            _report.Add("tck-id-topic-structure", fault);
            return null;
        }

        if (parsed!.Type is SparkplugMessageType.NCmd or SparkplugMessageType.DCmd)
        {
            return null;
        }

        Payload payload;
        try
        {
            payload = Payload.Parser.ParseFrom(bytes);
        }
        // The two others come out of Google.Protobuf 3.25 where an unknown field has a negative length.
        catch (Exception exception) when (exception is InvalidProtocolBufferException or ArgumentException or IndexOutOfRangeException)
        {
            _report.Add("tck-id-message-flow-edge-node-birth-publish-nbirth-payload", $"the payload of {bytes.Length} bytes is not Protocol Buffers: {exception.Message}");
            return null;
        }

        return Take(parsed, payload, quality, retained);
    }

    private SparkplugMessage Take(SparkplugTopic topic, Payload payload, int quality, bool retained)
    {
        SparkplugReport report = _report!;
        NodeState node = Find(topic.EdgeNode);
        NodeState subject = topic.Device == null ? node : Find($"{topic.EdgeNode}/{topic.Device}");
        string kind = topic.Type.ToString().ToLowerInvariant();
        bool isDeath = topic.Type == SparkplugMessageType.NDeath;
        report.Expect(!retained, isDeath ? "tck-id-payloads-ndeath-will-message-retain" : $"tck-id-topics-{kind}-mqtt", "is retained");
        report.Expect(isDeath || quality == 0, $"tck-id-topics-{kind}-mqtt", $"has QoS {quality}, must be 0");

        IReadOnlyList<SparkplugMetric> metrics;
        if (isDeath)
        {
            metrics = new DeathRules(report).Check(node, payload);
            Die(topic);
        }
        else
        {
            CheckTimestamp(report, node, payload, kind);
            CheckSequence(report, node, payload, topic);
            metrics = topic.Type switch
            {
                SparkplugMessageType.NBirth or SparkplugMessageType.DBirth => new BirthRules(report).Check(subject, payload, topic.Device == null),
                SparkplugMessageType.NData or SparkplugMessageType.DData => new DataRules(report).Check(subject, payload),
                _ => [],
            };
            subject.DeathCount += topic.Type == SparkplugMessageType.DDeath ? 1 : 0;
            subject.IsOnline = topic.Type != SparkplugMessageType.DDeath && subject.IsOnline;
        }

        DateTime? time = payload.HasTimestamp && SparkplugTime.TryRead(payload.Timestamp, out DateTime sent) ? sent : null;
        return new SparkplugMessage(topic, time, payload.HasSeq ? (int)Math.Min(payload.Seq, int.MaxValue) : null, metrics);
    }

    private static void CheckTimestamp(SparkplugReport report, NodeState node, Payload payload, string kind)
    {
        if (!payload.HasTimestamp)
        {
            report.Add($"tck-id-payloads-{kind}-timestamp", "has no time stamp");
            return;
        }

        report.Expect(payload.Timestamp >= SparkplugReport.EarliestMs && SparkplugTime.TryRead(payload.Timestamp, out _), "tck-id-payloads-timestamp-in-UTC", $"time stamp {payload.Timestamp} is no present time in ms since 1970");
        report.Expect(payload.Timestamp >= node.LastTimestampMs, "sensornode-time-goes-back", $"time stamp {payload.Timestamp} is before that of the message before, {node.LastTimestampMs}");
        node.LastTimestampMs = payload.Timestamp;
    }

    private static void CheckSequence(SparkplugReport report, NodeState node, Payload payload, SparkplugTopic topic)
    {
        if (!payload.HasSeq || payload.Seq > 255)
        {
            report.Add("tck-id-payloads-sequence-num-always-included", payload.HasSeq ? $"seq {payload.Seq}, must be 0 to 255" : "has no seq");
            return;
        }

        int sequence = (int)payload.Seq;
        if (topic.Type == SparkplugMessageType.NBirth)
        {
            report.Expect(sequence == 0, "tck-id-topics-nbirth-seq-num", $"seq {sequence}, must be 0");
        }
        else if (!node.IsOnline)
        {
            report.Add(topic.Type == SparkplugMessageType.NData ? "tck-id-payloads-ndata-order" : "tck-id-payloads-ddata-order", $"{topic.Type.ToString().ToUpperInvariant()} while the edge node has no birth");
        }
        else if (node.Sequence is { } last)
        {
            report.Expect(sequence == (last + 1) % 256, "tck-id-payloads-sequence-num-incrementing", $"seq {sequence} after {last}, must be {(last + 1) % 256}");
        }

        node.Sequence = sequence;
    }

    private void Die(SparkplugTopic topic)
    {
        foreach (NodeState state in _nodes.Values)
        {
            if (state.Name == topic.EdgeNode || state.Name.StartsWith(topic.EdgeNode + "/", StringComparison.Ordinal))
            {
                state.DeathCount += state.IsOnline || state.Name == topic.EdgeNode ? 1 : 0;
                state.IsOnline = false;
            }
        }
    }

    private NodeState Find(string name) => _nodes.TryGetValue(name, out NodeState? state) ? state : _nodes[name] = new NodeState(name);
}
