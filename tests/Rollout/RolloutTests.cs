using SensorNode.Emulator.Mqtt;
using SensorNode.Interop.Tests.Mqtt;
using SensorNode.Tool.Demo.Update;
using SensorNode.Update;
using Xunit;

namespace SensorNode.Rollout.Tests;

/// <summary>Rollouts to emulated nodes: real firmware, real sockets, the embedded broker and mosquitto.</summary>
public sealed class RolloutTests : IDisposable
{
    private const int Nodes = 4;
    private const int ChunkBytes = 256;
    /// <summary>The access rules of firmware/docs/update.md; the node's Sparkplug messages beside.</summary>
    private const string AccessRules = """
        user sender
        topic write sensornode/plant/+/update/offer/+
        topic write sensornode/plant/update/offer/+
        topic write sensornode/plant/+/update/reply
        topic read sensornode/plant/+/update/request
        topic read sensornode/plant/+/update/state/+
        topic read sensornode/plant/+/update/offer/+
        topic read sensornode/plant/update/offer/+

        user watch
        topic read #

        pattern read  sensornode/plant/%u/update/offer/+
        pattern read  sensornode/plant/update/offer/+
        pattern read  sensornode/plant/%u/update/reply
        pattern write sensornode/plant/%u/update/request
        pattern write sensornode/plant/%u/update/state/+
        pattern write spBv1.0/plant/+/%u
        pattern read  spBv1.0/plant/NCMD/%u

        """;

    private readonly DemoReleases _releases = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("sensornode-rollout-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EmbeddedBroker_EveryNodeConfirms_AndNoOfferStays(bool isToGroup)
    {
        var core = new BrokerCore();
        await using var server = new BrokerServer(core);
        await using EmulatedFleet fleet = await EmulatedFleet.StartAsync(Nodes, server.Port, _releases.PublicKeyText);
        RolloutRelease release = _releases.Application("0.2.0", crashes: false);
        await using RolloutSession session = await RunAsync(Settings(release, server.Port) with { WaveShare = 0.5, IsToGroup = isToGroup });
        Assert.Equal((Nodes, 0, isToGroup ? 2 : 3), (session.Plan.Confirmed, session.Plan.Failed, session.Waves));
        Assert.Equal(isToGroup ? 1 : Nodes, fleet.Offered.Count);
        Assert.DoesNotContain(core.ReadRetained(), message => message.Topic.Contains("/offer/", StringComparison.Ordinal));
        Assert.Equal(0, session.OffersLeft);
        Assert.True(session.Server.Bytes >= Nodes * release.Length);
        Assert.Empty(fleet.StepsBack);
    }

    [SkippableFact]
    public async Task TwoSendersBehindMosquitto_ShareTheWork_AndOneIsKilledHalfWay()
    {
        using MosquittoBroker broker = await StartMosquittoAsync();
        await using EmulatedFleet fleet = await EmulatedFleet.StartAsync(Nodes, broker.Port, _releases.PublicKeyText);
        (string file, string key, RolloutRelease release) = Write();
        using var second = new SenderProcess(file, key, broker.Port, "--serve");
        await fleet.UntilAsync(() => second.Output.Contains("sent 0 pieces", StringComparison.Ordinal), "second sender serves");

        bool isKilled = false;
        int piecesAtKill = 0;
        long ownAtKill = 0;
        RolloutSession session = null!;
        await using RolloutSession run = session = new RolloutSession(Settings(release, broker.Port) with { WaveShare = 1 });
        await session.PrepareAsync(CancellationToken.None);
        int pieces = Nodes * PiecesOf(release);
        await session.RunAsync(
            () =>
            {
                if (!isKilled && fleet.Pieces >= pieces / 2)
                {
                    (isKilled, piecesAtKill, ownAtKill) = (true, fleet.Pieces, session.Server.Pieces);
                    second.Kill();
                }
            },
            CancellationToken.None);

        Assert.True(isKilled);
        Assert.Equal((Nodes, 0), (session.Plan.Confirmed, session.Plan.Failed));
        // Both had their share of it until then.
        Assert.InRange(ownAtKill, piecesAtKill / 8, piecesAtKill * 7 / 8);
        await fleet.UntilAsync(() => fleet.Standing.Count == 0, "offers are withdrawn");
    }

    [SkippableFact]
    public async Task SenderKilledAndStartedAgain_GoesOn()
    {
        using MosquittoBroker broker = await StartMosquittoAsync();
        await using EmulatedFleet fleet = await EmulatedFleet.StartAsync(Nodes, broker.Port, _releases.PublicKeyText);
        (string file, string key, RolloutRelease release) = Write();
        int pieces = PiecesOf(release);
        using (var first = new SenderProcess(file, key, broker.Port, "--wave", "100%"))
        {
            // In the second wave.
            await fleet.UntilAsync(() => fleet.Pieces > pieces, "first sender begins the second wave");
            first.Kill();
        }

        Assert.NotEmpty(fleet.Standing);
        using var again = new SenderProcess(file, key, broker.Port, "--wave", "100%");
        Assert.True(await again.WaitAsync() == 0, again.Output);
        Assert.Contains($"{Nodes} of {Nodes} nodes run it, 0 failed", again.Output);
        await fleet.UntilAsync(() => fleet.Standing.Count == 0, "offers are withdrawn");
        // Nothing that a node had was fetched again.
        Assert.Equal(Nodes * pieces, fleet.Pieces);
        Assert.Empty(fleet.StepsBack);
    }

    [SkippableFact]
    public async Task ReleaseThatCrashes_StopsAtTheCanary_AndAGoodOneFollows()
    {
        using MosquittoBroker broker = await StartMosquittoAsync();
        await using EmulatedFleet fleet = await EmulatedFleet.StartAsync(Nodes, broker.Port, _releases.PublicKeyText);
        RolloutRelease crashes = _releases.Application("0.2.0", crashes: true);
        await using (RolloutSession bad = await RunAsync(Settings(crashes, broker.Port)))
        {
            RolloutNode canary = Assert.Single(bad.Plan.Nodes, node => node.HasFailed);
            Assert.Equal((NodeOutcome.WentBack, "crashed on trial"), (canary.Outcome, canary.Reason));
            Assert.Equal("1 of 1 nodes offered so far failed; the limit is 5%", bad.Plan.StopReason);
            Assert.Equal(canary.Name, Assert.Single(fleet.Offered));
            Assert.All(bad.Plan.Nodes.Where(node => node != canary), node => Assert.Equal(1, fleet.Boots(node.Name)));
        }

        await fleet.UntilAsync(() => fleet.Standing.Count == 0, "offers are withdrawn");
        // Tried again, it is stopped by what the canary told, before anything is offered.
        await using (RolloutSession again = await RunAsync(Settings(crashes, broker.Port)))
        {
            Assert.NotNull(again.Plan.StopReason);
            Assert.Equal((0, 1), (again.Waves, fleet.Offered.Count));
        }

        await using RolloutSession good = await RunAsync(Settings(_releases.Application("0.3.0", crashes: false), broker.Port) with { WaveShare = 1 });
        Assert.Equal(Nodes, good.Plan.Confirmed);
    }

    [SkippableFact]
    public async Task BrokerRestartedInTheMiddle_IsFoundAgain_AndOffersAreMadeAgain()
    {
        using MosquittoBroker broker = await StartMosquittoAsync();
        await using EmulatedFleet fleet = await EmulatedFleet.StartAsync(2, broker.Port, _releases.PublicKeyText);
        await using var session = new RolloutSession(Settings(Write().Release, broker.Port) with { Canaries = 2 });
        await session.PrepareAsync(CancellationToken.None);
        Task run = session.RunAsync(() => { }, CancellationToken.None);
        await fleet.UntilAsync(() => session.Server.Pieces > 5, "pieces are sent");
        broker.Kill();
        await Task.Delay(500);
        await broker.StartAgainAsync();
        await run.WaitAsync(EmulatedFleet.Limit);
        Assert.Equal((2, 0, 0), (session.Plan.Confirmed, session.Plan.Failed, session.OffersLeft));
    }

    [SkippableFact]
    public async Task EndedByHand_WithdrawsItsOffers()
    {
        using MosquittoBroker broker = await StartMosquittoAsync();
        await using EmulatedFleet fleet = await EmulatedFleet.StartAsync(1, broker.Port, _releases.PublicKeyText);
        await using var session = new RolloutSession(Settings(Write().Release, broker.Port));
        await session.PrepareAsync(CancellationToken.None);
        using var end = new CancellationTokenSource();
        await session.RunAsync(
            () =>
            {
                if (session.Server.Pieces > 2)
                {
                    end.Cancel();
                }
            },
            end.Token);
        await fleet.UntilAsync(() => fleet.Standing.Count == 0 && fleet.Offered.Count == 1, "the offer is withdrawn");
        Assert.Equal(UpdateReason.None, fleet.State("node-1").Reason);
    }

    [SkippableFact]
    public async Task EndedByHand_WhileTheBrokerIsAway_WithdrawsOnceItIsBack()
    {
        using MosquittoBroker broker = await StartMosquittoAsync();
        await using EmulatedFleet fleet = await EmulatedFleet.StartAsync(1, broker.Port, _releases.PublicKeyText);
        await using var session = new RolloutSession(Settings(Write().Release, broker.Port));
        await session.PrepareAsync(CancellationToken.None);
        using var end = new CancellationTokenSource();
        var isAway = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        session.Happened += line =>
        {
            if (line.Contains("to withdraw the offers", StringComparison.Ordinal))
            {
                isAway.TrySetResult();
            }
        };
        Task run = session.RunAsync(
            () =>
            {
                if (session.Server.Pieces > 2 && !end.IsCancellationRequested)
                {
                    broker.Kill();
                    end.Cancel();
                }
            },
            end.Token);
        await isAway.Task.WaitAsync(EmulatedFleet.Limit);
        Assert.Equal(1, session.OffersLeft);
        await broker.StartAgainAsync();
        await run.WaitAsync(EmulatedFleet.Limit);
        Assert.Equal(0, session.OffersLeft);
    }

    private static Task<MosquittoBroker> StartMosquittoAsync() =>
        MosquittoBroker.StartAsync("acl_file {folder}/acl", new Dictionary<string, string> { ["acl"] = AccessRules });

    private static RolloutSettings Settings(RolloutRelease release, int port) => new()
    {
        Release = release,
        Broker = new MqttSubscriberOptions { Host = "127.0.0.1", Port = port, UserName = "sender", Password = "x" },
        Group = EmulatedFleet.Group,
        Settle = TimeSpan.FromMilliseconds(600),
        Patience = EmulatedFleet.Limit,
        BytesPerSecond = 1e7,
    };

    private static async Task<RolloutSession> RunAsync(RolloutSettings settings)
    {
        var session = new RolloutSession(settings);
        await session.PrepareAsync(CancellationToken.None);
        await session.RunAsync(() => { }, CancellationToken.None).WaitAsync(EmulatedFleet.Limit);
        return session;
    }

    private static int PiecesOf(RolloutRelease release) => release.Manifest.Chunks + ((release.Length - release.Manifest.PayloadBytes + ReleaseParser.ChunkBytesMax - 1) / ReleaseParser.ChunkBytesMax);

    private (string File, string Key, RolloutRelease Release) Write()
    {
        byte[] bytes = _releases.ApplicationFile("0.2.0", crashes: false, ChunkBytes);
        string file = Path.Combine(_folder, "app.snr");
        string key = Path.Combine(_folder, "release.key.pub");
        File.WriteAllBytes(file, bytes);
        File.WriteAllText(key, _releases.PublicKeyText);
        return (file, key, RolloutRelease.Read(bytes, Convert.FromHexString(_releases.PublicKeyText.Trim())));
    }
}
