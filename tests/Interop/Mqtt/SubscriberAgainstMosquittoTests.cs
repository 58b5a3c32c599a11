using SensorNode.Emulator.Mqtt;
using Xunit;

namespace SensorNode.Interop.Tests.Mqtt;

/// <summary>Our host-side client against a broker that is not ours.</summary>
public class SubscriberAgainstMosquittoTests
{
    private static MqttSubscriberOptions Options(int port, string id) => new() { Host = "127.0.0.1", Port = port, ClientId = id, TimeoutMs = 60_000 };

    private static async Task<MqttMessage> Next(MqttSubscriber subscriber) => await subscriber.Messages.ReadAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(2));

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Messages_AreCarried(int quality)
    {
        using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        await using MqttSubscriber subscriber = await MqttSubscriber.ConnectAsync(Options(broker.Port, "s"));
        Assert.Equal(quality, await subscriber.SubscribeAsync("a/+/c", quality));
        await using MqttSubscriber publisher = await MqttSubscriber.ConnectAsync(Options(broker.Port, "p"));
        var random = new Random(3);
        for (int i = 0; i < 50; i++)
        {
            var payload = new byte[random.Next(3_000)];
            random.NextBytes(payload);
            await publisher.PublishAsync($"a/{i}/c", payload, quality);
            MqttMessage message = await Next(subscriber);
            Assert.Equal($"a/{i}/c", message.Topic);
            Assert.Equal(payload, message.Payload);
            Assert.Equal(quality, message.QualityOfService);
        }
    }

    [SkippableFact]
    public async Task RetainedMessage_ComesToALaterSubscriber()
    {
        using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        await using MqttSubscriber client = await MqttSubscriber.ConnectAsync(Options(broker.Port, "s"));
        await client.PublishAsync("kept", [1, 2], 1, retain: true);
        await client.SubscribeAsync("#", 1);
        MqttMessage message = await Next(client);
        Assert.True(message.Retain);
        Assert.Equal(new byte[] { 1, 2 }, message.Payload);
    }

    [SkippableFact]
    public async Task Will_IsPublishedOnTakeOver_AndDroppedOnDisconnect()
    {
        using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        await using MqttSubscriber watcher = await MqttSubscriber.ConnectAsync(Options(broker.Port, "w"));
        await watcher.SubscribeAsync("will/#", 1);
        MqttSubscriberOptions options = Options(broker.Port, "a") with { Will = new MqttMessage("will/a", [7], 1, false) };
        MqttSubscriber former = await MqttSubscriber.ConnectAsync(options);
        MqttSubscriber newer = await MqttSubscriber.ConnectAsync(options with { Will = options.Will! with { Payload = [8] } });
        Assert.Equal(new byte[] { 7 }, (await Next(watcher)).Payload);
        await newer.DisposeAsync();
        await former.DisposeAsync();
        await watcher.PublishAsync("will/end", [], 1);
        Assert.Equal("will/end", (await Next(watcher)).Topic);
    }

    [SkippableFact]
    public async Task PersistentSession_IsResumed()
    {
        using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        MqttSubscriberOptions options = Options(broker.Port, "s") with { CleanSession = false };
        await using (MqttSubscriber first = await MqttSubscriber.ConnectAsync(options))
        {
            Assert.False(first.SessionPresent);
            await first.SubscribeAsync("t", 1);
        }

        await using (MqttSubscriber publisher = await MqttSubscriber.ConnectAsync(Options(broker.Port, "p")))
        {
            await publisher.PublishAsync("t", [9], 1);
        }

        await using MqttSubscriber again = await MqttSubscriber.ConnectAsync(options);
        Assert.True(again.SessionPresent);
        Assert.Equal(new byte[] { 9 }, (await Next(again)).Payload);
    }

    [SkippableFact]
    public async Task KeepAlive_HoldsTheConnection()
    {
        using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        await using MqttSubscriber client = await MqttSubscriber.ConnectAsync(Options(broker.Port, "s") with { KeepAliveSeconds = 4, TimeoutMs = 10_000 });

        // mosquitto looks every six seconds for connections that were silent for one and a half keep-alives; an answer that is missing shows after ten.
        await Task.Delay(15_000);
        Assert.Null(client.Ended);
        await client.PublishAsync("t", [], 1);
    }

    [SkippableFact]
    public async Task AnonymousIsRefused_WithTheReason()
    {
        using MosquittoBroker broker = await MosquittoBroker.StartAsync("allow_anonymous false");
        MqttException exception = await Assert.ThrowsAsync<MqttException>(() => MqttSubscriber.ConnectAsync(Options(broker.Port, "s")));
        Assert.Contains("not authorised (code 5)", exception.Message);
    }

    [SkippableFact]
    public async Task BrokerDies_IsOneClearLine()
    {
        using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        await using MqttSubscriber client = await MqttSubscriber.ConnectAsync(Options(broker.Port, "s"));
        broker.Kill();
        await Assert.ThrowsAnyAsync<Exception>(() => Next(client));
        Assert.StartsWith($"broker 127.0.0.1:{broker.Port}", client.Ended!.Message);
    }
}
