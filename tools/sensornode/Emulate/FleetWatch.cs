using SensorNode.Emulator.Mqtt;
using SensorNode.Sparkplug.Host;

namespace SensorNode.Tool.Emulate;

/// <summary>The host's side of a run: hears every node through the broker and checks it, over restarts of the broker.</summary>
/// <remarks>
/// When the broker is back, what the host knew of nodes is forgotten, as the specification has it for a host that was away: a node counts
/// again from its birth on. One that sends data before it is asked for a birth, since it may have been back before the host was.
/// </remarks>
public sealed class FleetWatch : IAsyncDisposable
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(5);

    private readonly EmulateSettings _settings;
    private readonly MqttSubscriberOptions _options;
    private readonly Dictionary<string, DateTime> _asked = [];
    private readonly HashSet<string> _born = [];
    private readonly List<SparkplugViolation> _violations = [];
    private MqttSubscriber _subscriber;
    private Task<MqttSubscriber>? _coming;

    private FleetWatch(EmulateSettings settings, MqttSubscriberOptions options, MqttSubscriber subscriber)
    {
        (_settings, _options, _subscriber) = (settings, options, subscriber);
    }

    /// <summary>What the host knows of nodes since it last connected.</summary>
    public SparkplugHost Host { get; private set; } = new();

    /// <summary>Bytes of payload and topics received.</summary>
    public long ByteCount { get; private set; }

    /// <summary>Messages received.</summary>
    public long MessageCount { get; private set; }

    /// <summary>Births of all nodes.</summary>
    public int BirthCount { get; private set; }

    /// <summary>Data messages of all nodes.</summary>
    public int DataCount { get; private set; }

    /// <summary>Deaths of all nodes.</summary>
    public int DeathCount { get; private set; }

    /// <summary>Times that the broker was lost and found again.</summary>
    public int BrokerReturnCount { get; private set; }

    /// <summary>Nodes that were born at least once.</summary>
    public int BornCount => _born.Count;

    /// <summary>Nodes online now.</summary>
    public int OnlineCount => Host.Nodes.Values.Count(node => node.IsOnline);

    /// <summary>Connections that the nodes themselves say they had to make again.</summary>
    public long ReconnectCount => Host.Nodes.Values.Sum(node => Convert.ToInt64(node.Metrics.GetValueOrDefault("Health/Reconnects")?.Value ?? 0, System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Broken rules, those before the broker was lost included.</summary>
    public IEnumerable<SparkplugViolation> Violations => _violations.Concat(Host.Violations);

    /// <summary>Connects and subscribes.</summary>
    /// <exception cref="ToolException">The broker is not there, or does not let the tool in.</exception>
    public static async Task<FleetWatch> ConnectAsync(EmulateSettings settings, string host, int port, CancellationToken cancel)
    {
        try
        {
            var login = new ConnectionLogin(settings.UseTls, settings.AuthorityFile, settings.CertificateFile, settings.KeyFile, settings.User, settings.Password);
            MqttSubscriberOptions options = login.ToClient(new BrokerAddress(host, port));
            return new FleetWatch(settings, options, await SubscribedAsync(settings, options, cancel));
        }
        catch (MqttException exception)
        {
            throw new ToolException(exception.Message);
        }
    }

    /// <summary>Takes what has come, and looks for the broker where it is gone. To be called a few times a second.</summary>
    public async Task TakeAsync()
    {
        while (_subscriber.Messages.TryRead(out MqttMessage? message))
        {
            await TakeAsync(message);
        }

        if (_subscriber.Ended == null)
        {
            return;
        }

        _coming ??= SubscribedAsync(_settings, _options, CancellationToken.None);
        if (_coming.IsCompletedSuccessfully)
        {
            await _subscriber.DisposeAsync();
            _subscriber = await _coming;
            _violations.AddRange(Host.Violations);
            Host = new SparkplugHost();
            BrokerReturnCount++;
        }

        _coming = _coming.IsCompleted ? null : _coming;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _subscriber.DisposeAsync();

    private static async Task<MqttSubscriber> SubscribedAsync(EmulateSettings settings, MqttSubscriberOptions options, CancellationToken cancel)
    {
        MqttSubscriber subscriber = await MqttSubscriber.ConnectAsync(options, cancel);
        await subscriber.SubscribeAsync($"{SparkplugTopic.NameSpace}/{settings.Group}/#", 1, cancel);
        return subscriber;
    }

    private async Task TakeAsync(MqttMessage message)
    {
        ByteCount += message.Topic.Length + message.Payload.Length;
        MessageCount++;
        if (BrokerReturnCount > 0 && SparkplugTopic.TryParse(message.Topic, out SparkplugTopic? topic, out _) && topic!.Type is SparkplugMessageType.NData or SparkplugMessageType.NDeath
            && !Host.Nodes.ContainsKey(topic.EdgeNode))
        {
            await AskForBirthAsync(topic);
            return;
        }

        switch (Host.Receive(message.Topic, message.Payload, message.QualityOfService, message.Retain))
        {
            case { Topic.Type: SparkplugMessageType.NBirth } birth:
                BirthCount++;
                _born.Add(birth.Topic.EdgeNode);
                break;
            case { Topic.Type: SparkplugMessageType.NData }:
                DataCount++;
                break;
            case { Topic.Type: SparkplugMessageType.NDeath }:
                DeathCount++;
                break;
        }
    }

    private async Task AskForBirthAsync(SparkplugTopic topic)
    {
        if (topic.Type == SparkplugMessageType.NDeath || _asked.GetValueOrDefault(topic.EdgeNode) > DateTime.UtcNow - AskAgain)
        {
            return;
        }

        _asked[topic.EdgeNode] = DateTime.UtcNow;
        try
        {
            await _subscriber.PublishAsync($"{SparkplugTopic.NameSpace}/{topic.EdgeNode.Replace("/", "/NCMD/", StringComparison.Ordinal)}", SparkplugCommands.RequestRebirth(DateTime.UtcNow));
        }
        catch (MqttException)
        {
            // The broker is gone again; the next birth will come by itself.
        }
    }
}
