namespace SensorNode.Emulator.Mqtt;

/// <summary>One connection to the broker, a state machine without input or output of its own: bytes in, bytes out through an <see cref="IBrokerTransport"/>.</summary>
/// <remarks>
/// Way in:  bytes, a slow-read fault, packets, packet faults, <see cref="BrokerPacketHandler"/>. Way out: packet, packet faults, transport.
/// Threads: <see cref="Received"/> and <see cref="Closed"/> from any thread; they take the broker's lock.
/// </remarks>
public sealed class BrokerConnection
{
    private const int SlowStepMs = 100;

    private readonly BrokerCore _core;
    private readonly IBrokerTransport _transport;
    private readonly MqttFrameReader _reader;
    private readonly BrokerFaultGate _gate;
    private readonly Queue<byte> _slowBytes = new();
    private readonly Queue<(MqttFrame Frame, IReadOnlyList<BrokerFault> Faults, long DueMs)> _heldIn = new();
    private readonly Queue<(byte[] Bytes, bool Closes, long DueMs)> _heldOut = new();
    private IReadOnlyList<BrokerFault>? _arriving;
    private int _slowBytesPerSecond;
    private long _lastPacketMs;
    private bool _isMuted;

    internal BrokerConnection(BrokerCore core, int number, string peerName, IBrokerTransport transport)
    {
        _core = core;
        _transport = transport;
        _reader = new MqttFrameReader(core.Options.PacketBytesMax);
        _gate = new BrokerFaultGate(core.Faults, number);
        Number = number;
        PeerName = peerName;
    }

    /// <summary>Counts from 1 over the broker's life.</summary>
    public int Number { get; }

    /// <summary>Where the client is, for messages.</summary>
    public string PeerName { get; }

    /// <summary>Client id, or null before CONNECT.</summary>
    public string? ClientId => Session?.ClientId;

    /// <summary>True once either side has closed.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Why the connection was closed, or null while it is open.</summary>
    public string? CloseReason { get; private set; }

    /// <summary>Bytes taken in but held back by a slow-read fault. A transport that can should stop reading while there are many.</summary>
    public int UnprocessedBytes => _slowBytes.Count;

    internal BrokerSession? Session { get; set; }

    internal MqttMessage? Will { get; set; }

    internal long UnsentBytes => _transport.UnsentBytes;

    internal string Name => ClientId == null ? $"#{Number} ({PeerName})" : $"#{Number} '{ClientId}' ({PeerName})";

    /// <summary>Bytes have arrived from the client.</summary>
    /// <param name="bytes">Valid during the call only.</param>
    public void Received(ReadOnlySpan<byte> bytes)
    {
        using BrokerCore.Entry entry = _core.Enter();
        if (IsClosed)
        {
            return;
        }

        _core.Statistics.BytesReceived += bytes.Length;
        if (_slowBytesPerSecond == 0)
        {
            Take(bytes);
            return;
        }

        bool wasIdle = _slowBytes.Count == 0;
        foreach (byte b in bytes)
        {
            _slowBytes.Enqueue(b);
        }

        if (wasIdle)
        {
            After(SlowStepMs, TakeSlowly);
        }
    }

    /// <summary>The client has closed the connection, or it was lost.</summary>
    /// <param name="reason">For the log.</param>
    public void Closed(string reason)
    {
        using BrokerCore.Entry entry = _core.Enter();
        if (!IsClosed)
        {
            Close(reason, closesTransport: false);
        }
    }

    internal void Open()
    {
        _slowBytesPerSecond = _gate.SlowBytesPerSecond();
        After(_core.Options.ConnectTimeoutMs, () =>
        {
            if (Session == null)
            {
                CloseAtFault($"no CONNECT within {_core.Options.ConnectTimeoutMs} ms");
            }
        });
    }

    internal void StartKeepAlive(int seconds)
    {
        if (seconds > 0)
        {
            WatchKeepAlive(seconds, seconds * 1_500L);
        }
    }

    internal void SendPublish(PublishPacket packet)
    {
        _core.Statistics.MessagesSent++;
        Send(MqttPacketType.Publish, packet.ToBytes());
    }

    internal void Send(MqttPacketType type, byte[] bytes)
    {
        if (IsClosed || _isMuted)
        {
            return;
        }

        BrokerFaultGate.Outgoing plan = _gate.PlanOutgoing(ClientId, type, bytes);
        foreach (byte[] copy in plan.Packets)
        {
            Emit(copy, plan.DelayMs, closes: false);
        }

        if (plan.Closes)
        {
            _isMuted = true;
            Emit([], plan.DelayMs, closes: true);
        }

        if (plan.Restart != null)
        {
            BrokerFault restart = plan.Restart;
            _core.Defer(() => _core.RestartNow(restart.KeepsSessions, _transport.NowMs + restart.DelayMs));
        }
    }

    internal void CloseAtFault(string reason)
    {
        _core.Statistics.ConnectionsAtFault++;
        Close(reason, closesTransport: true);
    }

    internal void Close(string reason, bool closesTransport)
    {
        if (IsClosed)
        {
            return;
        }

        IsClosed = true;
        CloseReason = reason;
        _slowBytes.Clear();
        _heldIn.Clear();
        _heldOut.Clear();
        _core.Ended(this);
        if (closesTransport)
        {
            _transport.Close();
        }
    }

    internal long NowMs => _transport.NowMs;

    private void Take(ReadOnlySpan<byte> bytes)
    {
        _reader.Append(bytes);
        while (!IsClosed && !_isMuted)
        {
            // What happens to a packet is decided at its first byte, so that a cut can come before its last.
            if (_arriving == null && _reader.PendingType is { } type)
            {
                _arriving = _gate.StrikeIncoming(ClientId, type);
            }

            if (_reader.TryRead(out MqttFrame frame))
            {
                IReadOnlyList<BrokerFault> faults = _arriving!;
                _arriving = null;
                _lastPacketMs = _transport.NowMs;
                Arrived(frame, faults);
                continue;
            }

            if (_reader.Fault != null)
            {
                CloseAtFault($"malformed packet: {_reader.Fault}");
            }
            else if (_arriving != null && BrokerFaultGate.CutAfter(_arriving) is { } cutAfter && _reader.PendingBytes >= cutAfter)
            {
                Close($"fault script: cut after byte {cutAfter} of {_reader.PendingType}", closesTransport: true);
            }

            return;
        }
    }

    private void TakeSlowly()
    {
        var step = new byte[Math.Min(_slowBytes.Count, Math.Max(1, _slowBytesPerSecond * SlowStepMs / 1000))];
        for (int i = 0; i < step.Length; i++)
        {
            step[i] = _slowBytes.Dequeue();
        }

        Take(step);
        if (_slowBytes.Count > 0)
        {
            After(SlowStepMs, TakeSlowly);
        }
    }

    private void Arrived(MqttFrame frame, IReadOnlyList<BrokerFault> faults)
    {
        if (BrokerFaultGate.CutAfter(faults) is { } cutAfter && cutAfter < frame.TotalBytes)
        {
            Close($"fault script: cut after byte {cutAfter} of {frame.Type}", closesTransport: true);
            return;
        }

        long delayMs = BrokerFaultGate.DelayOf(faults);
        if (delayMs == 0 && _heldIn.Count == 0)
        {
            Handle(frame, faults);
            return;
        }

        long dueMs = Math.Max(_transport.NowMs + delayMs, _heldIn.Count > 0 ? _heldIn.Last().DueMs : 0);
        _heldIn.Enqueue((frame, faults, dueMs));
        After(dueMs - _transport.NowMs, () =>
        {
            while (_heldIn.Count > 0 && _heldIn.Peek().DueMs <= _transport.NowMs && !IsClosed)
            {
                (MqttFrame held, IReadOnlyList<BrokerFault> heldFaults, _) = _heldIn.Dequeue();
                Handle(held, heldFaults);
            }
        });
    }

    private void Handle(MqttFrame frame, IReadOnlyList<BrokerFault> faults)
    {
        bool isCut = BrokerFaultGate.CutAfter(faults) != null;
        _isMuted |= isCut;
        if (!BrokerFaultGate.IsDropped(faults))
        {
            _core.Handler.Handle(this, frame);
        }

        if (isCut)
        {
            Close($"fault script: cut after the whole {frame.Type}", closesTransport: true);
        }

        if (BrokerFaultGate.RestartOf(faults) is { } restart)
        {
            _core.Defer(() => _core.RestartNow(restart.KeepsSessions, _transport.NowMs + restart.DelayMs));
        }
    }

    private void Emit(byte[] bytes, long delayMs, bool closes)
    {
        if (delayMs == 0 && _heldOut.Count == 0)
        {
            SendOrClose(bytes, closes);
            return;
        }

        long dueMs = Math.Max(_transport.NowMs + delayMs, _heldOut.Count > 0 ? _heldOut.Last().DueMs : 0);
        _heldOut.Enqueue((bytes, closes, dueMs));
        After(dueMs - _transport.NowMs, () =>
        {
            while (_heldOut.Count > 0 && _heldOut.Peek().DueMs <= _transport.NowMs && !IsClosed)
            {
                (byte[] held, bool heldCloses, _) = _heldOut.Dequeue();
                SendOrClose(held, heldCloses);
            }
        });
    }

    private void SendOrClose(byte[] bytes, bool closes)
    {
        if (closes)
        {
            Close("fault script: cut on the way to the client", closesTransport: true);
            return;
        }

        _core.Statistics.BytesSent += bytes.Length;
        _transport.Send(bytes);
    }

    private void WatchKeepAlive(int seconds, long waitMs)
    {
        After(waitMs, () =>
        {
            long restMs = _lastPacketMs + seconds * 1_500L - _transport.NowMs;
            if (restMs > 0)
            {
                WatchKeepAlive(seconds, restMs);
            }
            else
            {
                CloseAtFault($"nothing heard for 1.5 times the keep-alive of {seconds} s");
            }
        });
    }

    private void After(long delayMs, Action action) => _transport.Schedule(delayMs, () =>
    {
        using BrokerCore.Entry entry = _core.Enter();
        if (!IsClosed)
        {
            action();
        }
    });
}
