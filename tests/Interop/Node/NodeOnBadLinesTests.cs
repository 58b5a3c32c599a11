using SensorNode.Interop.Tests.Mqtt;
using SensorNode.Sparkplug.Host;
using Xunit;

namespace SensorNode.Interop.Tests.Node;

/// <summary>A node and mosquitto with everything between them that a plant's network does; no record may be lost.</summary>
public class NodeOnBadLinesTests
{
    private static readonly DateTime Now = new(2026, 6, 1, 0, 0, 0, DateTimeKind.Utc);

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task BrokerRestart_IsSurvived(bool isKilled)
    {
        using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        await using LiveNode node = await LiveNode.StartAsync(broker.Port, broker.Port);
        await node.ExpectAsync(() => node.Births > 0 && node.Data >= 3, "birth and data");
        if (isKilled)
        {
            broker.Kill();
        }
        else
        {
            await broker.StopAsync();
        }

        await node.PassAsync(80);
        int births = node.Births;
        node.Network.IsReachable = false;
        await broker.StartAgainAsync();
        await node.ReturnAsync();
        await node.ExpectAsync(() => node.Births > births && node.Records >= 5, "birth and the records of the time between");
        await node.ExpectDataAsync();
        Assert.Equal(1, node.Node.BootCount);
        await node.JudgeAsync(isWhole: false);
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(100)]
    [InlineData(130)]
    [InlineData(500)]
    [InlineData(3000)]
    [InlineData(6000)]
    public async Task ConnectionCutAfterSoManyBytes_ComesAgain(int bytes)
    {
        using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        await using var proxy = new FaultyProxy(broker.Port);
        await using LiveNode node = await LiveNode.StartAsync(proxy.Port, broker.Port);
        await node.ExpectAsync(() => node.Births > 0 && node.Data >= 2, "birth and data");
        (int births, int connections) = (node.Births, proxy.Connections);
        proxy.CutAfter = bytes;
        proxy.Reset();
        await node.ExpectAsync(() => node.Births > births && proxy.Connections >= connections + 2, "another birth, on the second connection from here");
        await node.ExpectDataAsync();
        await node.JudgeAsync();
    }

    [SkippableFact]
    public async Task DeafPeer_IsGivenUp_AndNothingIsLost()
    {
        using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        await using var proxy = new FaultyProxy(broker.Port);
        await using LiveNode node = await LiveNode.StartAsync(proxy.Port, broker.Port);
        await node.ExpectAsync(() => node.Births > 0 && node.Data >= 2, "birth and data");
        (int births, int connections) = (node.Births, proxy.Connections);
        proxy.IsDeaf = true;
        await node.ExpectAsync(() => proxy.Connections > connections, "a new connection");
        await node.PassAsync(80);
        proxy.IsDeaf = false;
        await node.ExpectAsync(() => node.Births > births, "birth");
        await node.ExpectDataAsync(6);
        await node.JudgeAsync();
        Assert.True(node.Records > 0);
    }

    [SkippableFact]
    public async Task SlowLine_CostsNothing()
    {
        using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        await using var proxy = new FaultyProxy(broker.Port) { BytesPerSecond = 6_000 };
        await using LiveNode node = await LiveNode.StartAsync(proxy.Port, broker.Port);
        await node.ExpectAsync(() => node.Births >= 1, "birth");
        await node.ExpectDataAsync(6);
        proxy.BytesPerSecond = 0;
        await node.ExpectDataAsync();
        await node.JudgeAsync();
    }

    [SkippableFact]
    public async Task DuplicateDeliveries_AreActedOnOnceOrTheSame()
    {
        using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        await using var proxy = new FaultyProxy(broker.Port) { Copies = 5 };
        await using LiveNode node = await LiveNode.StartAsync(proxy.Port, broker.Port);
        await node.ExpectAsync(() => node.Births > 0, "birth");
        byte[] command = SparkplugCommands.Write(Now, "Config/temperature.limit_cc", SparkplugDatatype.Int32, 6000);
        for (int attempt = 0; node.Value("Config/temperature.limit_cc") is not 6000; attempt++)
        {
            // Said again where the node lost its connection just then.
            Assert.True(attempt < 20, node.Console);
            await node.CommandAsync(command, quality: 1);
            await node.PassAsync(50);
        }

        await node.ExpectDataAsync();
        Assert.True(proxy.Repeated > 0);
        Assert.Equal("stored temperature.limit_cc", node.Value("Node Control/Answer"));
        Assert.Equal(1, node.Node.BootCount);
        await node.JudgeAsync();
    }

    [SkippableTheory]
    [InlineData(5_000)]
    [InlineData(60_000)]
    [InlineData(1_000_000)]
    public async Task OversizedMessage_IsSurvived(int bytes)
    {
        using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        await using LiveNode node = await LiveNode.StartAsync(broker.Port, broker.Port);
        await node.ExpectAsync(() => node.Births > 0 && node.Data >= 2, "birth and data");
        await node.CommandAsync(new byte[bytes]);
        await node.ExpectDataAsync(6);
        Assert.Equal(1, node.Node.BootCount);
        await node.JudgeAsync();
    }
}
