using System.Net.Sockets;
using SensorNode.Platform;

namespace SensorNode.Emulator;

/// <summary>One real TCP connection of a node. A pump on the thread pool reads ahead, at most <see cref="ReadAheadBytes"/>.</summary>
internal sealed class SocketConnection : INodeStream
{
    private const int ReadAheadBytes = 64 * 1024;

    private readonly Socket _socket;
    private readonly ReceiveBuffer _received;
    private readonly NodeProcess _process;
    private bool _isClosed;

    public SocketConnection(NodeProcess process, Socket socket)
    {
        _socket = socket;
        _socket.SendTimeout = 10_000;
        _process = process;
        _received = new ReceiveBuffer(process);

        // A node that loses power leaves its peer in the dark; here the operating system would say goodbye for it, so it at least resets.
        process.Ended += OnPowerGone;
        process.RadioOff += OnRadioOff;
        _ = Task.Run(PumpAsync);
    }

    /// <inheritdoc/>
    public bool IsOpen => !_isClosed && !_process.IsOff && !_received.IsFinished;

    /// <inheritdoc/>
    public int AvailableCount => _received.Count;

    /// <inheritdoc/>
    public int Read(Span<byte> buffer, long timeoutNs) => _isClosed ? 0 : _received.Read(buffer, timeoutNs);

    /// <inheritdoc/>
    public bool Write(ReadOnlySpan<byte> buffer)
    {
        if (!IsOpen)
        {
            return false;
        }

        try
        {
            while (buffer.Length > 0)
            {
                buffer = buffer[_socket.Send(buffer)..];
            }

            return true;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            _received.Finish();
            return false;
        }
    }

    /// <inheritdoc/>
    public void Close()
    {
        if (!_isClosed)
        {
            _isClosed = true;
            _process.Ended -= OnPowerGone;
            _process.RadioOff -= OnRadioOff;
            _received.Finish();
            _socket.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Close();

    private void OnRadioOff() => OnPowerGone(_process);

    private void OnPowerGone(NodeProcess process)
    {
        if (!_isClosed)
        {
            _socket.LingerState = new LingerOption(true, 0);
            Close();
        }
    }

    private async Task PumpAsync()
    {
        byte[] buffer = new byte[4096];
        try
        {
            while (true)
            {
                int count = await _socket.ReceiveAsync(buffer, SocketFlags.None);
                if (count == 0)
                {
                    break;
                }

                byte[] copy = buffer.AsSpan(0, count).ToArray();
                _process.Scheduler.Post(0, () => _received.Add(copy));
                while (_received.Count > ReadAheadBytes && !_isClosed)
                {
                    await Task.Delay(5);
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Reset, or closed here: the end all the same.
        }

        _process.Scheduler.Post(0, _received.Finish);
    }
}
