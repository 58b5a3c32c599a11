using System.Buffers.Binary;
using SensorNode.Emulator.Mqtt;
using SensorNode.Rollout;
using SensorNode.Tool.Demo.Update;
using Xunit;

namespace SensorNode.Tool.Tests;

/// <summary>sensornode rollout as a user meets it; nodes are states that a broker keeps. With real nodes: tests/Rollout.</summary>
public sealed class RolloutCommandTests : IDisposable
{
    private static readonly DemoReleases s_releases = new();
    private static readonly byte[] s_file = s_releases.ApplicationFile("0.2.0", crashes: false);

    private readonly string _folder = Directory.CreateTempSubdirectory("sensornode-rollout-").FullName;
    private readonly BrokerCore _core = new();

    public RolloutCommandTests()
    {
        File.WriteAllBytes(At("app.snr"), s_file);
        File.WriteAllText(At("key.pub"), s_releases.PublicKeyText);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("--wave 10", "--wave '10' is not a share from 0.1% to 100%")]
    [InlineData("--wave 0%", "--wave '0%' is not a share from 0.1% to 100%")]
    [InlineData("--stop-at 101%", "--stop-at '101%' is not a share from 0% to 100%")]
    [InlineData("--stop-at nan%", "--stop-at 'nan%' is not a share")]
    [InlineData("--canary 0", "--canary '0' is not a number from 1 to 10000")]
    [InlineData("--canary 1.5", "--canary '1.5' is not a whole number")]
    [InlineData("--rate 0", "--rate '0' is not a number from 1 to 100000")]
    [InlineData("--patience -1", "--patience '-1' is not a number")]
    [InlineData("--node a/b", "--node 'a/b' must be 1 to 47 printable characters without + # /")]
    [InlineData("--serve --dry-run", "--serve offers nothing")]
    [InlineData("--ca nothing.pem", "--ca, --cert and --key are of no use without --tls")]
    [InlineData("--user me", "belong together")]
    [InlineData("--fast", "'--fast'")]
    public async Task WrongUse_IsNamed(string arguments, string expected)
    {
        (int code, string output, string error) = await RunAsync(1, arguments.Split(' '));
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith("sensornode: ", error);
        Assert.Contains(expected, error);
    }

    [Theory]
    [InlineData("--group a+", "--group 'a+'")]
    [InlineData("--broker x", "")]
    public async Task MissingOptions_AreNamed(string arguments, string _)
    {
        (int code, string output, string error) = await ToolRun.RunAsync(["rollout", At("app.snr"), .. arguments.Split(' ')]);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains("is required", error);
    }

    [Fact]
    public async Task BadFiles_AreOneLineEach_AndTheBrokerIsNotAsked()
    {
        byte[] changed = [.. s_file];
        changed[^1] ^= 1;
        File.WriteAllBytes(At("changed.snr"), changed);
        File.WriteAllText(At("text"), "hello");
        File.WriteAllText(At("other.pub"), new DemoReleases().PublicKeyText);
        foreach ((string file, string key, string expected) in new[]
        {
            ("changed.snr", "key.pub", "is not the one that was signed"),
            ("text", "key.pub", "not a release: it is shorter than its own lengths say"),
            ("app.snr", "other.pub", "signed with another key"),
            ("app.snr", "text", "not a public key"),
            ("none.snr", "key.pub", "none.snr: there is no such file"),
            ("", "key.pub", "is a folder"),
            ("app.snr", "none.pub", "none.pub: there is no such file"),
        })
        {
            (int code, string output, string error) = await ToolRun.RunAsync("rollout", At(file), "--public", At(key), "--broker", "127.0.0.1:1", "--group", "plant", "--plain");
            Assert.Equal((1, "", 1), (code, output, error.Count(c => c == '\n')));
            Assert.Contains(expected, error);
        }
    }

    [Fact]
    public void ReleaseThatNoNodeTakes_IsNoReleaseToRollOut() => Assert.Equal(
        "a payload of 4097 bytes: a node takes 1 to 4096 of a model", Assert.Throws<InvalidDataException>(() => new DemoReleases().Model(new byte[4097], "1.0.0")).Message);

    [Theory]
    [InlineData("--tls --ca {0}/key.pub", "key.pub: holds no certificate in PEM form")]
    [InlineData("--tls --cert {0}/key.pub --key {0}/key.pub", "are not a certificate and its key")]
    public async Task FilesThatAreNoCertificates_AreNamed(string arguments, string expected)
    {
        (int code, string output, string error) = await RunAsync(1, arguments.Replace("{0}", _folder, StringComparison.Ordinal).Split(' '));
        Assert.Equal((2, "", 1), (code, output, error.Count(c => c == '\n')));
        Assert.Contains(expected, error);
    }

    [Fact]
    public async Task TwoKeysInAFile_AreBothTried()
    {
        await using var server = new BrokerServer(_core);
        Tell("node-1", inForce: Release.Id);
        File.WriteAllText(At("key.pub"), new DemoReleases().PublicKeyText + s_releases.PublicKeyText);
        (int code, string output, string error) = await RunAsync(server.Port);
        Assert.True(code == 0, error);
        Assert.Contains("signature and chunks are right", output);
    }

    [Fact]
    public async Task UnreachableBroker_IsOneLine()
    {
        (int code, _, string error) = await RunAsync(1);
        Assert.Equal((1, "sensornode: broker 127.0.0.1:1: Connection refused\n"), (code, error));
    }

    [Fact]
    public async Task GroupWithoutNodes_IsNamed()
    {
        await using var server = new BrokerServer(_core);
        (int code, _, string error) = await RunAsync(server.Port);
        Assert.Equal((1, "sensornode: the broker keeps no state of any node of group plant; check --group, or name nodes with --node\n"), (code, error));
    }

    [Fact]
    public async Task DryRun_NamesTheWaves_AndPublishesNothing()
    {
        await using var server = new BrokerServer(_core);
        for (int i = 1; i <= 12; i++)
        {
            Tell($"node-{i}", version: i == 12 ? 1L << 48 : 1L << 32, counter: 1);
        }

        int before = _core.ReadStatistics().ConnectionsOpened;
        (int code, string output, string error) = await RunAsync(server.Port, "--dry-run", "--canary", "2", "--wave", "50%");
        Assert.True(code == 0, error);
        Assert.Contains("application 0.2.0.0, security counter 1", output);
        Assert.Contains("node-12: left out, runs 1.0.0.0", output);
        Assert.Contains("wave 1: 2 nodes: ", output);
        Assert.Contains("wave 2: 6 nodes: ", output);
        Assert.Contains("wave 3: 3 nodes: ", output);
        Assert.EndsWith("dry run: nothing was published\n", output);
        Assert.Equal(1, _core.ReadStatistics().ConnectionsOpened - before);
        Assert.All(_core.ReadRetained(), message => Assert.Contains("/state/", message.Topic, StringComparison.Ordinal));
    }

    [Fact]
    public async Task NodesThatHaveItAlready_AreDone_AndOneWithoutResult_IsCode1()
    {
        await using var server = new BrokerServer(_core);
        Tell("node-1", inForce: Release.Id);
        (int code, string output, string error) = await RunAsync(server.Port);
        Assert.True(code == 0, error);
        Assert.Contains("1 of 1 nodes run it, 0 failed", output);

        (code, output, error) = await RunAsync(server.Port, "--node", "node-1", "--node", "node-2", "--patience", "0.02");
        Assert.True(code == 1, error);
        Assert.Contains("  node-2: offered, no word within the time\n1 of 2 nodes run it, 0 failed", output);
        Assert.DoesNotContain(_core.ReadRetained(), message => message.Topic.Contains("/offer/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task FormerFailures_StopIt()
    {
        await using var server = new BrokerServer(_core);
        Tell("node-1", reason: 41);
        Tell("node-2");
        (int code, string output, string error) = await RunAsync(server.Port);
        Assert.Equal((1, "sensornode: rollout stopped: 1 of 1 nodes offered so far failed; the limit is 5%\n"), (code, error));
        Assert.Contains("node-1: went back, crashed on trial", output);
    }

    [Fact]
    public async Task NodesOfAnotherBoard_AreLeftOut_AndOnlyThem_IsCode1()
    {
        await using var server = new BrokerServer(_core);
        Tell("node-1", reason: 14);
        Tell("node-2", inForce: Release.Id);
        (int code, string output, string error) = await RunAsync(server.Port);
        Assert.True(code == 0, error);
        Assert.Contains("node-1: left out, for another board\n", output);
        Assert.Contains("1 of 1 nodes run it, 0 failed, 1 left out", output);

        (code, _, error) = await RunAsync(server.Port, "--node", "node-1");
        Assert.Equal((1, "sensornode: every node refused it: it is for sensornode on esp32-devkitc\n"), (code, error));
    }

    [Fact]
    public async Task OfferOfAnotherRelease_IsNotReplacedUnasked()
    {
        await using var server = new BrokerServer(_core);
        Tell("node-1");
        const string Topic = "sensornode/plant/node-1/update/offer/application";
        byte[] other = s_releases.Application("0.9.0", crashes: false).Offer(0);
        _core.Publish(new MqttMessage(Topic, other, 1, true));
        (int code, _, string error) = await RunAsync(server.Port);
        Assert.Equal((1, "sensornode: another application release is offered, to node-1; wait for its end, or use --replace\n"), (code, error));
        Assert.Equal(other, _core.ReadRetained().Single(message => message.Topic == Topic).Payload);
        (_, string output, _) = await RunAsync(server.Port, "--replace", "--patience", "0.02");
        Assert.Contains("wave 1: 1 node: node-1", output);
        Assert.DoesNotContain(_core.ReadRetained(), message => message.Topic == Topic);
    }

    private static RolloutRelease Release => RolloutRelease.Read(s_file, Convert.FromHexString(s_releases.PublicKeyText.Trim()));

    private string At(string name) => Path.Combine(_folder, name);

    private void Tell(string node, int reason = 0, byte[]? inForce = null, long version = 1L << 32, int counter = 0)
    {
        byte[] state = new byte[96];
        "SNST"u8.CopyTo(state);
        (state[4], state[5], state[7]) = (1, 1, (byte)reason);
        Release.Id.CopyTo(state, 8);
        inForce?.CopyTo(state, 24);
        BinaryPrimitives.WriteInt64LittleEndian(state.AsSpan(40), version);
        BinaryPrimitives.WriteInt32LittleEndian(state.AsSpan(48), counter);
        _core.Publish(new MqttMessage($"sensornode/plant/{node}/update/state/application", state, 1, true));
    }

    private Task<(int ExitCode, string Output, string Error)> RunAsync(int port, params string[] more) =>
        ToolRun.RunAsync(["rollout", At("app.snr"), "--public", At("key.pub"), "--broker", $"127.0.0.1:{port}", "--group", "plant", "--plain", "--settle", "0.6", .. more]);
}
