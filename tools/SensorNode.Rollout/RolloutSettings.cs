using SensorNode.Emulator.Mqtt;

namespace SensorNode.Rollout;

/// <summary>What a rollout was asked to do.</summary>
public sealed record RolloutSettings
{
    /// <summary>What is sent.</summary>
    public required RolloutRelease Release { get; init; }

    /// <summary>The broker.</summary>
    public required MqttSubscriberOptions Broker { get; init; }

    /// <summary>Sparkplug group of the nodes.</summary>
    public required string Group { get; init; }

    /// <summary>Nodes by name; empty for every node of the group that has told its state to the broker.</summary>
    public IReadOnlyList<string> Nodes { get; init; } = [];

    /// <summary>Nodes of the first wave.</summary>
    public int Canaries { get; init; } = 1;

    /// <summary>Nodes of each further wave, as a share of all.</summary>
    public double WaveShare { get; init; } = 0.1;

    /// <summary>Share of failed nodes that stops it.</summary>
    public double StopShare { get; init; } = 0.05;

    /// <summary>After the canaries one offer to the whole group, instead of waves.</summary>
    public bool IsToGroup { get; init; }

    /// <summary>Only answers requests, beside another sender.</summary>
    public bool IsServingOnly { get; init; }

    /// <summary>Replaces offers of other releases.</summary>
    public bool MayReplace { get; init; }

    /// <summary>Leaves the offers when it is ended by hand.</summary>
    public bool KeepsOffers { get; init; }

    /// <summary>Longest time from an offer to the node's result.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Time without a message that the broker had kept, before anything is offered.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Most bytes of pieces sent in a second.</summary>
    public double BytesPerSecond { get; init; } = 100_000;
}
