using SensorNode.Emulator.Mqtt;

namespace SensorNode.Rollout;

/// <summary>A connection with its subscriptions that is made again when it is lost.</summary>
/// <param name="options">The broker.</param>
internal sealed class RolloutConnection(MqttSubscriberOptions options) : IAsyncDisposable
{
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(2);

    private readonly List<(string Filter, int Quality)> _filters = [];
    private MqttSubscriber? _subscriber;
    private DateTime _next;

    /// <summary>Whether it is there.</summary>
    public bool IsOpen => _subscriber is { Ended: null };

    /// <summary>Why it is not.</summary>
    public string Fault { get; private set; } = "";

    /// <summary>Connects for the first time.</summary>
    /// <exception cref="MqttException">Why not.</exception>
    public async Task OpenAsync(CancellationToken cancel) => _subscriber = await MqttSubscriber.ConnectAsync(options, cancel);

    /// <summary>Subscribes now and after each new connection.</summary>
    public async Task SubscribeAsync(string filter, int quality, CancellationToken cancel)
    {
        _filters.Add((filter, quality));
        await _subscriber!.SubscribeAsync(filter, quality, cancel);
    }

    /// <summary>Looks for the broker where it is gone, not more often than every two seconds.</summary>
    /// <returns>True where there is a new connection.</returns>
    public async Task<bool> ReturnAsync(CancellationToken cancel)
    {
        if (DateTime.UtcNow < _next)
        {
            return false;
        }

        _next = DateTime.UtcNow + s_again;
        try
        {
            if (_subscriber != null)
            {
                Fault = _subscriber.Ended?.Message ?? Fault;
                await _subscriber.DisposeAsync();
                _subscriber = null;
            }

            MqttSubscriber subscriber = await MqttSubscriber.ConnectAsync(options, cancel);
            _subscriber = subscriber;
            foreach ((string filter, int quality) in _filters)
            {
                await subscriber.SubscribeAsync(filter, quality, cancel);
            }

            return true;
        }
        catch (MqttException exception)
        {
            Fault = exception.Message;
            return false;
        }
    }

    /// <summary>The next message that has come, if there is one.</summary>
    public bool TryRead(out MqttMessage? message)
    {
        message = null;
        return _subscriber?.Messages.TryRead(out message) == true;
    }

    /// <summary>Publishes; false where the connection is lost, which the next look finds.</summary>
    public async Task<bool> PublishAsync(string topic, byte[] payload, int quality, bool retain)
    {
        try
        {
            if (_subscriber is { } subscriber)
            {
                await subscriber.PublishAsync(topic, payload, quality, retain);
                return true;
            }
        }
        catch (Exception exception) when (exception is MqttException or ObjectDisposedException)
        {
            Fault = exception.Message;
        }

        return false;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _subscriber?.DisposeAsync() ?? ValueTask.CompletedTask;
}
