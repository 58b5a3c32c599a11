using SensorNode.Tool.Demo.Update;
using SensorNode.Update;
using Xunit;

namespace SensorNode.Rollout.Tests;

/// <summary>Who is offered a release when, and when it is stopped.</summary>
public class RolloutPlanTests
{
    private static readonly RolloutRelease s_release = new DemoReleases().Model([1, 2, 3], "1.0.0");
    private static readonly TimeSpan s_patience = TimeSpan.FromHours(2);

    [Fact]
    public void CanariesThenWaves_EachWhenAllBeforeHaveAResult()
    {
        RolloutPlan plan = Plan(20, canaries: 2, wave: 0.25);
        Assert.Equal([2, 5, 5, 5, 3], plan.Preview().Select(wave => wave.Count));
        int[] sizes = new int[5];
        for (int wave = 0; wave < 5; wave++)
        {
            IReadOnlyList<RolloutNode> offered = Offer(plan, TimeSpan.Zero);
            sizes[wave] = offered.Count;
            foreach (RolloutNode node in offered)
            {
                Assert.Empty(plan.Step(TimeSpan.Zero));
                Assert.False(plan.IsDone);
                Confirm(node);
            }
        }

        Assert.Equal([2, 5, 5, 5, 3], sizes);
        Assert.Empty(plan.Step(TimeSpan.Zero));
        Assert.True(plan.IsDone);
        Assert.Equal((20, 20, 0), (plan.Confirmed, plan.Wanted, plan.Failed));
        Assert.Null(plan.StopReason);
    }

    [Theory]
    [InlineData(0.05, 10, 1, true)]
    [InlineData(0.2, 10, 1, false)]
    [InlineData(0.2, 10, 2, true)]
    [InlineData(0, 10, 1, true)]
    [InlineData(1, 10, 9, false)]
    [InlineData(1, 10, 10, true)]
    public void ShareOfFailedNodes_Stops(double limit, int canaries, int failures, bool stops)
    {
        RolloutPlan plan = Plan(100, canaries, 0.1, limit);
        IReadOnlyList<RolloutNode> offered = Offer(plan, TimeSpan.Zero);
        for (int i = 0; i < canaries; i++)
        {
            offered[i].Take(i < failures ? StateMessage.Create(reason: UpdateReason.Crashed, about: s_release.Id) : InForce);
        }

        Assert.Equal(stops, plan.Step(TimeSpan.Zero).Count == 0);
        Assert.Equal(stops, plan.StopReason != null);
        Assert.Equal(failures, plan.Failed);
    }

    [Fact]
    public void NodesThatWouldRefuseItForItsAge_AreLeftOut()
    {
        RolloutPlan plan = Plan(3, 1, 1);
        plan.Nodes[0].Take(StateMessage.Create(version: 1L << 48));
        plan.Nodes[1].Take(StateMessage.Create(counter: 1));
        Assert.Equal(plan.Nodes[2], Offer(plan, TimeSpan.Zero).Single());
        Assert.Equal((NodeOutcome.LeftOut, "runs 1.0.0.0"), (plan.Nodes[0].Outcome, plan.Nodes[0].Reason));
        Assert.Equal((NodeOutcome.LeftOut, "has security counter 1"), (plan.Nodes[1].Outcome, plan.Nodes[1].Reason));
        Assert.Equal(1, plan.Wanted);
        Confirm(plan.Nodes[2]);
        plan.Step(TimeSpan.Zero);
        Assert.True(plan.IsDone);
    }

    [Theory]
    [InlineData(UpdateReason.OtherProduct, "for another product")]
    [InlineData(UpdateReason.OtherBoard, "for another board")]
    public void NodesOfAnotherBoard_AreLeftOut_AndTheNextCanaryIsChosen(int reason, string words)
    {
        RolloutPlan plan = Plan(10, 2, 0.25);
        RolloutNode[] canaries = [.. Offer(plan, TimeSpan.Zero)];
        canaries[0].Take(StateMessage.Create(reason: reason, about: s_release.Id));
        Confirm(canaries[1]);
        RolloutNode next = Offer(plan, TimeSpan.Zero).Single();
        Assert.Equal(plan.Nodes[2], next);
        Assert.Equal((NodeOutcome.LeftOut, words, false), (canaries[0].Outcome, canaries[0].Reason, canaries[0].HasFailed));
        Assert.Equal((1, 9, 0), (plan.Begun, plan.Wanted, plan.Failed));
        Assert.Null(plan.StopReason);

        // A wave is a share of those that it is for: a quarter of 9, rounded up.
        Confirm(next);
        Assert.Equal(3, Offer(plan, TimeSpan.Zero).Count);
    }

    /// <summary>A refused release is looked at again after an hour, and the reason goes when the offer does.</summary>
    [Fact]
    public void NodeOfAnotherBoard_StaysLeftOut_WhateverItTellsLater()
    {
        RolloutPlan plan = Plan(1, 1, 1);
        RolloutNode node = Offer(plan, TimeSpan.Zero).Single();
        node.Take(StateMessage.Create(reason: UpdateReason.OtherBoard, about: s_release.Id));
        plan.Step(TimeSpan.Zero);
        foreach (NodeUpdateState later in (NodeUpdateState[])[StateMessage.Create(phase: 1, delivery: s_release.Id), StateMessage.Create()])
        {
            node.Take(later);
            Assert.Empty(plan.Step(TimeSpan.FromHours(3)));
            Assert.Equal((NodeOutcome.LeftOut, "for another board"), (node.Outcome, node.Reason));
        }

        Assert.Equal((true, true, 0, 0), (plan.IsDone, plan.IsForNone, plan.Wanted, plan.Failed));
    }

    [Fact]
    public void NodesOfAnotherBoard_CountInNoShare()
    {
        RolloutPlan plan = Plan(20, 10, 1, stop: 0.2);
        IReadOnlyList<RolloutNode> offered = Offer(plan, TimeSpan.Zero);
        foreach (RolloutNode node in offered.Take(6))
        {
            node.Take(StateMessage.Create(reason: UpdateReason.OtherBoard, about: s_release.Id));
        }

        offered[6].Take(StateMessage.Create(reason: UpdateReason.Crashed, about: s_release.Id));
        plan.Step(TimeSpan.Zero);
        Assert.Equal("1 of 4 nodes offered so far failed; the limit is 20%", plan.StopReason);
    }

    [Fact]
    public void BoardOfAnotherRelease_LeavesNobodyOut()
    {
        RolloutPlan plan = Plan(1, 1, 1);
        plan.Nodes[0].Take(StateMessage.Create(reason: UpdateReason.OtherBoard, about: [.. Enumerable.Repeat((byte)7, 16)]));
        Assert.Single(Offer(plan, TimeSpan.Zero));
        Assert.False(plan.IsForNone);
    }

    [Fact]
    public void PatienceIsOver_OnlyNodesThatHadBegunCountAsFailed()
    {
        RolloutPlan plan = Plan(6, 5, 1, stop: 1);
        IReadOnlyList<RolloutNode> offered = Offer(plan, TimeSpan.FromHours(1));
        offered[1].Take(StateMessage.Create(phase: 2, delivery: s_release.Id));
        offered[2].Take(StateMessage.Create(phase: 3, delivery: s_release.Id));
        offered[3].Take(StateMessage.Create(phase: 4, delivery: s_release.Id));
        offered[4].Take(StateMessage.Create(reason: UpdateReason.Held, about: s_release.Id));
        Assert.Empty(plan.Step(TimeSpan.FromHours(3)));
        Assert.Single(plan.Step(TimeSpan.FromHours(3.01)));
        Assert.Equal([NodeOutcome.Offered, NodeOutcome.Silent, NodeOutcome.Complete, NodeOutcome.Silent, NodeOutcome.Held], offered.Select(node => node.Outcome));
        Assert.Equal(2, plan.Failed);
    }

    [Fact]
    public void ATriedAgainRelease_IsNoFailureMeanwhile_AndMayStillBeConfirmed()
    {
        RolloutPlan plan = Plan(1, 1, 1, stop: 1);
        RolloutNode node = plan.Nodes[0];
        node.Take(StateMessage.Create(phase: 4, reason: UpdateReason.NoBroker, about: s_release.Id, delivery: s_release.Id));
        plan.Step(TimeSpan.Zero);
        Assert.Equal(NodeOutcome.OnTrial, node.Outcome);
        node.Take(StateMessage.Create(reason: UpdateReason.NoBroker, about: s_release.Id));
        plan.Step(TimeSpan.Zero);
        Assert.Equal((NodeOutcome.WentBack, "no broker within the time"), (node.Outcome, node.Reason));
        Confirm(node);
        plan.Step(TimeSpan.Zero);
        Assert.Equal(NodeOutcome.Confirmed, node.Outcome);
    }

    [Fact]
    public void AReasonAboutAnotherRelease_IsNoResult()
    {
        RolloutPlan plan = Plan(1, 1, 1);
        plan.Nodes[0].Take(StateMessage.Create(reason: UpdateReason.Crashed, about: [.. Enumerable.Repeat((byte)7, 16)]));
        Assert.Single(Offer(plan, TimeSpan.Zero));
        Assert.Equal(0, plan.Failed);
    }

    /// <summary>What the broker keeps is enough: a new plan fed with it goes on where the old one was, in whatever order nodes are heard.</summary>
    [Fact]
    public void SenderStartedAgain_GoesOnWithTheSameWave()
    {
        RolloutPlan first = Plan(12, 1, 0.25);
        Confirm(Offer(first, TimeSpan.Zero)[0]);
        IReadOnlyList<RolloutNode> wave = Offer(first, TimeSpan.Zero);
        Confirm(wave[0]);

        var second = new RolloutPlan(s_release, 1, 0.25, 0.05, s_patience);
        foreach (RolloutNode known in first.Nodes.Reverse())
        {
            RolloutNode node = second.Node(known.Name);
            node.IsOffered = known.IsOffered;
            node.Take(known.State!);
        }

        Assert.Equal(first.Nodes.Select(node => node.Name), second.Nodes.Select(node => node.Name));
        Assert.Empty(second.Step(TimeSpan.Zero));
        Assert.Equal(4, second.Begun);
        Confirm(second.Node(wave[1].Name));
        Confirm(second.Node(wave[2].Name));
        Assert.Equal(3, second.Step(TimeSpan.Zero).Count);
    }

    private static NodeUpdateState InForce => StateMessage.Create(reason: UpdateReason.Confirmed, about: s_release.Id, inForce: s_release.Id, version: s_release.Manifest.Version);

    private static void Confirm(RolloutNode node) => node.Take(InForce);

    private static RolloutPlan Plan(int nodes, int canaries, double wave, double stop = 0.05)
    {
        var plan = new RolloutPlan(s_release, canaries, wave, stop, s_patience);
        for (int i = 0; i < nodes; i++)
        {
            plan.Node($"node-{i}").Take(StateMessage.Create());
        }

        plan.Step(TimeSpan.Zero);
        return plan;
    }

    private static IReadOnlyList<RolloutNode> Offer(RolloutPlan plan, TimeSpan now)
    {
        IReadOnlyList<RolloutNode> wave = plan.Step(now);
        foreach (RolloutNode node in wave)
        {
            (node.IsOffered, node.OfferedAt) = (true, now);
        }

        return wave;
    }
}
