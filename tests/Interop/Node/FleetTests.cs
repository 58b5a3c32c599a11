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
            Duration = TimeSpan.FromMinutes(10),
            Speed = 3,
            Group = "fleet",
        });
        using var end = new CancellationTokenSource();
        var allOnline = new TaskCompletionSource();
        Task run = session.RunAsync(
            _ =>
            {
                FleetWatch watch = session.Watch!;
                if (watch.OnlineCount == 20)
                {
                    allOnline.TrySetResult();
                }

                // Back at the broker, and so far that reconnects were told of.
                if (watch.BrokerReturnCount > 0 && watch.OnlineCount == 20 && watch.ReconnectCount >= 20)
                {
                    end.Cancel();
                }
            },
            end.Token);
        await Task.WhenAny(allOnline.Task, run);
        broker.Kill();
        await Task.Delay(2000);
        await broker.StartAgainAsync();
        await run;
        Assert.Equal(20, session.Watch!.BornCount);
        Assert.True(end.IsCancellationRequested, $"{session.Watch.ReconnectCount} reconnects");
        Assert.True(session.Watch.BirthCount >= 40, $"{session.Watch.BirthCount} births");
        Assert.Empty(session.Watch.Violations);
    }
}
