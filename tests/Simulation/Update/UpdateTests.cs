using System.Text;
using SensorNode.Platform;
using SensorNode.Sparkplug.Host;
using SensorNode.Update;
using Xunit;

namespace SensorNode.Simulation.Tests.Update;

/// <summary>The whole node takes releases from a sender at the broker, restarts into them, confirms or goes back.</summary>
public sealed class UpdateTests
{
    [Fact]
    public void GoodRelease_IsFetchedStartedAndConfirmed()
    {
        using PlantTest test = Start(out TestSender sender);
        Update(test, sender, "0.2.0", 7);
        Assert.Equal(7, Convert.ToInt32(test.State.Metrics["Update/Security Counter"].Value));
        Assert.Equal("confirmed", test.State.Metrics["Update/Reason"].Value);
        Assert.Equal("update", test.State.Metrics["Health/Restart Reason"].Value);

        // And stays, through a power cycle; its successor comes the same way, by an offer to the group.
        Restart(test);
        Assert.Equal("0.2.0", Version(test));
        sender.Withdraw();
        sender.Offer(Pack("0.3.0", 7, AppVariant.Good("0.3.0")), isToGroup: true);
        RunUntilVersion(test, "0.3.0");
        test.Judge();
    }

    [Theory]
    [InlineData("crashes", UpdateReason.Crashed)]
    [InlineData("hangs", UpdateReason.Hung)]
    [InlineData("has no entry", UpdateReason.NotLoaded)]
    [InlineData("never connects", UpdateReason.NoBroker)]
    [InlineData("never measures", UpdateReason.StoppedMeasuring)]
    public void BadRelease_IsLeftForTheOneBefore(string fault, int reason)
    {
        using PlantTest test = Start(out TestSender sender);
        Update(test, sender, "0.2.0", 1);
        byte[] app = fault switch
        {
            "crashes" => AppVariant.Crashes("0.3.0"),
            "hangs" => AppVariant.Hangs("0.3.0"),
            "has no entry" => AppVariant.HasNoEntry("0.3.0"),
            "never connects" => AppVariant.NeverConnects("0.3.0"),
            _ => AppVariant.NeverMeasures("0.3.0"),
        };
        sender.Offer(Pack("0.3.0", 2, app));
        Assert.True(test.Plant.World.RunUntil(() => sender.Reasons[^1] == reason, TimeSpan.FromHours(3), TimeSpan.FromSeconds(1)), string.Join(' ', sender.Reasons) + "\n" + test.Tail);
        test.RunMinutes(5);
        Assert.Equal("0.2.0", Version(test));
        Assert.Equal(1, Convert.ToInt32(test.State.Metrics["Update/Security Counter"].Value));
        Assert.Equal(reason == UpdateReason.NoBroker ? 0 : 1, sender.States[^1][79]);
        sender.Withdraw();
        Update(test, sender, "0.4.0", 2);
    }

    /// <summary>What pack reads out of an application is enough for the node to refuse it by its head, before anything is fetched or written.</summary>
    [Theory]
    [InlineData("mscorlib", "1.18.0.0")]
    [InlineData("SensorNode.Base", "2.0.0.0")]
    [InlineData("SensorNode.Analysis", "0.0.1.0")]
    public void ReleaseForAnotherPlatform_IsRefusedByItsHead(string assembly, string other)
    {
        using PlantTest test = Start(out TestSender sender);
        byte[] app = AppVariant.RefersTo("0.2.0", assembly, System.Version.Parse(other));
        byte[] release = TestRelease.Pack(TestRelease.Content("0.2.0") with { Assemblies = TestRelease.References(app) }, app);
        sender.Offer(release);
        Assert.True(test.Plant.World.RunUntil(() => sender.Reasons.LastOrDefault() == UpdateReason.OtherPlatform, TimeSpan.FromMinutes(10), TimeSpan.FromMilliseconds(100)), test.Tail);
        test.RunMinutes(5);
        Assert.Equal(TestRelease.HeadBytes(release), sender.Bytes);
        Assert.False(test.Plant.Flash.FileExists("update-head"));
        Assert.Equal(1, test.Plant.Node.BootCount);

        sender.Withdraw();
        byte[] good = AppVariant.Good("0.2.0");
        sender.Offer(TestRelease.Pack(TestRelease.Content("0.2.0") with { Assemblies = TestRelease.References(good) }, good));
        RunUntilVersion(test, "0.2.0");
    }

    [Fact]
    public void BrokerAwayDuringTheTrial_GoesBack_AndIsTriedAgainLater()
    {
        using PlantTest test = Start(out TestSender sender);
        sender.Offer(Pack("0.2.0", 1, AppVariant.Good("0.2.0")));
        int boots = test.Plant.Node.BootCount;
        Assert.True(test.Plant.World.RunUntil(() => test.Plant.Node.BootCount > boots, TimeSpan.FromHours(2), TimeSpan.FromMilliseconds(100)), test.Tail);
        test.Plant.Network.IsReachable = false;
        test.RunMinutes(20);
        test.Plant.Network.IsReachable = true;
        test.RunMinutes(10);
        Assert.Equal("0.1.0", Version(test));
        Assert.Equal("no broker within the time", test.State.Metrics["Update/Reason"].Value);
        RunUntilVersion(test, "0.2.0");
        Assert.Equal(UpdateReason.Confirmed, sender.Reasons[^1]);
    }

    [Fact]
    public void ConnectionsThatBreak_AndAPowerCut_DoNotBeginTheDownloadAnew()
    {
        using PlantTest test = Start(out TestSender sender);
        byte[] release = TestRelease.Pack(TestRelease.Content("0.2.0") with { ChunkBytes = 1024 }, AppVariant.Good("0.2.0"));
        sender.Asked = () =>
        {
            if (sender.Requests is 4 or 6)
            {
                test.Plant.Network.ResetAll();
            }
        };
        sender.Offer(release);
        Assert.True(test.Plant.World.RunUntil(() => sender.Requests >= 8, TimeSpan.FromMinutes(30), TimeSpan.FromMilliseconds(100)));
        Restart(test);
        RunUntilVersion(test, "0.2.0");
        Assert.InRange(sender.Bytes, release.Length, release.Length + (4 * 3072));
    }

    /// <summary>What one node has learned, signed and given to another on the same kind of machine.</summary>
    [Fact]
    public void Model_IsPutInForce_AndGivenUpWhenTheNodeLearnsAnew()
    {
        byte[] baseline;
        using (var teacher = new PlantTest())
        {
            Assert.True(teacher.Plant.World.RunUntil(() => teacher.Plant.Flash.FileExists("baseline"), TimeSpan.FromHours(2), TimeSpan.FromSeconds(1)));
            teacher.RunMinutes(1);
            baseline = teacher.Plant.Flash.ReadAllBytes("baseline");
        }

        using PlantTest test = Start(out TestSender sender);
        sender.Offer(TestRelease.Pack(TestRelease.Content("1.0", 0, ReleaseManifest.Model), baseline));
        Assert.True(
            test.Plant.World.RunUntil(() => test.State.Metrics["Update/Model Reason"].Value is "confirmed", TimeSpan.FromHours(2), TimeSpan.FromSeconds(1)), test.Tail);
        test.RunMinutes(3);
        Assert.Equal("watching", test.State.Metrics["Detector/Phase"].Value);
        Assert.Equal("0.1.0", Version(test));
        test.Write("Detector Control/Relearn", SparkplugDatatype.Boolean, true);
        test.RunMinutes(3);
        Assert.Equal("learning", test.State.Metrics["Detector/Phase"].Value);
        Assert.Equal("model given up, learning anew", test.State.Metrics["Update/Model Reason"].Value);
        Restart(test);
        Assert.Equal("learning", test.State.Metrics["Detector/Phase"].Value);
    }

    /// <summary>Signed, and yet no model: the release's own fault, and no restart is spent on it.</summary>
    [Fact]
    public void ModelThatCannotBeRead_IsCondemned_AndTheNodesOwnBaselineStays()
    {
        using PlantTest test = Start(out TestSender sender);
        test.RunMinutes(60);
        Assert.Equal("watching", test.State.Metrics["Detector/Phase"].Value);
        sender.Offer(TestRelease.Pack(TestRelease.Content("1.0", 0, ReleaseManifest.Model), new byte[1000]));
        Assert.True(
            test.Plant.World.RunUntil(() => test.State.Metrics["Update/Model Reason"].Value is "cannot be loaded", TimeSpan.FromHours(2), TimeSpan.FromSeconds(1)), test.Tail);
        test.RunMinutes(3);
        Assert.Equal("watching", test.State.Metrics["Detector/Phase"].Value);
        Assert.Equal(2, test.Plant.Node.BootCount);
    }

    [Fact]
    public void ForeignSignature_AndLowerCounter_AreNotedAsEvents()
    {
        using PlantTest test = Start(out TestSender sender);
        Update(test, sender, "0.2.0", 7);
        sender.Withdraw();
        sender.Offer(Pack("0.3.0", 6, AppVariant.Good("0.3.0")));
        test.RunMinutes(2);
        Assert.EndsWith("application refused, rollback: security counter is lower", (string)test.State.Metrics["Events/Last"].Value!, StringComparison.Ordinal);
        sender.Withdraw();
        sender.Offer(TestRelease.Pack(TestRelease.Content("0.4.0", 7), AppVariant.Good("0.4.0"), isForeign: true));
        test.RunMinutes(10);
        Assert.EndsWith("application refused, bad signature: signed with another key", (string)test.State.Metrics["Events/Last"].Value!, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutAKey_NothingIsTaken_AndTheNodeSaysWhy()
    {
        using var test = new PlantTest();
        var sender = new TestSender(test.Plant.Core);
        sender.Offer(Pack("0.2.0", 1, AppVariant.Good("0.2.0")));
        test.RunMinutes(10);
        Assert.Equal("no release key on this node", test.State.Metrics["Update/Reason"].Value);
        Assert.Equal(1, test.Plant.Node.BootCount);
        test.Judge();
    }

    /// <summary>The offer waits for it; it stays awake for the release and its trial; it goes back to sleep with it, and wakes with it.</summary>
    [Theory]
    [InlineData("timed")]
    [InlineData("deep-sleep")]
    public void NodeThatSleeps_TakesAReleaseToo(string profile)
    {
        using PlantTest test = Start(out TestSender sender, $"power.profile = {profile}\n");
        test.RunMinutes(60);
        int boots = Convert.ToInt32(test.State.Metrics["Health/Boots"].Value);
        Update(test, sender, "0.2.0", 3);
        test.RunMinutes(60);
        Assert.Equal("0.2.0", Version(test));
        Assert.Equal(boots + 1, Convert.ToInt32(test.State.Metrics["Health/Boots"].Value));
        Assert.Equal("update", test.State.Metrics["Health/Restart Reason"].Value);
        Assert.Equal("watching", test.State.Metrics["Detector/Phase"].Value);
        Assert.InRange(test.Awake, 0.02, 0.2);
        test.Judge();
    }

    /// <summary>What was refused is not fetched again at each connection, and the reason stands through the sleeps between.</summary>
    [Theory]
    [InlineData("timed")]
    [InlineData("deep-sleep")]
    public void NodeThatSleeps_RefusesOnce(string profile)
    {
        using PlantTest test = Start(out TestSender sender, $"power.profile = {profile}\n");
        test.RunMinutes(60);
        byte[] foreign = Pack("0.2.0", 3, AppVariant.Good("0.2.0"));
        foreign[600] ^= 1;
        sender.Offer(foreign);
        test.RunMinutes(10);
        int requests = sender.Requests;
        string? reason = test.State.Metrics["Update/Reason"].Value as string;
        Assert.InRange(requests, 1, 10);
        Assert.Equal(UpdateReason.Text(sender.Reasons[^1]), reason);
        test.RunMinutes(45);
        Assert.Equal(requests, sender.Requests);
        Assert.Equal(reason, test.State.Metrics["Update/Reason"].Value);

        // It looks again each hour; another offer it takes at once.
        test.RunMinutes(60 * 4);
        Assert.InRange(sender.Requests, 2 * requests, 6 * requests);
        sender.Withdraw();
        Update(test, sender, "0.4.0", 3);
    }

    /// <summary>An offer that stands for ever with nobody behind it does not cost the battery.</summary>
    [Theory]
    [InlineData("timed")]
    [InlineData("deep-sleep")]
    public void NodeThatSleeps_DoesNotWaitForASenderThatIsNotThere(string profile)
    {
        using PlantTest test = Start(out TestSender sender, $"power.profile = {profile}\npower.connect_windows = 30\n");
        test.RunMinutes(60);
        sender.Spoil = (_, _) => null;
        sender.Offer(Pack("0.2.0", 3, AppVariant.Good("0.2.0")));
        test.RunMinutes(240);
        Assert.True(sender.Requests > 5);
        Assert.InRange(test.Awake, 0.01, 0.15);
        Assert.Equal("0.1.0", Version(test));

        sender.Spoil = (_, reply) => reply;
        RunUntilVersion(test, "0.2.0");
        test.Judge();
    }

    internal static PlantTest Start(out TestSender sender, string configuration = "")
    {
        var test = new PlantTest(configuration, isStarted: false, ramRecords: 40);
        test.Plant.Flash.WriteAllBytes("release.key.pub", Encoding.ASCII.GetBytes(TestRelease.PublicKeyText));
        test.Plant.Node.PowerOn();
        test.RunUntilBirths(1);
        sender = new TestSender(test.Plant.Core);
        return test;
    }

    private static byte[] Pack(string version, int counter, byte[] app) => TestRelease.Pack(TestRelease.Content(version, counter), app);

    private static string? Version(PlantTest test) => test.State.Metrics["Properties/Firmware Version"].Value as string;

    private static void Update(PlantTest test, TestSender sender, string version, int counter)
    {
        sender.Offer(Pack(version, counter, AppVariant.Good(version)));
        RunUntilVersion(test, version);
        Assert.Equal(UpdateReason.Confirmed, sender.Reasons[^1]);
    }

    /// <summary>Until that version runs and is confirmed, and has told its state.</summary>
    private static void RunUntilVersion(PlantTest test, string version)
    {
        Assert.True(
            test.Plant.World.RunUntil(() => Version(test) == version && test.State.Metrics["Update/Reason"].Value is "confirmed", TimeSpan.FromHours(5), TimeSpan.FromSeconds(1)),
            $"not {version}; console:\n{test.Tail}");
        test.RunMinutes(1);
    }

    private static void Restart(PlantTest test)
    {
        int births = test.Births;
        test.Plant.Node.PowerOff();
        test.Plant.Node.PowerOn();
        test.RunUntilBirths(births + 1);
        test.RunMinutes(2);
        Assert.Equal(EndReason.PoweredOff, test.Plant.Node.LastBoot!.Reason);
    }
}
