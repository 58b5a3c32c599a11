using System.Security.Cryptography.X509Certificates;
using SensorNode.Emulator.Mqtt;
using SensorNode.Sparkplug.Host;

namespace SensorNode.Tool.Emulate;

/// <summary>One run of sensornode emulate: nodes, a broker, and a host that watches and checks.</summary>
public sealed class EmulateSession(EmulateSettings settings)
{
    private const double PowerCutSeconds = 300;
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(3);

    /// <summary>What the host knows, and what was wrong.</summary>
    public SparkplugHost Host { get; } = new();

    /// <summary>Bytes of payload and topics that the host received.</summary>
    public long ByteCount { get; private set; }

    /// <summary>Power cuts made.</summary>
    public int PowerCutCount { get; private set; }

    /// <summary>Counters of the embedded broker after the run; null with a real one.</summary>
    public BrokerStatistics? Statistics { get; private set; }

    /// <summary>Nodes online now.</summary>
    public int OnlineCount => Host.Nodes.Values.Count(node => node.IsOnline);

    /// <summary>Runs for the time asked for, or until it is cancelled; then takes the nodes' power and waits for their deaths.</summary>
    /// <param name="tick">Called about four times a second with the time gone.</param>
    /// <param name="cancel">Ends early, in good order.</param>
    public async Task RunAsync(Action<TimeSpan> tick, CancellationToken cancel)
    {
        BrokerCore? core = settings.Broker == null ? MakeBroker() : null;
        await using BrokerServer? server = core == null ? null : new BrokerServer(core);
        string host = settings.Broker?.Host ?? "127.0.0.1";
        int port = server?.Port ?? settings.Port;
        await using MqttSubscriber subscriber = await ConnectAsync(host, port, cancel);
        using var fleet = new NodeFleet(settings, host, port, DateTime.UtcNow);
        fleet.Start();

        DateTime begin = DateTime.UtcNow;
        double powerCutRealSeconds = PowerCutSeconds / settings.Speed;
        while (DateTime.UtcNow - begin < settings.Duration && !cancel.IsCancellationRequested)
        {
            Take(subscriber);
            TimeSpan gone = DateTime.UtcNow - begin;
            if (settings.Faults.Contains(NodeFault.Power) && gone.TotalSeconds > (PowerCutCount + 1) * powerCutRealSeconds)
            {
                fleet.CutPower(PowerCutCount++);
            }

            tick(gone);
            await Task.Delay(250, CancellationToken.None);
        }

        fleet.Stop();
        for (DateTime end = DateTime.UtcNow + s_farewell; DateTime.UtcNow < end && OnlineCount > 0; await Task.Delay(50, CancellationToken.None))
        {
            Take(subscriber);
        }

        Statistics = core?.ReadStatistics();
    }

    private BrokerCore MakeBroker()
    {
        var faults = new BrokerFaults();
        faults.AddScript(settings.BrokerFaults);
        return new BrokerCore(faults: faults);
    }

    private async Task<MqttSubscriber> ConnectAsync(string host, int port, CancellationToken cancel)
    {
        try
        {
            MqttSubscriber subscriber = await MqttSubscriber.ConnectAsync(
                new MqttSubscriberOptions
                {
                    Host = host,
                    Port = port,
                    UseTls = settings.UseTls,
                    Authority = settings.AuthorityFile == null ? null : X509Certificate2.CreateFromPem(File.ReadAllText(settings.AuthorityFile)),
                    ClientCertificate = settings.CertificateFile == null ? null : X509Certificate2.CreateFromPemFile(settings.CertificateFile, settings.KeyFile),
                },
                cancel);
            await subscriber.SubscribeAsync($"{SparkplugTopic.NameSpace}/{settings.Group}/#", 1, cancel);
            return subscriber;
        }
        catch (MqttException exception)
        {
            throw new ToolException(exception.Message);
        }
    }

    private void Take(MqttSubscriber subscriber)
    {
        while (subscriber.Messages.TryRead(out MqttMessage? message))
        {
            ByteCount += message.Topic.Length + message.Payload.Length;
            Host.Receive(message.Topic, message.Payload, message.QualityOfService, message.Retain);
        }

        if (subscriber.Ended is { } ended)
        {
            throw new ToolException(ended.Message);
        }
    }
}
