using SensorNode.Emulator;
using SensorNode.Emulator.Mqtt;
using SensorNode.Platform;

namespace SensorNode.Tool.Demo;

/// <summary>The broker of the demo: embedded, with the node in process and subscribers over TCP; or a real one that was named.</summary>
public sealed class EmbeddedBroker : IDisposable
{
    private readonly BrokerServer? _server;
    private readonly InMemoryNetwork? _network;

    /// <param name="broker">A real broker, or null.</param>
    public EmbeddedBroker(BrokerAddress? broker)
    {
        if (broker != null)
        {
            Host = broker.Host;
            Port = broker.Port ?? 1883;
            HostForNode = Host;
            Network = new SocketNetwork();
            return;
        }

        Core = new BrokerCore(new BrokerOptions());
        _server = new BrokerServer(Core);
        Host = "127.0.0.1";
        HostForNode = "broker.demo";
        Port = _server.Port;
        _network = new InMemoryNetwork().Add(HostForNode, Port, new EndpointBroker(Core));
        Network = _network;
    }

    /// <summary>The embedded broker; null with a real one.</summary>
    public BrokerCore? Core { get; }

    /// <summary>Where subscribers find it.</summary>
    public string Host { get; }

    /// <summary>Its name for the node.</summary>
    public string HostForNode { get; }

    /// <summary>TCP port.</summary>
    public int Port { get; }

    /// <summary>The node's way to it.</summary>
    public INodeNetwork Network { get; }

    /// <summary>How to subscribe.</summary>
    public MqttSubscriberOptions SubscriberOptions => new() { Host = Host, Port = Port };

    /// <summary>Lets the embedded broker notice that a node without power is gone, without waiting for one and a half keep-alives of its time.</summary>
    /// <param name="world">The node's world, at rest.</param>
    public void NoticeLoss(NodeWorld world)
    {
        if (_network != null)
        {
            _network.ResetAll();
            world.RunFor(TimeSpan.FromMilliseconds(10));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _server?.DisposeAsync().AsTask().Wait();
}
