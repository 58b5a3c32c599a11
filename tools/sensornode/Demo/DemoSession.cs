using SensorNode.Emulator;
using SensorNode.Emulator.Mqtt;
using SensorNode.Platform;

namespace SensorNode.Tool.Demo;

/// <summary>One run of the demo: a broker, one emulated node that runs the firmware's own Main, and a subscriber.</summary>
/// <param name="speed">Node seconds in one real second.</param>
/// <param name="broker">A real broker to use, or null for an embedded one.</param>
/// <param name="console">Where the node's console goes; null throws it away.</param>
public sealed class DemoSession(double speed, BrokerAddress? broker, INodeConsole? console)
{
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(15);

    /// <summary>What an operator sees.</summary>
    public DemoObserver Observer { get; } = new(DateTime.UnixEpoch.AddMilliseconds(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()));

    /// <summary>Bytes and packets at the embedded broker; null with a real one.</summary>
    public BrokerStatistics? Statistics { get; private set; }

    /// <summary>Runs for a time, or until it is cancelled; then takes the node's power and waits for its death message.</summary>
    /// <param name="duration">Real time.</param>
    /// <param name="tick">Called about four times a second, never at the same time as <see cref="Observer"/> changes.</param>
    /// <param name="cancel">Ends early, in good order.</param>
    public async Task RunAsync(TimeSpan duration, Action tick, CancellationToken cancel)
    {
        using var embedded = new EmbeddedBroker(broker);
        await using MqttSubscriber subscriber = await MqttSubscriber.ConnectAsync(embedded.SubscriberOptions, cancel);
        await subscriber.SubscribeAsync($"spBv1.0/{DemoScenario.Group}/+/{DemoScenario.Node}", 1, cancel);

        using var world = new NodeWorld(ClockMode.Scaled, speed);
        EmulatedNode node = world.Add(StandardNode.Create(
            DemoScenario.Node,
            DemoScenario.Configuration(embedded.HostForNode, embedded.Port),
            DemoScenario.Machine,
            embedded.Network,
            seed: 1,
            Observer.UtcAtStart,
            console));
        node.PowerOn();
        world.Start();

        await WatchAsync(subscriber, DateTime.UtcNow + duration, tick, stopAtDeath: false, cancel);
        world.Stop();
        node.PowerOff();
        embedded.NoticeLoss(world);
        await WatchAsync(subscriber, DateTime.UtcNow + s_farewell, tick, stopAtDeath: true, CancellationToken.None);
        Statistics = embedded.Core?.ReadStatistics();
    }

    private async Task WatchAsync(MqttSubscriber subscriber, DateTime end, Action tick, bool stopAtDeath, CancellationToken cancel)
    {
        DateTime nextTick = DateTime.UtcNow;
        while (DateTime.UtcNow < end && !cancel.IsCancellationRequested)
        {
            while (subscriber.Messages.TryRead(out MqttMessage? message))
            {
                Observer.Take(message.Topic, message.Payload, message.QualityOfService, message.Retain);
                if (stopAtDeath && message.Topic.Contains("/NDEATH/", StringComparison.Ordinal))
                {
                    return;
                }
            }

            if (subscriber.Ended is { } ended)
            {
                throw new ToolException(ended.Message);
            }

            if (DateTime.UtcNow >= nextTick)
            {
                tick();
                nextTick = DateTime.UtcNow.AddMilliseconds(250);
            }

            await Task.Delay(20, CancellationToken.None);
        }
    }
}
