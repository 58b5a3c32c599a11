using System.Text;
using SensorNode.Emulator.Mqtt;
using Xunit;

namespace SensorNode.Site.Tests;

/// <summary>What mosquitto lets a node do with the files of site broker-config. The nodes are identities only; a test speaks for them.</summary>
[Collection(SiteCollection.Name)]
public sealed class BrokerRulesTests : IDisposable
{
    private TestSite _site = new();

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Node_PublishesItsOwnTopics_AndNoOthers(int groups)
    {
        using SiteMosquitto broker = await StartAsync(groups);
        await using MqttSubscriber host = await broker.ConnectAsHostAsync("tool");
        await host.SubscribeAsync("#", 1);
        await using MqttSubscriber node = await broker.ConnectAsNodeAsync("vib-001");
        string[] refused =
        [
            "spBv1.0/plant/NBIRTH/vib-002", "spBv1.0/plant/NDATA/vib-002", "spBv1.0/plant/NDEATH/vib-002", "spBv1.0/north/NDATA/vib-001", "spBv1.0/plant/NCMD/vib-001", "spBv1.0/plant/NCMD/vib-002",
            "spBv1.0/STATE/scada", "sensornode/plant/vib-002/journal", "sensornode/plant/update/offer/application", "sensornode/plant/vib-001/update/offer/application",
            "sensornode/plant/vib-001/update/reply", "sensornode/plant/vib-002/update/request", "sensornode/plant/vib-002/update/state/model", "anything",
        ];
        string[] accepted =
        [
            "spBv1.0/plant/NBIRTH/vib-001", "spBv1.0/plant/NDATA/vib-001", "spBv1.0/plant/NDEATH/vib-001", "sensornode/plant/vib-001/journal",
            "sensornode/plant/vib-001/update/request", "sensornode/plant/vib-001/update/state/application",
        ];
        foreach (string topic in (string[])[.. refused, .. accepted])
        {
            await node.PublishAsync(topic, Encoding.ASCII.GetBytes("x"), 1);
        }

        Assert.Equal(accepted, await TopicsAsync(host, accepted.Length));
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Node_ReadsItsCommandsStatesAndItsGroupsOffers_AndNoOthers(int groups)
    {
        using SiteMosquitto broker = await StartAsync(groups);
        await using MqttSubscriber node = await broker.ConnectAsNodeAsync("vib-001");
        await node.SubscribeAsync("#", 1);
        await using MqttSubscriber host = await broker.ConnectAsHostAsync("scada");
        string[] hidden =
        [
            "spBv1.0/plant/NCMD/vib-002", "sensornode/plant/vib-002/update/offer/application", "sensornode/plant/vib-002/update/reply", "spBv1.0/north/NCMD/vib-001",
            .. groups > 1 ? new[] { "sensornode/north/update/offer/application" } : [],
        ];
        string[] seen =
        [
            "spBv1.0/plant/NCMD/vib-001", "spBv1.0/STATE/scada", "sensornode/plant/update/offer/application", "sensornode/plant/vib-001/update/offer/model", "sensornode/plant/vib-001/update/reply",
        ];
        foreach (string topic in (string[])[.. hidden, .. seen])
        {
            await host.PublishAsync(topic, Encoding.ASCII.GetBytes("x"), 1);
        }

        Assert.Equal(seen, await TopicsAsync(node, seen.Length));
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Host_WithoutControl_OnlyReads(int groups)
    {
        using SiteMosquitto broker = await StartAsync(groups);
        await using MqttSubscriber control = await broker.ConnectAsHostAsync("scada");
        await control.SubscribeAsync("#", 1);
        await using MqttSubscriber reader = await broker.ConnectAsHostAsync("tool");
        await reader.SubscribeAsync("#", 1);
        string[] refused =
        [
            .. AccessRules.HostWrites("tool").Select(topic => topic.Replace("+", "plant", StringComparison.Ordinal)), "spBv1.0/plant/NCMD/vib-001",
            .. new[] { "vib-001", "tool", "host:tool" }.SelectMany(name => AccessRules.NodeWrites("plant", name)).Select(topic => topic.Replace("+", "application", StringComparison.Ordinal)),
        ];
        foreach (string topic in refused)
        {
            await reader.PublishAsync(topic, [1], 1);
        }

        // Control does not make a host a node.
        foreach (string topic in AccessRules.NodeWrites("plant", "host:scada"))
        {
            await control.PublishAsync(topic.Replace("+", "application", StringComparison.Ordinal), [1], 1);
        }

        await using MqttSubscriber node = await broker.ConnectAsNodeAsync("vib-001");
        await node.PublishAsync("spBv1.0/plant/NBIRTH/vib-001", [2], 1);
        await control.PublishAsync("spBv1.0/plant/NCMD/vib-001", [2], 1);
        string[] accepted = ["spBv1.0/plant/NBIRTH/vib-001", "spBv1.0/plant/NCMD/vib-001"];
        Assert.Equal(accepted, await TopicsAsync(control, 2));
        Assert.Equal(accepted, await TopicsAsync(reader, 2));
    }

    [SkippableFact]
    public async Task Offer_IsRetainedForTheGroup()
    {
        using SiteMosquitto broker = await StartAsync(1);
        await using (MqttSubscriber host = await broker.ConnectAsHostAsync("scada"))
        {
            await host.PublishAsync("sensornode/plant/update/offer/application", [7], 1, retain: true);
        }

        await using MqttSubscriber node = await broker.ConnectAsNodeAsync("vib-002");
        await node.SubscribeAsync("sensornode/plant/update/offer/+", 1);
        MqttMessage offer = await NextAsync(node);
        Assert.Equal((7, true), (offer.Payload[0], offer.Retain));
    }

    [SkippableFact]
    public async Task ClientWithoutACertificate_OrOfAnotherAuthority_DoesNotGetIn()
    {
        using SiteMosquitto broker = await StartAsync(1);
        await Assert.ThrowsAsync<MqttException>(() => broker.ConnectAsync(null, null));
        using var foreign = new TestSite();
        await foreign.InitAsync();
        await Assert.ThrowsAsync<MqttException>(() => broker.ConnectAsync(Path.Combine(foreign.Folder, "hosts", "tool", "host.crt"), Path.Combine(foreign.Folder, "hosts", "tool", "host.key")));

        // The broker's own certificate is for a server; as a client it is refused.
        await Assert.ThrowsAsync<MqttException>(() => broker.ConnectAsync(Path.Combine(_site.Folder, "broker", "server.crt"), Path.Combine(_site.Folder, "broker", "server.key")));
    }

    [SkippableFact]
    public async Task ClientId_OfAnotherNode_DoesNotThrowThatOneOut()
    {
        using SiteMosquitto broker = await StartAsync(1);
        await using MqttSubscriber victim = await broker.ConnectAsNodeAsync("vib-001", "plant-vib-001");
        await using MqttSubscriber other = await broker.ConnectAsNodeAsync("vib-002", "vib-001");
        await victim.PublishAsync("sensornode/plant/vib-001/journal", [1], 1);
        Assert.Null(victim.Ended);
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task RetiredNode_MayDoNothing(int groups)
    {
        using SiteMosquitto broker = await StartAsync(groups);
        string folder = Directory.CreateDirectory(Path.Combine(_site.Root, "stolen")).FullName;
        foreach (string file in new[] { NodeFiles.CertificateName, NodeFiles.KeyName })
        {
            File.Copy(_site.NodeFile("vib-001", file), Path.Combine(folder, file));
        }

        await _site.OkAsync("site", "retire", "vib-001", "--site", _site.Folder);
        await broker.RestartAsync();
        await using MqttSubscriber host = await broker.ConnectAsHostAsync("scada");
        await host.SubscribeAsync("spBv1.0/#", 1);
        await using MqttSubscriber stolen = await broker.ConnectAsync(Path.Combine(folder, NodeFiles.CertificateName), Path.Combine(folder, NodeFiles.KeyName));
        await stolen.SubscribeAsync("#", 1);
        await stolen.PublishAsync("spBv1.0/plant/NBIRTH/vib-001", [1], 1);
        await using MqttSubscriber node = await broker.ConnectAsNodeAsync("vib-002");
        await node.PublishAsync("spBv1.0/plant/NBIRTH/vib-002", [2], 1);
        Assert.Equal(["spBv1.0/plant/NBIRTH/vib-002"], await TopicsAsync(host, 1));
        await host.PublishAsync("spBv1.0/plant/NCMD/vib-001", [1], 1);
        await Task.Delay(200);
        Assert.False(stolen.Messages.TryRead(out _));
    }

    [SkippableFact]
    public async Task NodeBesideTheDocument_TheTableIsWhatIsWritten()
    {
        _site.Dispose();
        _site = new TestSite();
        await _site.InitAsync();
        await _site.BrokerConfigAsync();
        string document = await File.ReadAllTextAsync(Tool.Tests.RepositoryFile.Path("firmware/docs/provisioning.md"));
        foreach (string topic in AccessRules.NodeWrites("G", "N").Concat(AccessRules.NodeReads("G", "N")).Concat(AccessRules.HostReads()).Concat(AccessRules.HostWrites("NAME")))
        {
            string last = topic.Contains("/update/", StringComparison.Ordinal) ? topic[topic.IndexOf("update/", StringComparison.Ordinal)..] : topic.StartsWith("spBv1.0/G/N", StringComparison.Ordinal) ? topic.Split('/')[2] : topic;
            Assert.True(document.Contains(last, StringComparison.Ordinal), $"{topic} is not in the table");
        }
    }

    public void Dispose() => _site.Dispose();

    private async Task<SiteMosquitto> StartAsync(int groups)
    {
        if (groups == 2)
        {
            _site.Dispose();
            _site = new TestSite("plant", "north");
        }

        await _site.InitAsync();
        await _site.OkAsync("site", "host", "scada", "--control", "--site", _site.Folder);
        foreach (string port in new[] { "COM1", "COM2" })
        {
            await _site.OkAsync("provision", "--site", _site.Folder, "--port", port, "--identities-only");
        }

        return await SiteMosquitto.StartAsync(_site);
    }

    private static async Task<string[]> TopicsAsync(MqttSubscriber subscriber, int count)
    {
        var topics = new List<string>();
        while (topics.Count < count)
        {
            topics.Add((await NextAsync(subscriber)).Topic);
        }

        return [.. topics];
    }

    private static async Task<MqttMessage> NextAsync(MqttSubscriber subscriber)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        return await subscriber.Messages.ReadAsync(timeout.Token);
    }
}
