using System.Text.Json;
using SensorNode.Emulator.Mqtt;
using Xunit;

namespace SensorNode.Interop.Tests.Mqtt;

/// <summary>Our broker against a client library that is not ours (npm mqtt 5, speaking MQTT 3.1.1).</summary>
public class BrokerAgainstMqttJsTests
{
    private readonly List<string> _log = [];

    private BrokerServer Serve(BrokerOptions? options = null, string faults = "")
    {
        var script = new BrokerFaults();
        Assert.Null(script.AddScript(faults));
        var core = new BrokerCore(options, script);
        core.Logged += line => { lock (_log) { _log.Add(line); } };
        return new BrokerServer(core);
    }

    private static async Task<NodeScript> ConnectAsync(BrokerServer server, string id, object? options = null)
    {
        NodeScript client = NodeScript.Start("client.js", "mqtt");
        client.Command(new { @do = "connect", port = server.Port, options = options ?? new { clientId = id } });
        await client.ExpectAsync("connected");
        return client;
    }

    private static async Task<int> SubscribeAsync(NodeScript client, string filter, int quality)
    {
        client.Command(new { @do = "subscribe", filter, qos = quality });
        return (await client.ExpectAsync("subscribed")).GetProperty("qos").GetInt32();
    }

    private static async Task PublishAsync(NodeScript client, string topic, string text, int quality, bool retain = false)
    {
        client.Command(new { @do = "publish", topic, text, qos = quality, retain });
        await client.ExpectAsync("published");
    }

    private static async Task ExpectMessageAsync(NodeScript client, string topic, string text, int quality, bool retain = false)
    {
        JsonElement message = await client.ExpectAsync("message");
        Assert.Equal((topic, text, quality, retain), (message.GetProperty("topic").GetString(), message.GetProperty("text").GetString(),
            message.GetProperty("qos").GetInt32(), message.GetProperty("retain").GetBoolean()));
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Messages_WithWildcards(int quality)
    {
        await using BrokerServer server = Serve();
        using NodeScript subscriber = await ConnectAsync(server, "s");
        using NodeScript publisher = await ConnectAsync(server, "p");
        Assert.Equal(Math.Min(quality, 1), await SubscribeAsync(subscriber, "plant/+/data/#", quality));
        await PublishAsync(publisher, "plant/x", "no", quality);
        for (int i = 0; i < 20; i++)
        {
            await PublishAsync(publisher, $"plant/m{i}/data/a/b", $"text {i}", quality);
            await ExpectMessageAsync(subscriber, $"plant/m{i}/data/a/b", $"text {i}", Math.Min(quality, 1));
        }

        subscriber.Command(new { @do = "unsubscribe", filter = "plant/+/data/#" });
        await subscriber.ExpectAsync("unsubscribed");
        await PublishAsync(publisher, "plant/m/data", "unseen", quality);
        await SubscribeAsync(subscriber, "end", 0);
        await PublishAsync(publisher, "end", "", 0);
        await ExpectMessageAsync(subscriber, "end", "", 0);
    }

    [SkippableFact]
    public async Task RetainedMessage_AndItsRemoval()
    {
        await using BrokerServer server = Serve();
        using NodeScript publisher = await ConnectAsync(server, "p");
        await PublishAsync(publisher, "state/host", "online", 1, retain: true);
        using NodeScript subscriber = await ConnectAsync(server, "s");
        await SubscribeAsync(subscriber, "state/+", 1);
        await ExpectMessageAsync(subscriber, "state/host", "online", 1, retain: true);
        await PublishAsync(publisher, "state/host", "", 1, retain: true);
        await ExpectMessageAsync(subscriber, "state/host", "", 1);
    }

    [SkippableTheory]
    [InlineData("kill", true)]
    [InlineData("end", false)]
    public async Task Will(string ending, bool published)
    {
        await using BrokerServer server = Serve();
        using NodeScript watcher = await ConnectAsync(server, "w");
        await SubscribeAsync(watcher, "#", 1);
        using NodeScript client = await ConnectAsync(server, "a", new { clientId = "a", will = new { topic = "gone/a", payload = "dead", qos = 1, retain = false } });
        client.Command(new { @do = ending });
        if (ending == "end")
        {
            await client.ExpectAsync("closed");
        }

        if (published)
        {
            await ExpectMessageAsync(watcher, "gone/a", "dead", 1);
        }

        await PublishAsync(watcher, "end", "", 0);
        await ExpectMessageAsync(watcher, "end", "", 0);
    }

    [SkippableFact]
    public async Task PersistentSession_IsResumedWithItsMessages()
    {
        await using BrokerServer server = Serve();
        var options = new { clientId = "s", clean = false };
        using (NodeScript first = await ConnectAsync(server, "s", options))
        {
            await SubscribeAsync(first, "t", 1);
            first.Command(new { @do = "end" });
            await first.ExpectAsync("closed");
        }

        using NodeScript publisher = await ConnectAsync(server, "p");
        await PublishAsync(publisher, "t", "kept for you", 1);
        using NodeScript again = NodeScript.Start("client.js", "mqtt");
        again.Command(new { @do = "connect", port = server.Port, options });
        Assert.True((await again.ExpectAsync("connected")).GetProperty("sessionPresent").GetBoolean());
        await ExpectMessageAsync(again, "t", "kept for you", 1);
    }

    [SkippableFact]
    public async Task WrongPassword_IsCode4()
    {
        await using BrokerServer server = Serve(new BrokerOptions { Users = new Dictionary<string, string> { ["u"] = "right" } });
        using NodeScript client = NodeScript.Start("client.js", "mqtt");
        client.Command(new { @do = "connect", port = server.Port, options = new { clientId = "a", username = "u", password = "wrong" } });
        Assert.Equal(4, (await client.ExpectAsync("error")).GetProperty("code").GetInt32());
    }

    [SkippableFact]
    public async Task Ping_IsAnswered()
    {
        await using BrokerServer server = Serve();
        using NodeScript client = await ConnectAsync(server, "a");
        for (int i = 0; i < 3; i++)
        {
            client.Command(new { @do = "ping" });
            await client.ExpectAsync("pong");
        }
    }

    [SkippableFact]
    public async Task DuplicateDelivery_HasTheDupFlag()
    {
        await using BrokerServer server = Serve(faults: "duplicate client=s");
        using NodeScript subscriber = await ConnectAsync(server, "s");
        await SubscribeAsync(subscriber, "t", 1);
        using NodeScript publisher = await ConnectAsync(server, "p");
        await PublishAsync(publisher, "t", "x", 1);
        Assert.False((await subscriber.ExpectAsync("message")).GetProperty("dup").GetBoolean());
        Assert.True((await subscriber.ExpectAsync("message")).GetProperty("dup").GetBoolean());
    }
}
