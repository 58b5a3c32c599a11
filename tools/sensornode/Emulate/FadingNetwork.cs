using SensorNode.Emulator;
using SensorNode.Platform;

namespace SensorNode.Tool.Emulate;

/// <summary>The computer's network as a node on a bad link sees it: from time to time nothing goes through, and open connections break.</summary>
/// <remarks>Threads: the node's and its timeline's only, so never two at a time.</remarks>
public sealed class FadingNetwork : INodeNetwork
{
    private static readonly long s_upNs = 120_000_000_000;
    private static readonly long s_downNs = 20_000_000_000;

    private readonly SocketNetwork _inner = new();
    private readonly List<INodeStream> _open = [];

    /// <inheritdoc/>
    public bool IsReachable => _inner.IsReachable;

    /// <summary>Starts to fade in and out on a timeline.</summary>
    public void StartFading(NodeScheduler scheduler) => scheduler.Post(s_upNs, () =>
    {
        _inner.IsReachable = false;
        _open.ForEach(stream => stream.Close());
        _open.Clear();
        scheduler.Post(s_downNs, () =>
        {
            _inner.IsReachable = true;
            StartFading(scheduler);
        });
    });

    /// <inheritdoc/>
    public string? Resolve(NodePlatform platform, string host) => _inner.Resolve(platform, host);

    /// <inheritdoc/>
    public INodeStream? Connect(NodePlatform platform, string host, int port)
    {
        INodeStream? stream = _inner.Connect(platform, host, port);
        if (stream != null)
        {
            _open.RemoveAll(former => !former.IsOpen);
            _open.Add(stream);
        }

        return stream;
    }
}
