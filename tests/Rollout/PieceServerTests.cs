using SensorNode.Tool.Demo.Update;
using SensorNode.Update;
using Xunit;

namespace SensorNode.Rollout.Tests;

/// <summary>Offers and replies, checked with the node's own sources.</summary>
public class PieceServerTests
{
    private static readonly byte[] s_file = [.. Enumerable.Range(0, 4000).Select(i => (byte)i)];
    private static readonly RolloutRelease s_release = new DemoReleases().Model(s_file, "1.2.3");
    private static readonly TimeSpan s_start = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3600, 3600)]
    [InlineData(9999, 3600)]
    public void Offer_IsOneForTheNode(int spread, int expected)
    {
        byte[] offer = s_release.Offer(spread);
        Assert.True(UpdateMessages.IsOffer(offer, ReleaseManifest.Model));
        Assert.Equal(expected, UpdateMessages.Spread(offer));
        Assert.True(s_release.IsOffer(offer));
        Assert.False(new DemoReleases().Model(s_file, "1.2.3").IsOffer(offer));
    }

    [Fact]
    public void EveryPiece_AnswersTheNodesRequest_AndTogetherTheyAreTheFile()
    {
        var server = new PieceServer(s_release, 1e6);
        var all = new List<byte>();
        for (int offset = 0, tag = 77; offset < s_release.Length; offset += 1000, tag++)
        {
            int wanted = Math.Min(1000, s_release.Length - offset);
            byte[] request = UpdateMessages.Request(s_release.Offer(0), offset, wanted, tag);
            (byte[] reply, TimeSpan delay) = server.Answer(request, s_start)!.Value;
            Assert.Equal(TimeSpan.Zero, delay);
            Assert.True(UpdateMessages.Answers(reply, request, out int status, out int count));
            Assert.Equal((0, wanted), (status, count));
            all.AddRange(reply[32..]);
        }

        Assert.Equal(s_file, all[^s_file.Length..]);
        Assert.Equal((s_release.Length, (s_release.Length + 999) / 1000), (server.Bytes, server.Pieces));
    }

    [Theory]
    [InlineData(0, 'X')]
    [InlineData(4, 2)]
    [InlineData(5, 3)]
    [InlineData(7, 0x0C)]
    [InlineData(8, 0)]
    public void AnythingElse_GetsNoAnswer(int offset, int value)
    {
        var server = new PieceServer(s_release, 1e6);
        byte[] request = UpdateMessages.Request(s_release.Offer(0), 0, 100, 1);
        Assert.NotNull(server.Answer(request, s_start));
        Assert.Null(server.Answer(request[..31], s_start));
        Assert.Null(server.Answer([.. request, 0], s_start));
        Assert.Null(server.Answer([], s_start));
        request[offset] = request[offset] == (byte)value ? (byte)(value + 1) : (byte)value;
        Assert.Null(server.Answer(request, s_start));
        Assert.Equal(4, server.Ignored);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(int.MinValue, 3072)]
    [InlineData(int.MaxValue, 3072)]
    public void BytesThatAreNotThere_AreSaidNotToBe(int offset, int count)
    {
        byte[] request = UpdateMessages.Request(s_release.Offer(0), offset, count, 1);
        (byte[] reply, _) = new PieceServer(s_release, 1e6).Answer(request, s_start)!.Value;
        Assert.True(UpdateMessages.Answers(reply, request, out int status, out _));
        Assert.Equal(2, status);
    }

    [Fact]
    public void AboveItsRate_ItWaits_ThenTellsNodesToComeLater_AndRecovers()
    {
        var server = new PieceServer(s_release, 1000);
        byte[] request = UpdateMessages.Request(s_release.Offer(0), 0, 1000, 1);
        TimeSpan[] delays = new TimeSpan[13];
        for (int i = 0; i < delays.Length; i++)
        {
            delays[i] = server.Answer(request, s_start)!.Value.Delay;
        }

        Assert.All(delays[..8], delay => Assert.Equal(TimeSpan.Zero, delay));
        Assert.Equal(4.808, delays[12].TotalSeconds, 3);
        (byte[] later, _) = server.Answer(request, s_start)!.Value;
        Assert.True(UpdateMessages.Answers(later, request, out int status, out int seconds));
        Assert.Equal((UpdateMessages.StatusLater, 6, 1L), (status, seconds, server.PutOff));
        Assert.Equal(TimeSpan.Zero, server.Answer(request, s_start + TimeSpan.FromSeconds(6))!.Value.Delay);
        Assert.Equal(14, server.Pieces);
    }

    [Fact]
    public void RandomBytes_NeverThrow()
    {
        var random = new Random(5);
        var server = new PieceServer(s_release, 1e6);
        byte[] request = UpdateMessages.Request(s_release.Offer(0), 0, 100, 1);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = [.. request];
            bytes[random.Next(32)] = (byte)random.Next(256);
            bytes[random.Next(32)] = (byte)random.Next(256);
            server.Answer(bytes, s_start);
            byte[] state = StateMessage.Bytes();
            random.NextBytes(state.AsSpan(random.Next(96)));
            _ = NodeUpdateState.Parse(state);
        }
    }
}
