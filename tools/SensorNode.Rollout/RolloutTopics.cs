namespace SensorNode.Rollout;

/// <summary>Topics of one rollout; firmware/docs/update.md has the table.</summary>
/// <param name="group">Sparkplug group.</param>
/// <param name="kind">application or model.</param>
/// <param name="releaseId">32 hexadecimal digits.</param>
public sealed class RolloutTopics(string group, string kind, string releaseId)
{
    private readonly string _prefix = $"sensornode/{group}/";

    /// <summary>Filter of the states of all nodes.</summary>
    public string States => $"{_prefix}+/update/state/{kind}";

    /// <summary>Filter of the offers to single nodes.</summary>
    public string Offers => $"{_prefix}+/update/offer/{kind}";

    /// <summary>Filter of requests, shared by all senders of this release: each request goes to one of them. Senders of other releases share another one.</summary>
    public string Requests => $"$share/rollout-{releaseId[..16]}/{_prefix}+/update/request";

    /// <summary>Offer to the whole group.</summary>
    public string GroupOffer => $"{_prefix}update/offer/{kind}";

    /// <summary>Offer to one node.</summary>
    public string Offer(string node) => $"{_prefix}{node}/update/offer/{kind}";

    /// <summary>The node of a topic and what follows "update/", or null where it is none of this group.</summary>
    public (string Node, string What)? Parse(string topic)
    {
        string[] parts = topic.StartsWith(_prefix, StringComparison.Ordinal) ? topic[_prefix.Length..].Split('/', 3) : [];
        return parts.Length == 3 && parts[1] == "update" ? (parts[0], parts[2]) : null;
    }
}
