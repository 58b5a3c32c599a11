using SensorNode.Interop.Tests.Mqtt;
using SensorNode.Tool;
using SensorNode.Tool.Emulate;
using Xunit;

namespace SensorNode.Interop.Tests.Node;

/// <summary>sensornode emulate in small: what firmware/docs/scaling.md shows with 500 nodes.</summary>
public class FleetTests
{
    [SkippableFact]
    public async Task TwentyNodes_SurviveTheEndOfTheirBroker()
    {
        using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        var session = new EmulateSession(new EmulateSettings
        {
            Nodes = 20,
            Broker = new BrokerAddress("127.0.0.1", broker.Port),
            Duration = TimeSpan.FromSeconds(40),
            Speed = 3,
            Group = "fleet",
        });
        var allOnline = new TaskCompletionSource();
        Task run = session.RunAsync(
            _ =>
            {
                if (session.Watch!.OnlineCount == 20)
                {
                    allOnline.TrySetResult();
                }
            },
            CancellationToken.None);
        await allOnline.Task.WaitAsync(TimeSpan.FromSeconds(25));
        broker.Kill();
        await Task.Delay(2000);
        await broker.StartAgainAsync();
        await run;
        Assert.Equal((20, 20, 1), (session.Watch!.BornCount, session.OnlineAtEnd, session.Watch.BrokerReturnCount));
        Assert.True(session.Watch.BirthCount >= 40, $"{session.Watch.BirthCount} births");
        Assert.Equal(20, session.Watch.ReconnectCount);
        Assert.Empty(session.Watch.Violations);
    }
}
