using System.Security.Cryptography;
using System.Text;

namespace SensorNode.Rollout;

/// <summary>Decides which nodes are offered a release next, and when to stop. All it goes by is what the broker keeps, so a sender that is started again goes on.</summary>
/// <param name="release">The release.</param>
/// <param name="canaries">Nodes of the first wave, at least 1.</param>
/// <param name="waveShare">Nodes of each further wave, as a share of all, above 0 to 1.</param>
/// <param name="stopShare">Stops where at least this share of the nodes offered so far has failed, 0 to 1; 0 stops at the first.</param>
/// <param name="patience">Longest time from an offer to the node's result.</param>
/// <remarks>
/// Order:   nodes by a hash of release and name: the same for every sender, and other canaries for each release.
/// Waves:   the next begins when each node that was offered the release has a result or no time left.
/// Left out: runs something newer, or told that it is of another product or board. No failure, in no share; the next node takes its place as a canary.
/// Failed:  refused, went back, or began and told no result in time. Nodes never heard of, held, or waiting for a quiet moment are not failures.
/// </remarks>
public sealed class RolloutPlan(RolloutRelease release, int canaries, double waveShare, double stopShare, TimeSpan patience)
{
    private readonly SortedList<string, RolloutNode> _nodes = new(StringComparer.Ordinal);

    /// <summary>All nodes, in the order of offering.</summary>
    public IReadOnlyList<RolloutNode> Nodes => _nodes.Values.AsReadOnly();

    /// <summary>Why it was stopped; null while it was not.</summary>
    public string? StopReason { get; private set; }

    /// <summary>Nodes that will be offered the release or were; those that are left out are not among them.</summary>
    public int Wanted => Nodes.Count(node => node.Outcome != NodeOutcome.LeftOut);

    /// <summary>Nodes with an offer or a result.</summary>
    public int Begun => Nodes.Count(HasBegun);

    /// <summary>Nodes that count against the release.</summary>
    public int Failed => Nodes.Count(node => node.HasFailed);

    /// <summary>Nodes that run it.</summary>
    public int Confirmed => Nodes.Count(node => node.Outcome == NodeOutcome.Confirmed);

    /// <summary>Whether every node that is wanted has a result or no time left.</summary>
    public bool IsDone => Nodes.All(node => node.IsSettled);

    /// <summary>Whether all nodes are of another product or board.</summary>
    public bool IsForNone => Nodes.Count > 0 && Nodes.All(node => node.IsOther);

    /// <summary>Whether a node is among them.</summary>
    public bool Knows(string name) => _nodes.ContainsKey(KeyOf(name));

    /// <summary>The node of a name, added where it is new.</summary>
    public RolloutNode Node(string name)
    {
        string key = KeyOf(name);
        if (!_nodes.TryGetValue(key, out RolloutNode? node))
        {
            node = new RolloutNode(name);
            _nodes.Add(key, node);
        }

        return node;
    }

    /// <summary>Nodes to be offered the release now; empty while those before are waited for, and after a stop.</summary>
    /// <param name="now">Of a clock that only goes forward.</param>
    public IReadOnlyList<RolloutNode> Step(TimeSpan now)
    {
        foreach (RolloutNode node in Nodes)
        {
            node.IsLate |= node.IsOffered && now - node.OfferedAt > patience;
            node.Judge(release);
        }

        int begun = Begun;
        if (StopReason == null && Failed > 0 && Failed >= stopShare * begun)
        {
            StopReason = $"{Failed} of {begun} nodes offered so far failed; the limit is {100 * stopShare:0.#}%";
        }

        if (StopReason != null || Nodes.Any(node => HasBegun(node) && !node.IsSettled))
        {
            return [];
        }

        int next = WaveSize(begun);
        return [.. Nodes.Where(node => node.Outcome == NodeOutcome.Waiting).Take(next)];
    }

    /// <summary>The waves as they would be, by name, if every node confirmed.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Preview()
    {
        var waves = new List<IReadOnlyList<string>>();
        string[] waiting = [.. Nodes.Where(node => node.Outcome == NodeOutcome.Waiting).Select(node => node.Name)];
        for (int begun = Begun, taken = 0; taken < waiting.Length;)
        {
            string[] wave = [.. waiting.Skip(taken).Take(WaveSize(begun))];
            waves.Add(wave);
            taken += wave.Length;
            begun += wave.Length;
        }

        return waves;
    }

    private static bool HasBegun(RolloutNode node) => node.Outcome is not (NodeOutcome.Waiting or NodeOutcome.LeftOut);

    private int WaveSize(int begun) => begun < canaries ? canaries - begun : Math.Max(1, (int)Math.Ceiling((waveShare * Wanted) - 1e-9));

    private string KeyOf(string name) => Convert.ToHexStringLower(SHA256.HashData([.. release.Id, .. Encoding.UTF8.GetBytes(name)])[..8]) + name;
}
