using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using SensorNode.Emulator.Mqtt;
using SensorNode.Site;
using SensorNode.Sparkplug.Host;

namespace SensorNode.Tool.Provision;

/// <summary>Waits for one node's birth at the site's broker, with the tool's own certificate.</summary>
public sealed class BirthListener : IBirths
{
    private readonly MqttSubscriber _subscriber;
    private readonly string _topic;

    private BirthListener(MqttSubscriber subscriber, string topic)
    {
        _subscriber = subscriber;
        _topic = topic;
    }

    /// <summary>Connects to the first broker of the site that answers, and subscribes.</summary>
    /// <exception cref="SiteException">None answers, or the site has no identity for this tool.</exception>
    public static async Task<IBirths> ListenAsync(SiteFolder site, string group, string node, CancellationToken cancel)
    {
        X509Certificate2 identity = site.HostIdentity(SiteFolder.ToolHost) ?? throw new SiteException(
            $"{site.FileOf("hosts", SiteFolder.ToolHost, "host.crt")}: is not there, so the birth cannot be listened for; put host.crt and host.key for the user {AccessRules.HostPrefix}{SiteFolder.ToolHost} there, or use --no-birth");
        X509Certificate2Collection anchors = site.Anchors();
        string topic = new SparkplugTopic(group, SparkplugMessageType.NBirth, node, null).ToString();
        MqttException? last = null;
        foreach (BrokerName broker in BrokerName.ParseList(site.Settings.Broker))
        {
            try
            {
                MqttSubscriber subscriber = await MqttSubscriber.ConnectAsync(
                    new MqttSubscriberOptions
                    {
                        Host = broker.Host,
                        Port = broker.Port,
                        UseTls = true,
                        Authority = anchors[0],
                        MoreAuthorities = [.. anchors.Skip(1)],
                        ClientCertificate = identity,
                        ClientId = AccessRules.HostPrefix + SiteFolder.ToolHost,
                    },
                    cancel);
                await subscriber.SubscribeAsync(topic, 1, cancel);
                return new BirthListener(subscriber, topic);
            }
            catch (MqttException exception)
            {
                last = exception;
            }
        }

        throw new SiteException($"{last!.Message}; the birth of {node} could not be heard. Is the broker run with the files of site broker-config?");
    }

    /// <inheritdoc/>
    public async Task<bool> WaitAsync(TimeSpan limit, CancellationToken cancel)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        timeout.CancelAfter(limit);
        long began = Stopwatch.GetTimestamp();
        try
        {
            await foreach (MqttMessage message in _subscriber.Messages.ReadAllAsync(timeout.Token))
            {
                // A retained message would be an old one; births never are.
                if (message.Topic == _topic && !message.Retain)
                {
                    return true;
                }
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return false;
        }

        throw new SiteException($"the broker closed the connection {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s after the board was started");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _subscriber.DisposeAsync();
}
