using System.Diagnostics;
using SensorNode.Emulator.Mqtt;

namespace SensorNode.Rollout;

/// <summary>One rollout at a broker: offers by the plan, answers to requests, what the nodes say.</summary>
/// <remarks>Keeps nothing that the broker does not keep too: killed at any moment and started again, it goes on.</remarks>
public sealed class RolloutSession : IAsyncDisposable
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_withdrawal = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_betweenOffers = TimeSpan.FromMilliseconds(20);

    private readonly RolloutSettings _settings;
    private readonly RolloutRelease _release;
    private readonly RolloutTopics _topics;
    private readonly RolloutConnection _connection;
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly HashSet<string> _foreign = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NodeOutcome> _told = [];
    private readonly HashSet<string> _own = new(StringComparer.Ordinal);
    private bool _isGroupOffered;
    private bool _isLost;

    /// <param name="settings">What to do.</param>
    public RolloutSession(RolloutSettings settings)
    {
        _settings = settings;
        _release = settings.Release;
        _topics = new RolloutTopics(settings.Group, _release.KindWord, _release.IdText);
        _connection = new RolloutConnection(settings.Broker);
        Plan = new RolloutPlan(_release, settings.Canaries, settings.WaveShare, settings.StopShare, settings.Patience);
        Server = new PieceServer(_release, settings.BytesPerSecond);
        foreach (string node in settings.Nodes)
        {
            Plan.Node(node);
        }
    }

    /// <summary>One line for people, as it happens.</summary>
    public event Action<string>? Happened;

    /// <summary>Who is offered what and when.</summary>
    public RolloutPlan Plan { get; }

    /// <summary>What was answered.</summary>
    public PieceServer Server { get; }

    /// <summary>Waves begun by this sender.</summary>
    public int Waves { get; private set; }

    /// <summary>Nodes, or the group, that have an offer of another release.</summary>
    public IReadOnlyCollection<string> Foreign => _foreign;

    /// <summary>Offers of this release that the broker keeps.</summary>
    public int OffersLeft => _own.Count + (_isGroupOffered ? 1 : 0);

    /// <summary>Connects, hears what the broker keeps, and judges it. Offers nothing and answers nothing.</summary>
    /// <exception cref="MqttException">The broker is not there, or does not let the tool in.</exception>
    public async Task PrepareAsync(CancellationToken cancel)
    {
        await _connection.OpenAsync(cancel);
        if (_settings.IsServingOnly)
        {
            return;
        }

        foreach (string filter in new[] { _topics.States, _topics.Offers, _topics.GroupOffer })
        {
            await _connection.SubscribeAsync(filter, 1, cancel);
        }

        // A broker with many nodes needs a while to send all that it keeps.
        for (TimeSpan quietSince = Now; Now - quietSince < _settings.Settle; await Task.Delay(s_look, cancel))
        {
            quietSince = Take() ? Now : quietSince;
        }

        Plan.Step(Now);
    }

    /// <summary>Runs until every node has a result, too many failed, or it is cancelled; then withdraws what it offered.</summary>
    /// <param name="tick">Called some times a second.</param>
    /// <param name="cancel">Ends early, in good order.</param>
    public async Task RunAsync(Action tick, CancellationToken cancel)
    {
        await _connection.SubscribeAsync(_topics.Requests, 0, cancel);
        while (!cancel.IsCancellationRequested && (_settings.IsServingOnly || !IsOver))
        {
            Take();
            if (!_connection.IsOpen)
            {
                await ReturnAsync();
            }
            else if (!_settings.IsServingOnly)
            {
                await StepAsync(cancel);
            }

            tick();
            await Task.WhenAny(Task.Delay(s_look, cancel));
        }

        if (!_settings.IsServingOnly && !(cancel.IsCancellationRequested && _settings.KeepsOffers))
        {
            await WithdrawAsync(Plan.Nodes, true);

            // A broker that is away just now would keep them.
            if (OffersLeft > 0)
            {
                Happened?.Invoke($"the broker is away: looking for it for {s_withdrawal.TotalSeconds} s, to withdraw the offers");
            }

            for (TimeSpan end = Now + s_withdrawal; OffersLeft > 0 && Now < end; await Task.Delay(s_look, CancellationToken.None))
            {
                if (_connection.IsOpen || await _connection.ReturnAsync(CancellationToken.None))
                {
                    await WithdrawAsync(Plan.Nodes, true);
                }

                tick();
            }
        }

        tick();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private bool IsOver => Plan.StopReason != null || Plan.IsDone;

    private TimeSpan Now => Stopwatch.GetElapsedTime(_began);

    private async Task StepAsync(CancellationToken cancel)
    {
        foreach (RolloutNode node in _isGroupOffered ? Plan.Nodes : [])
        {
            SetOffered(node, Now);
        }

        IReadOnlyList<RolloutNode> wave = Plan.Step(Now);
        Tell();
        if (Plan.StopReason != null)
        {
            Happened?.Invoke("stopped: " + Plan.StopReason);
            return;
        }

        await WithdrawAsync([.. Plan.Nodes.Where(node => node.Outcome == NodeOutcome.Confirmed)], false);
        if (wave.Count == 0)
        {
            return;
        }

        Waves++;
        bool isToGroup = _settings.IsToGroup && Plan.Begun >= _settings.Canaries;
        if (isToGroup)
        {
            wave = [.. Plan.Nodes.Where(node => node.Outcome == NodeOutcome.Waiting)];
        }

        // All at once would only be told to come later.
        int spread = (int)Math.Min(RolloutRelease.SpreadSecondsMax, wave.Count * (double)_release.Length / _settings.BytesPerSecond);
        byte[] offer = _release.Offer(spread);
        Happened?.Invoke($"wave {Waves}: {(isToGroup ? "the group, " : "")}{wave.Count} node{(wave.Count == 1 ? "" : "s")}{(wave.Count <= 8 ? ": " + string.Join(", ", wave.Select(node => node.Name)) : "")}");
        TimeSpan begin = Now + TimeSpan.FromSeconds(spread);
        if (isToGroup)
        {
            _isGroupOffered = await _connection.PublishAsync(_topics.GroupOffer, offer, 1, true);
            return;
        }

        foreach (RolloutNode node in wave)
        {
            if (!cancel.IsCancellationRequested && await _connection.PublishAsync(_topics.Offer(node.Name), offer, 1, true))
            {
                _own.Add(node.Name);
                SetOffered(node, begin);
                await Task.WhenAny(Task.Delay(s_betweenOffers, cancel));
            }
        }
    }

    private async Task WithdrawAsync(IReadOnlyList<RolloutNode> nodes, bool isEnd)
    {
        if (isEnd && _isGroupOffered)
        {
            _isGroupOffered = !await _connection.PublishAsync(_topics.GroupOffer, [], 1, true);
        }

        foreach (RolloutNode node in nodes.Where(node => _own.Contains(node.Name)))
        {
            if (await _connection.PublishAsync(_topics.Offer(node.Name), [], 1, true))
            {
                _own.Remove(node.Name);
                node.IsOffered = _isGroupOffered;
            }
        }
    }

    private async Task ReturnAsync()
    {
        bool isBack = await _connection.ReturnAsync(CancellationToken.None);
        if (!isBack)
        {
            if (!_isLost)
            {
                Happened?.Invoke(_connection.Fault + "; looking for it");
            }

            _isLost = true;
            return;
        }

        _isLost = false;
        Happened?.Invoke("the broker is back");

        // It may have lost what it kept.
        byte[] offer = _release.Offer(0);
        if (_isGroupOffered)
        {
            await _connection.PublishAsync(_topics.GroupOffer, offer, 1, true);
        }

        foreach (string node in _own.ToArray())
        {
            await _connection.PublishAsync(_topics.Offer(node), offer, 1, true);
        }
    }

    /// <returns>Whether something came that the broker had kept.</returns>
    private bool Take()
    {
        bool wasKept = false;
        while (_connection.TryRead(out MqttMessage? message))
        {
            wasKept |= message!.Retain;
            if (message.Topic == _topics.GroupOffer)
            {
                TakeOffer("", message.Payload);
            }
            else if (_topics.Parse(message.Topic) is { } parsed)
            {
                Take(parsed.Node, parsed.What, message.Payload);
            }
        }

        return wasKept;
    }

    private void Take(string name, string what, byte[] payload)
    {
        if (what == "request")
        {
            if (Server.Answer(payload, Now) is { } answer)
            {
                _ = SendAsync($"sensornode/{_settings.Group}/{name}/update/reply", answer.Reply, answer.Delay);
            }
        }
        else if (what.StartsWith("offer/", StringComparison.Ordinal))
        {
            TakeOffer(name, payload);
        }
        else if (NodeUpdateState.Parse(payload) is { } state && state.Kind == _release.Manifest.Kind && (_settings.Nodes.Count == 0 || Plan.Knows(name)))
        {
            Plan.Node(name).Take(state);
        }
    }

    // Also hears what it offered itself, and what another sender of the same release did.
    private void TakeOffer(string name, byte[] payload)
    {
        bool isOurs = _release.IsOffer(payload);
        if (payload.Length > 0 && !isOurs && (name.Length == 0 || _settings.Nodes.Count == 0 || Plan.Knows(name)))
        {
            _foreign.Add(name);
        }
        else
        {
            _foreign.Remove(name);
        }

        if (name.Length == 0)
        {
            _isGroupOffered = isOurs;
        }
        else if (isOurs && (_settings.Nodes.Count == 0 || Plan.Knows(name)))
        {
            _own.Add(name);
            SetOffered(Plan.Node(name), Now);
        }
        else if (_own.Remove(name) && !_isGroupOffered)
        {
            // Withdrawn by another sender, or replaced.
            Plan.Node(name).IsOffered = false;
        }
    }

    private static void SetOffered(RolloutNode node, TimeSpan at)
    {
        node.OfferedAt = node.IsOffered ? node.OfferedAt : at;
        node.IsOffered = true;
    }

    private async Task SendAsync(string topic, byte[] reply, TimeSpan delay)
    {
        if (delay > TimeSpan.Zero)
        {
            await Task.Delay(delay);
        }

        // QoS 0: what is lost is asked for again.
        await _connection.PublishAsync(topic, reply, 0, false);
    }

    private void Tell()
    {
        foreach (RolloutNode node in Plan.Nodes)
        {
            NodeOutcome before = _told.GetValueOrDefault(node.Name);
            if (before == node.Outcome)
            {
                continue;
            }

            _told[node.Name] = node.Outcome;
            Happened?.Invoke($"{node.Name}: {Words(node.Outcome)}{(node.Reason.Length > 0 ? ", " + node.Reason : "")}");
        }
    }

    /// <summary>An outcome for people.</summary>
    public static string Words(NodeOutcome outcome) => outcome switch
    {
        NodeOutcome.Waiting => "waiting",
        NodeOutcome.Offered => "offered",
        NodeOutcome.Fetching => "fetching",
        NodeOutcome.Complete => "complete, waits for a quiet moment",
        NodeOutcome.OnTrial => "on trial",
        NodeOutcome.Confirmed => "confirmed",
        NodeOutcome.LeftOut => "left out",
        NodeOutcome.Held => "held",
        NodeOutcome.Refused => "refused",
        NodeOutcome.WentBack => "went back",
        _ => "silent",
    };
}
