using SensorNode.Contracts;
using SensorNode.Fakes;
using SensorNode.Storage;
using Xunit;

namespace SensorNode.Update.Tests;

/// <summary>Who is condemned, who may come again, and what runs in the end.</summary>
public sealed class TrialTests
{
    private static readonly byte[] Old = Releases.Small(1, 1);
    private static readonly byte[] New = Releases.Small(2, 2);

    [Theory]
    [InlineData((int)Fate.Crash, UpdateReason.Crashed, true)]
    [InlineData((int)Fate.Hang, UpdateReason.Hung, true)]
    [InlineData((int)Fate.NotLoaded, UpdateReason.NotLoaded, true)]
    [InlineData((int)Fate.NoWindow, UpdateReason.StoppedMeasuring, true)]
    [InlineData((int)Fate.NoBroker, UpdateReason.NoBroker, false)]
    [InlineData((int)Fate.PowerLoss, UpdateReason.Interrupted, false)]
    public void FailedTrial_GoesBack_AndIsCondemnedOnlyForItsOwnFault(int fate, int reason, bool isFinal)
    {
        UpdatingNode node = Start();
        Assert.False(node.Update(New, (Fate)fate));
        Assert.Equal(Releases.PayloadOf(Old), node.Running);
        SlotState state = node.Application.State;
        Assert.Equal(reason, state.Reason);
        Assert.Equal(isFinal, state.IsFinal);
        Assert.Equal(isFinal, state.IsQuarantined(Releases.Id(New)));
        Assert.Equal(1, state.SecurityCounter);
        Assert.Equal(1, state.Rounds);

        // Offered again: never, or in an hour.
        node.Offer(New);
        int before = node.Requests;
        node.Run(limitMs: 3_000_000);
        Assert.Equal(before, node.Requests);
        if (isFinal)
        {
            Assert.False(node.Run(limitMs: 8_000_000));
            Assert.Equal(UpdateReason.Text(reason), node.Agent.ReasonText(0));
            Assert.Equal(before, node.Requests);
        }
        else
        {
            Assert.True(node.Run(limitMs: 3_000_000));
            Assert.True(node.Update(New));
            Assert.Equal(2, node.Application.State.SecurityCounter);
        }

        // The next one is not held responsible for it.
        Assert.True(node.Update(Releases.Small(3, 2)));
    }

    [Fact]
    public void ThreeRoundsWithoutANetwork_EndTheTrying_UntilACommandAsksForMore()
    {
        UpdatingNode node = Start();
        for (int round = 1; round <= UpdateLimits.RoundsMax; round++)
        {
            Assert.False(node.Update(New, Fate.NoBroker) && round > 0);
            Assert.Equal(round, node.Application.State.Rounds);
            node.Agent.TakeOffer(0, true, []);
            node.Run(limitMs: 3_700_000);
        }

        node.Offer(New);
        node.Run(limitMs: 8_000_000);
        Assert.Equal("tried too often", node.Agent.ReasonText(0));
        node.Agent.Retry();
        Assert.True(node.Update(New));
    }

    [Fact]
    public void MeasuresNothing_OnANodeThatNeverDid_IsNotTheReleasesFault()
    {
        UpdatingNode node = Start();
        node.Measures = false;
        node.Boot();
        Assert.False(node.Update(New, Fate.NoWindow));
        Assert.Equal(UpdateReason.NeverMeasured, node.Application.State.Reason);
        Assert.False(node.Application.State.IsQuarantined(Releases.Id(New)));
    }

    [Fact]
    public void TimerWakes_AreNoAttempts()
    {
        UpdatingNode node = Start();
        node.Offer(New);
        Assert.True(node.Run());
        node.Boot();
        Assert.True(node.Agent.IsOnTrial);
        node.IsTimerWake = true;
        for (int wake = 0; wake < 10; wake++)
        {
            node.Boot();
            Assert.True(node.Agent.IsOnTrial);
            Assert.Equal(1, node.Application.State.Starts);
        }

        node.IsTimerWake = false;
        Assert.False(node.Run());
        Assert.Equal(UpdateReason.Confirmed, node.Application.State.Reason);
    }

    /// <summary>What it takes was seen; that the broker went before the window was analysed is not the release's fault.</summary>
    [Fact]
    public void AcknowledgedThenBrokerGone_IsConfirmedByItsWindows()
    {
        UpdatingNode node = OnTrial();
        node.Agent.NoteAcknowledged();
        node.Agent.NoteDisconnected();
        Live(node, 1_000_000, measures: true);
        Assert.Equal(UpdateReason.Confirmed, node.Application.State.Reason);
    }

    [Fact]
    public void ConfirmationThatFlashRefuses_CondemnsNothing()
    {
        UpdatingNode node = OnTrial();
        node.Agent.NoteAcknowledged();
        node.Flash.FailingStores = int.MaxValue;
        Live(node, 1_000_000, measures: true);
        node.Flash.FailingStores = 0;
        node.Boot();
        Assert.False(node.Application.State.IsQuarantined(Releases.Id(New)));
    }

    /// <summary>A node that measures once an hour has its window before its trial is over.</summary>
    [Fact]
    public void TrialLastsAnIntervalOfWindowsLonger()
    {
        UpdatingNode node = OnTrial();
        Assert.Null(node.Configuration.TrySet(Configuration.ConfigurationKey.WindowIntervalMs, "3600000"));
        node.Agent.NoteAcknowledged();
        Live(node, 4_000_000, measures: false);
        Assert.True(node.Agent.IsOnTrial);
        Live(node, 600_000, measures: false);
        Assert.Equal(UpdateReason.StoppedMeasuring, node.Application.State.Reason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void BelowTheFloor_IsNotStarted(bool isWaiting)
    {
        UpdatingNode node = Start();
        if (isWaiting)
        {
            node.Offer(New);
            Assert.True(node.Run());
        }

        node.CounterFloor = 3;
        node.Boot();
        Assert.Null(node.Running);
        Assert.Equal(UpdateReason.OldCounter, node.Application.State.Reason);
        Assert.True(node.Update(Releases.Small(3, 3)));
    }

    /// <summary>An alarm that stands defers a restart for an hour, or a day; each wake of a node that sleeps goes on counting.</summary>
    [Theory]
    [InlineData(ReleaseManifest.Security, 1)]
    [InlineData(ReleaseManifest.Feature, 24)]
    public void BusyNodeThatSleepsDeeply_RestartsInTheEnd(int releaseClass, int hours)
    {
        UpdatingNode node = Start();
        byte[] release = Releases.Pack(Releases.Content(2, 2) with { Class = releaseClass }, Releases.Payload(2, 600));
        node.Agent.IsBusy = true;
        node.Offer(release);
        node.Run(limitMs: 100_000);
        Assert.Equal(SlotState.Complete, node.Application.State.Phase);
        bool isDue = false;
        int wakes = 0;
        for (; wakes < 100 && !isDue; wakes++)
        {
            node.WakeFromDeepSleep(1_200_000);
            node.Agent.IsBusy = true;
            isDue = node.Run(limitMs: 20_000);
        }

        Assert.InRange(wakes, 3 * hours - 1, 3 * hours + 2);
    }

    [Fact]
    public void TwoInterruptedStarts_StillLeaveAThird()
    {
        UpdatingNode node = Start();
        node.Offer(New);
        Assert.True(node.Run());
        node.Boot();
        node.PowerOn();
        node.PowerOn();
        Assert.Equal(3, node.Application.State.Starts);
        Assert.False(node.Run());
        Assert.Equal(Releases.PayloadOf(New), node.Running);
        Assert.Equal(UpdateReason.Confirmed, node.Application.State.Reason);
    }

    [Fact]
    public void ReleaseInForce_ThatIsDamaged_GivesWayToTheFormer_ThenToTheFactory()
    {
        UpdatingNode node = Start();
        Assert.True(node.Update(New));
        Flip(node, node.Application.FileOf(node.Application.State.Current));
        node.Boot();
        Assert.Equal(Releases.PayloadOf(Old), node.Running);
        Assert.Equal(UpdateReason.DamagedInForce, node.Application.State.Reason);
        Flip(node, node.Application.FileOf(node.Application.State.Current));
        node.Boot();
        Assert.Null(node.Running);
        Assert.Equal(2, node.Application.State.SecurityCounter);
        Assert.True(node.Update(New));
    }

    [Fact]
    public void ReleaseInForce_ThatCrashesFiveTimes_IsLeftAndCondemned()
    {
        UpdatingNode node = Start();
        Assert.True(node.Update(New));
        for (int crash = 1; crash < UpdateLimits.CrashesMax; crash++)
        {
            node.BootAfter(RestartReason.Fault);
            Assert.Equal(Releases.PayloadOf(New), node.Running);
        }

        node.BootAfter(RestartReason.Watchdog);
        Assert.Equal(Releases.PayloadOf(Old), node.Running);
        Assert.True(node.Application.State.IsQuarantined(Releases.Id(New)));
    }

    [Fact]
    public void CrashesFarApart_AreForgotten()
    {
        UpdatingNode node = Start();
        for (int crash = 0; crash < 20; crash++)
        {
            node.BootAfter(RestartReason.Fault);
            Assert.False(node.Run(limitMs: 5000));
        }

        Assert.Equal(Releases.PayloadOf(Old), node.Running);
    }

    [Fact]
    public void CrashesWithADayBetween_AreForgotten_ThoughNoBrokerIsThere()
    {
        UpdatingNode node = Start();
        for (int crash = 0; crash < 20; crash++)
        {
            node.BootAfter(RestartReason.Fault);
            node.Agent.NoteWindow();
            Assert.False(node.Agent.IsRestartDue(90_000_000));
        }

        Assert.Equal(Releases.PayloadOf(Old), node.Running);
    }

    [Fact]
    public void PlatformChangedByCable_StartsTheFactoryApplication()
    {
        UpdatingNode node = Start();
        node.PlatformNow++;
        node.Boot();
        Assert.Null(node.Running);
        Assert.Equal(UpdateReason.PlatformChanged, node.Application.State.Reason);
        Assert.True(node.Update(New));
    }

    [Fact]
    public void FormattedFlash_StartsTheFactoryApplication_FromTheFloor()
    {
        UpdatingNode node = Start();
        Assert.True(node.Update(New));
        foreach (string name in node.Flash.List())
        {
            node.Flash.Plant(name, null!);
        }

        node.Boot();
        Assert.Null(node.Running);
        Assert.Equal(UpdateLimits.SecurityCounterFloor, node.Application.State.SecurityCounter);
        node.Offer(New);
        Assert.False(node.Run());
        Assert.Equal("no release key on this node", node.Agent.ReasonText(0));

        // Provisioned anew, a slot's file of the life before counts for nothing.
        node.Flash.Plant(TrustedKeys.FileName, Releases.KeyFile);
        node.Boot();
        Assert.True(node.Update(Old));
    }

    [Fact]
    public void LostMacKey_StartsTheFactoryApplication()
    {
        UpdatingNode node = Start();
        node.Flash.Plant("node-mac.a", null!);
        node.Flash.Plant("node-mac.b", null!);
        node.Boot();
        Assert.Null(node.Running);
        Assert.True(node.Update(New));
    }

    [Fact]
    public void SecurityCounter_RisesOnlyWithTheConfirmation()
    {
        UpdatingNode node = Start();
        node.Offer(Releases.Small(5, 9));
        Assert.True(node.Run());
        Assert.Equal(1, node.Application.State.SecurityCounter);
        node.Boot();
        Assert.Equal(1, node.Application.State.SecurityCounter);
        node.Run();
        Assert.Equal(9, node.Application.State.SecurityCounter);
    }

    [Fact]
    public void Model_TakesTheSamePath_AndHasItsOwnWayBack()
    {
        UpdatingNode node = Start();
        byte[] model = Releases.Pack(Releases.Content(1, 0, ReleaseManifest.Model), Releases.Payload(60, 700));
        byte[] bad = Releases.Pack(Releases.Content(2, 0, ReleaseManifest.Model), Releases.Payload(61, 700));
        Assert.True(node.Update(model));
        node.Boot();
        Assert.Equal(Releases.PayloadOf(model), node.Agent.TakeModel());
        node.Offer(bad);
        Assert.True(node.Run());
        node.Boot();
        Assert.Equal(Releases.PayloadOf(bad), node.Agent.TakeModel());
        node.Agent.RejectModel();
        Assert.True(node.Model.State.IsQuarantined(Releases.Id(bad)));
        node.Boot();
        Assert.Equal(Releases.PayloadOf(model), node.Agent.TakeModel());
        Assert.Equal(Releases.PayloadOf(Old), node.Running);
        node.Agent.GiveModelUp();
        node.Boot();
        Assert.Null(node.Agent.TakeModel());
    }

    [Fact]
    public void ApplicationAndModel_AreNeverOnTrialTogether()
    {
        UpdatingNode node = Start();
        byte[] model = Releases.Pack(Releases.Content(1, 0, ReleaseManifest.Model), Releases.Payload(60, 700));
        node.Offer(model);
        node.Offer(New);
        for (int boot = 0; boot < 6; boot++)
        {
            Assert.False(node.Application.IsOnTrial && node.Model.IsOnTrial);
            node.Run();
            node.Boot();
        }

        Assert.Equal(Releases.PayloadOf(New), node.Running);
        Assert.Equal(Releases.PayloadOf(model), node.Agent.TakeModel());
    }

    private static UpdatingNode OnTrial()
    {
        UpdatingNode node = Start();
        node.Offer(New);
        Assert.True(node.Run());
        node.Boot();
        Assert.True(node.Agent.IsOnTrial);
        return node;
    }

    /// <summary>Time without a connection.</summary>
    private static void Live(UpdatingNode node, long durationMs, bool measures)
    {
        for (long passedMs = 0; passedMs < durationMs; passedMs += 5000)
        {
            if (measures)
            {
                node.Agent.NoteWindow();
            }

            node.Pass(5000);
            node.Agent.IsRestartDue(node.NowMs);
            node.Agent.Judge(node.NowMs);
        }
    }

    internal static UpdatingNode Start(bool hasRelease = true)
    {
        var flash = new FakeFlash(64);
        flash.Plant(TrustedKeys.FileName, Releases.KeyFile);
        var node = new UpdatingNode(flash);
        node.Boot();
        if (hasRelease)
        {
            Assert.True(node.Update(Old));
            node.ForgetOffers();
            node.Boot();
        }

        return node;
    }

    private static void Flip(UpdatingNode node, string file) => node.Flash.Content(file)[100] ^= 1;
}
