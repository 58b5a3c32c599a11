using SensorNode.Platform;

namespace SensorNode.Emulator;

/// <summary>One connection of an <see cref="InMemoryNetwork"/>: the node's stream and the endpoint's peer in one.</summary>
internal sealed class InMemoryConnection : INodeStream, IEndpointPeer
{
    private readonly NodeScheduler _scheduler;
    private readonly NodeProcess _process;
    private readonly InMemoryNetwork _network;
    private readonly ReceiveBuffer _received;
    private readonly DelayLane _toEndpoint;
    private readonly DelayLane _toNode;
    private IEndpointConnection? _endpoint;
    private bool _isClosedByNode;

    public InMemoryConnection(InMemoryNetwork network, NodePlatform platform)
    {
        _network = network;
        _process = platform.Process;
        _scheduler = platform.Scheduler;
        _received = new ReceiveBuffer(_process);
        _toEndpoint = new DelayLane(_scheduler, network);
        _toNode = new DelayLane(_scheduler, network);
        _process.RadioOff += Reset;
    }

    /// <inheritdoc/>
    public long NowNs => _scheduler.NowNs;

    /// <inheritdoc/>
    public bool IsOpen => !_isClosedByNode && !_process.IsOff && !_received.IsFinished;

    /// <inheritdoc/>
    public int AvailableCount => _received.Count;

    /// <summary>Asks the endpoint; the calling thread of the node waits for the answer.</summary>
    public bool Open(INetworkEndpoint endpoint)
    {
        var answered = new WaitQueue();
        bool isAnswered = false;
        _toEndpoint.Post(() =>
        {
            _endpoint = endpoint.Accept(this);
            _toNode.Post(() =>
            {
                isAnswered = true;
                _scheduler.WakeAll(answered);
            });
        });
        while (!isAnswered)
        {
            _scheduler.Wait(_process, [answered], NodeScheduler.Infinite);
        }

        return _endpoint != null;
    }

    /// <inheritdoc/>
    public int Read(Span<byte> buffer, long timeoutNs) => _isClosedByNode ? 0 : _received.Read(buffer, timeoutNs);

    /// <inheritdoc/>
    public bool Write(ReadOnlySpan<byte> buffer)
    {
        if (!IsOpen)
        {
            return false;
        }

        byte[] copy = buffer.ToArray();
        _toEndpoint.Post(() => _endpoint?.Received(copy));
        return true;
    }

    /// <inheritdoc/>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        byte[] copy = bytes.ToArray();
        _toNode.Post(() => _received.Add(copy));
    }

    /// <inheritdoc/>
    public void Schedule(long delayNs, Action action) => _scheduler.Post(delayNs, action);

    /// <summary>The node's side closes.</summary>
    void INodeStream.Close()
    {
        if (!_isClosedByNode)
        {
            _isClosedByNode = true;
            _process.RadioOff -= Reset;
            _received.Finish();
            _toEndpoint.Post(() => EndEndpoint(true));
        }
    }

    /// <summary>The endpoint's side closes.</summary>
    void IEndpointPeer.Close() => _toNode.Post(_received.Finish);

    /// <inheritdoc/>
    public void Dispose() => ((INodeStream)this).Close();

    /// <summary>The network breaks the connection.</summary>
    public void Reset() => _scheduler.Post(0, () =>
    {
        _process.RadioOff -= Reset;
        _received.Finish();
        EndEndpoint(false);
    });

    private void EndEndpoint(bool graceful)
    {
        IEndpointConnection? endpoint = _endpoint;
        _endpoint = null;
        endpoint?.Closed(graceful);
    }
}
