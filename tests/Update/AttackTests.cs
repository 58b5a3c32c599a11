using System.Buffers.Binary;
using SensorNode.Release;
using SensorNode.Storage;
using Xunit;

namespace SensorNode.Update.Tests;

/// <summary>What somebody with access to the broker, or a sender gone wrong, can do: make the node ask and wait, no more.</summary>
public sealed class AttackTests
{
    private static readonly byte[] New = Releases.Small(2, 2);

    [Fact]
    public void WrongKey_IsRefused_BeforeAnythingIsWritten() => Refused(Releases.Pack(Releases.Content(2, 2), Releases.Payload(2, 600), isForeign: true), "signed with another key");

    [Fact]
    public void WrongProduct_IsRefused() => Refused(Releases.Pack(Releases.Content(2, 2) with { Product = "other" }, Releases.Payload(2, 600)), "for another product");

    [Fact]
    public void WrongBoard_IsRefused() => Refused(Releases.Pack(Releases.Content(2, 2) with { Board = "other" }, Releases.Payload(2, 600)), "for another board");

    [Fact]
    public void NewerBase_IsRefused() => Refused(Releases.Pack(Releases.Content(2, 2) with { BaseVersion = new Version(1, 1) }, Releases.Payload(2, 600)), "needs a newer Base");

    [Theory]
    [InlineData("mscorlib", "1.17.12.0")]
    [InlineData("mscorlib", "1.16.11.0")]
    [InlineData("System.Net", "1.11.60.0")]
    public void OtherPlatform_IsRefused(string name, string version) => Refused(
        Releases.Pack(Releases.Content(2, 2) with { Assemblies = [new PlatformAssembly(name, new Version(version), 1)] }, Releases.Payload(2, 600)), "built for another platform version");

    [Fact]
    public void LargerThanTheSlot_IsRefused() => Refused(Releases.Pack(Releases.Content(2, 2) with { ChunkBytes = 3072 }, Releases.Payload(2, FlashBudget.SlotSizeBytesMax + 1)), "larger than the slot");

    [Fact]
    public void ModelLargerThanItsSlot_IsRefused() =>
        Refused(Releases.Pack(Releases.Content(2, 2, ReleaseManifest.Model), Releases.Payload(2, UpdateLimits.ModelBytesMax + 1)), "larger than the slot", 1);

    [Fact]
    public void OlderCounter_IsRefused_WhateverItsVersion()
    {
        UpdatingNode node = TrialTests.Start();
        Refused(node, Releases.Small(9, 0), "security counter is lower", 0, requests: 0);

        // Also where the offer lies about it.
        Refused(node, Releases.Small(9, 0), "security counter is lower", 0, change: offer => offer[40] = 9);
    }

    [Fact]
    public void ReplayedOffer_OfAFormerRelease_IsRefused()
    {
        UpdatingNode node = TrialTests.Start();
        byte[] first = Releases.Small(2, 1);
        Assert.True(node.Update(first));
        Assert.True(node.Update(Releases.Small(3, 1)));
        Refused(node, first, "not newer", 0, requests: 0);
    }

    [Fact]
    public void ReplayedOffer_OfTheReleaseInForce_DoesNothing()
    {
        UpdatingNode node = TrialTests.Start();
        Assert.True(node.Update(New));
        int operations = node.Flash.OperationCount;
        int requests = node.Requests;
        for (int i = 0; i < 5; i++)
        {
            node.Offer(New);
            Assert.False(node.Run());
        }

        Assert.Equal((operations, requests), (node.Flash.OperationCount, node.Requests));
    }

    [Fact]
    public void SwappedChunks_AreNotStored() => Spoilt((request, reply, release) =>
    {
        int chunk = (Offset(request) - Releases.HeadBytes(release)) / 256;
        return chunk < 0 ? reply : [.. reply[..32], .. Releases.PayloadOf(release).AsSpan((1 - (chunk & 1)) * 256, reply.Length - 32 > 256 ? 256 : reply.Length - 32)];
    });

    [Fact]
    public void ChunksOfAnotherRelease_AreNotStored()
    {
        byte[] other = Releases.Small(7, 7);
        Spoilt((request, reply, release) => Offset(request) < Releases.HeadBytes(release) ? reply : [.. reply[..32], .. other.AsSpan(Offset(request), reply.Length - 32)]);
    }

    [Fact]
    public void TruncatedChunks_AreDropped() => Spoilt((request, reply, release) => Offset(request) < Releases.HeadBytes(release) ? reply : reply[..^1]);

    [Fact]
    public void TruncatedChunksThatSaySo_AreDropped() => Spoilt((request, reply, release) =>
    {
        byte[] shorter = reply[..^1];
        BinaryPrimitives.WriteInt16LittleEndian(shorter.AsSpan(6), (short)(shorter.Length - 32));
        return Offset(request) < Releases.HeadBytes(release) ? reply : shorter;
    });

    [Fact]
    public void OversizedChunks_AreDropped() => Spoilt((request, reply, release) => Offset(request) < Releases.HeadBytes(release) ? reply : [.. reply, .. new byte[1000]]);

    [Fact]
    public void EndlessChunks_ThatNobodyAskedFor_ChangeNothing()
    {
        UpdatingNode node = TrialTests.Start();
        node.Spoil = (request, reply) =>
        {
            for (int i = 0; i < 200; i++)
            {
                byte[] late = (byte[])reply.Clone();
                late[28]++;
                node.Agent.TakeReply(late, node.NowMs);
                byte[] elsewhere = (byte[])reply.Clone();
                elsewhere[25]++;
                node.Agent.TakeReply(elsewhere, node.NowMs);
            }

            node.Agent.TakeReply(reply, node.NowMs);
            for (int i = 0; i < 200; i++)
            {
                // The same again, after it was taken.
                node.Agent.TakeReply(reply, node.NowMs);
            }

            return null;
        };
        Assert.True(node.Update(New));
        Assert.Equal(Releases.PayloadOf(New), node.Running);
    }

    [Fact]
    public void SignatureOverAnotherManifest_IsRefused()
    {
        byte[] other = Releases.Small(3, 2);
        int manifest = Releases.ManifestBytes(New);
        byte[] forged = [.. New[..manifest], .. other[Releases.ManifestBytes(other)..Releases.HeadBytes(other)], .. Releases.PayloadOf(New)];
        Refused(forged, "signature is wrong");
    }

    [Fact]
    public void ChangedManifest_IsRefused()
    {
        byte[] changed = (byte[])New.Clone();
        changed[52] = 200;
        Refused(changed, "signature is wrong");
    }

    [Fact]
    public void HeadOfAnotherRelease_IsRefused()
    {
        byte[] other = Releases.Small(3, 2);
        UpdatingNode node = TrialTests.Start();
        node.Spoil = (request, reply) => Offset(request) < Releases.HeadBytes(New) ? [.. reply[..32], .. other.AsSpan(Offset(request), reply.Length - 32)] : reply;
        Refused(node, New, "not what was offered", 0);
    }

    [Fact]
    public void OfferThatDoesNotFitItsRelease_IsRefused()
    {
        UpdatingNode node = TrialTests.Start();
        Refused(node, New, "not what was offered", 0, change: offer => BinaryPrimitives.WriteInt32LittleEndian(offer.AsSpan(24), New.Length - 1));
    }

    [Theory]
    [InlineData(6, 2)]
    [InlineData(34, 3)]
    [InlineData(40, 9)]
    public void OfferThatLiesAboutClassVersionOrCounter_IsRefused(int offset, byte value)
    {
        UpdatingNode node = TrialTests.Start();
        Refused(node, New, "not what was offered", 0, change: offer => offer[offset] = value);

        // An offer that tells the truth is another one, and is followed at once.
        Assert.True(node.Update(New));
    }

    [Fact]
    public void SettingSecurity_IsNotBypassed_ByAnOfferThatLies_AtAnyStage()
    {
        byte[] feature = Releases.Pack(Releases.Content(2, 2), Releases.Payload(2, 20 * 256));
        foreach (int phase in (int[])[SlotState.Nothing, SlotState.Filling, SlotState.Complete])
        {
            UpdatingNode node = TrialTests.Start();
            byte[] before = node.Running!;
            if (phase != SlotState.Nothing)
            {
                int asked = 0;
                node.Spoil = (_, reply) => phase == SlotState.Filling && ++asked > 12 ? null : reply;
                node.Agent.IsBusy = true;
                node.Offer(feature);
                node.Run(limitMs: 30_000);
                Assert.Equal(phase, node.Application.State.Phase);
                node.ForgetOffers();
                node.Spoil = (_, reply) => reply;
            }

            Assert.Null(node.Configuration.TrySet(Configuration.ConfigurationKey.UpdateMode, "security"));
            node.PowerOn();
            Assert.Equal(before, node.Running);
            Refused(node, feature, "not what was offered", 0, change: offer => offer[6] = ReleaseManifest.Security);
            node.PowerOn();
            Assert.Equal(before, node.Running);
        }
    }

    [Fact]
    public void BusyNode_IsNotHurried_ByAnOfferThatLies()
    {
        UpdatingNode node = TrialTests.Start();
        node.Agent.IsBusy = true;
        node.Offer(New);
        node.Run(limitMs: 30_000);
        node.Offer(New, offer => offer[6] = ReleaseManifest.Security);
        Assert.False(node.Run(limitMs: 7_000_000));
        node.Offer(New);
        node.Agent.IsBusy = false;
        Assert.True(node.Run());
    }

    [Fact]
    public void SlotFilledByAnotherHand_IsNotStarted()
    {
        UpdatingNode node = TrialTests.Start();
        byte[] before = node.Running!;
        node.Offer(New);
        Assert.True(node.Run());
        node.Flash.Content(node.Application.FileOf(node.Application.State.Pending))[3] ^= 1;
        node.Boot();
        Assert.Equal(before, node.Running);
        Assert.Equal(UpdateReason.Damaged, node.Application.State.Reason);
    }

    [Fact]
    public void NoKeyOnTheNode_RefusesEverything()
    {
        UpdatingNode node = TrialTests.Start();
        node.Flash.Plant(TrustedKeys.FileName, null!);
        Refused(node, New, "no release key on this node", 0);
    }

    [Fact]
    public void TwoKeysOnTheNode_BothCount()
    {
        UpdatingNode node = TrialTests.Start();
        node.Flash.Plant(TrustedKeys.FileName, [.. Releases.ForeignKeyFile, .. Releases.KeyFile]);
        Assert.True(node.Update(New));
        Assert.True(node.Update(Releases.Pack(Releases.Content(3, 2), Releases.Payload(3, 600), isForeign: true)));
    }

    [Fact]
    public void SenderThatIsAway_IsAskedLessAndLess()
    {
        UpdatingNode node = TrialTests.Start();
        node.Spoil = (_, _) => null;
        node.Offer(New);
        int before = node.Requests;
        node.Run(limitMs: 86_400_000);
        Assert.InRange(node.Requests - before, 80, 110);
        node.Spoil = (_, reply) => reply;
        node.Agent.NoteConnected(node.NowMs);
        Assert.True(node.Update(New));
    }

    [Fact]
    public void SettingHold_FetchesNothing_AndSecurityFetchesOnlySecurity()
    {
        UpdatingNode node = TrialTests.Start();
        Assert.Null(node.Configuration.TrySet(Configuration.ConfigurationKey.UpdateMode, "hold"));
        Refused(node, New, "held by update.mode", 0, requests: 0);
        Assert.Null(node.Configuration.TrySet(Configuration.ConfigurationKey.UpdateMode, "security"));
        Refused(node, New, "held by update.mode", 0, requests: 0);
        Assert.True(node.Update(Releases.Pack(Releases.Content(2, 2) with { Class = ReleaseManifest.Security }, Releases.Payload(2, 600))));
        Assert.Null(node.Configuration.TrySet(Configuration.ConfigurationKey.UpdateMode, "auto"));
        Assert.True(node.Update(Releases.Small(3, 2)));
    }

    [Fact]
    public void BusyNode_RestartsWhenItIsQuiet_OrAfterADay_OrAnHourForSecurity()
    {
        foreach ((int kind, long limitMs) in ((int, long)[])[(ReleaseManifest.Feature, 86_400_000), (ReleaseManifest.Security, 3_600_000)])
        {
            UpdatingNode node = TrialTests.Start();
            node.Agent.IsBusy = true;
            node.Offer(Releases.Pack(Releases.Content(2, 2) with { Class = kind }, Releases.Payload(2, 600)));
            Assert.False(node.Run(limitMs: limitMs - 100_000));
            Assert.True(node.Run(limitMs: 400_000));
        }

        UpdatingNode quiet = TrialTests.Start();
        quiet.Agent.IsBusy = true;
        quiet.Offer(New);
        Assert.False(quiet.Run());
        quiet.Agent.IsBusy = false;
        Assert.True(quiet.Run());
    }

    [Fact]
    public void WithdrawnBeforeItsFirstStart_IsNotStarted()
    {
        UpdatingNode node = TrialTests.Start();
        byte[] before = node.Running!;
        node.Agent.IsBusy = true;
        node.Offer(New);
        node.Run();
        Assert.Equal(SlotState.Complete, node.Application.State.Phase);
        node.Agent.TakeOffer(0, true, []);
        node.ForgetOffers();
        node.Boot();
        Assert.Equal(before, node.Running);
        Assert.Equal(UpdateReason.Withdrawn, node.Application.State.Reason);
        Assert.True(node.Update(New));
    }

    /// <summary>A broker says nothing of an offer that it no longer keeps.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WithdrawnWhileTheNodeWasAway_IsNotStarted(bool sleepsDeeply)
    {
        UpdatingNode node = TrialTests.Start();
        byte[] before = node.Running!;
        node.Agent.IsBusy = true;
        node.Offer(New);
        node.Run(limitMs: 100_000);
        Assert.Equal(SlotState.Complete, node.Application.State.Phase);
        node.Agent.NoteDisconnected();
        node.ForgetOffers();
        if (sleepsDeeply)
        {
            node.WakeFromDeepSleep(600_000);
            node.Agent.IsBusy = true;
        }
        else
        {
            node.Agent.NoteConnected(node.NowMs);
        }

        node.Run(limitMs: 20_000);
        Assert.Equal(UpdateReason.Withdrawn, node.Application.State.Reason);
        node.Boot();
        Assert.Equal(before, node.Running);
        Assert.True(node.Update(New));
    }

    /// <summary>One that the broker still keeps is heard again, and nothing is fetched twice.</summary>
    [Fact]
    public void OfferHeardAgainAfterABreak_GoesOn()
    {
        UpdatingNode node = TrialTests.Start();
        node.Agent.IsBusy = true;
        node.Offer(New);
        node.Run(limitMs: 100_000);
        int requests = node.Requests;
        node.Agent.NoteDisconnected();
        node.Agent.NoteConnected(node.NowMs);
        node.Agent.TakeOffer(0, true, Releases.Offer(New));
        node.Run(limitMs: 20_000);
        Assert.Equal(SlotState.Complete, node.Application.State.Phase);
        Assert.Equal(requests, node.Requests);
    }

    [Fact]
    public void Resume_AsksOnlyForWhatIsMissing()
    {
        byte[] large = Releases.Pack(Releases.Content(2, 2), Releases.Payload(2, 20 * 256));
        UpdatingNode node = TrialTests.Start();
        int asked = 0;
        node.Spoil = (request, reply) => ++asked > 12 ? null : reply;
        node.Offer(large);
        node.Run(limitMs: 20_000);
        node.PowerOn();
        int before = node.Requests;
        node.Spoil = (_, reply) => reply;
        Assert.True(node.Update(large));
        Assert.InRange(node.Requests - before, 8, 12);
    }

    [Fact]
    public void RandomMessages_AreSurvived()
    {
        UpdatingNode node = TrialTests.Start();
        var random = new Random(12);
        byte[] good = Releases.Offer(New);
        for (int i = 0; i < 200_000; i++)
        {
            byte[] offer = (byte[])good.Clone();
            for (int n = random.Next(4); n >= 0; n--)
            {
                offer[random.Next(offer.Length)] = (byte)random.Next(256);
            }

            offer = offer[..random.Next(8, offer.Length + 1)];
            node.Agent.TakeOffer(random.Next(2), random.Next(2) == 0, offer);
            byte[] request = node.Agent.Step(node.NowMs + (i * 1000L));
            byte[] reply = new byte[random.Next(200)];
            random.NextBytes(reply);
            if (request != null && random.Next(2) == 0)
            {
                reply = [.. "SNRP"u8, 1, (byte)random.Next(5), request[6], request[7], .. request[8..32], .. new byte[BinaryPrimitives.ReadUInt16LittleEndian(request.AsSpan(6))]];
                random.NextBytes(reply.AsSpan(32));
            }

            node.Agent.TakeReply(reply, node.NowMs + (i * 1000L));
            node.Agent.TakeState(i & 1, i * 1000L);
        }

        Assert.Equal(SlotState.Nothing, node.Application.State.Phase);
    }

    private static int Offset(byte[] request) => BinaryPrimitives.ReadInt32LittleEndian(request.AsSpan(24));

    private static void Refused(byte[] release, string reason, int kind = 0) => Refused(TrialTests.Start(), release, reason, kind);

    /// <summary>Refused for that reason, with nothing written and what ran still in force.</summary>
    private static void Refused(UpdatingNode node, byte[] release, string reason, int kind, int requests = 2, Action<byte[]>? change = null)
    {
        int operations = node.Flash.OperationCount;
        int before = node.Requests;
        node.Offer(release, change);
        Assert.False(node.Run(limitMs: 3_000_000));
        Assert.Equal(reason, node.Agent.ReasonText(kind));
        Assert.Equal(operations, node.Flash.OperationCount);
        Assert.InRange(node.Requests - before, 0, requests);
        node.ForgetOffers();
    }

    /// <summary>Spoilt chunks are never stored, are asked for again at a polite pace, and the release arrives once they are right.</summary>
    private static void Spoilt(Func<byte[], byte[], byte[], byte[]?> spoil)
    {
        UpdatingNode node = TrialTests.Start();
        node.Spoil = (request, reply) => spoil(request, reply, New);
        node.Offer(New);
        int before = node.Requests;
        Assert.False(node.Run(limitMs: 3_600_000));
        Assert.InRange(node.Requests - before, 2, 15);
        Assert.True(node.Flash.Length(node.Application.FileOf(node.Application.State.Pending)) <= 0);
        node.Spoil = (_, reply) => reply;
        Assert.True(node.Update(New));
    }
}
