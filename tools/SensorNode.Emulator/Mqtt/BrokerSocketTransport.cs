using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using System.Threading.Channels;

namespace SensorNode.Emulator.Mqtt;

/// <summary>Carries one connection of the broker over a stream, in real time.</summary>
internal sealed class BrokerSocketTransport : IBrokerTransport
{
    private const int UnprocessedBytesMax = 64 * 1024;
    private const int FinishTimeoutMs = 2_000;
    private const int LingerMs = 500;

    private readonly Socket _socket;
    private readonly Stream _stream;
    private readonly CancellationTokenSource _stop;
    private readonly Channel<byte[]> _outgoing = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _sending;
    private long _unsentBytes;

    public BrokerSocketTransport(Socket socket, Stream stream, CancellationToken stop)
    {
        _socket = socket;
        _stream = stream;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _sending = SendAllAsync();
    }

    public long NowMs => (long)Stopwatch.GetElapsedTime(0).TotalMilliseconds;

    public long UnsentBytes => Interlocked.Read(ref _unsentBytes);

    public void Send(byte[] bytes)
    {
        Interlocked.Add(ref _unsentBytes, bytes.Length);
        _outgoing.Writer.TryWrite(bytes);
    }

    public void Close() => _outgoing.Writer.TryComplete();

    public void Schedule(long delayMs, Action action) =>
        _ = Task.Delay(TimeSpan.FromMilliseconds(Math.Max(0, delayMs)), _stop.Token)
            .ContinueWith(_ => action(), _stop.Token, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);

    /// <summary>Brings bytes to the broker until one side ends.</summary>
    /// <returns>Why it ended.</returns>
    public async Task<string> ReadAsync(BrokerConnection connection)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (true)
            {
                int count = await _stream.ReadAsync(buffer, _stop.Token);
                if (count == 0)
                {
                    return "the client closed the connection without DISCONNECT";
                }

                connection.Received(buffer.AsSpan(0, count));
                while (connection.UnprocessedBytes > UnprocessedBytesMax && !connection.IsClosed)
                {
                    await Task.Delay(50, _stop.Token);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            return exception is IOException ? $"connection lost: {exception.Message}" : "the broker stops";
        }
    }

    /// <summary>Waits until everything is sent, not longer than two seconds, and ends the timers.</summary>
    public async Task FinishAsync()
    {
        _outgoing.Writer.TryComplete();
        await Task.WhenAny(_sending, Task.Delay(FinishTimeoutMs));
        await _stop.CancelAsync();
        await _sending;
        _stop.Dispose();
    }

    private async Task SendAllAsync()
    {
        try
        {
            await foreach (byte[] bytes in _outgoing.Reader.ReadAllAsync(_stop.Token))
            {
                await _stream.WriteAsync(bytes, _stop.Token);
                Interlocked.Add(ref _unsentBytes, -bytes.Length);
            }

            // The broker has closed. Bytes that came and were not read would make the system reset the connection, and what was
            // sent last could be lost: so say that nothing more comes, and read on for a moment until the client closes too.
            if (_stream is SslStream secure)
            {
                await secure.ShutdownAsync();
            }

            _socket.Shutdown(SocketShutdown.Send);
            _stop.CancelAfter(LingerMs);
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            _outgoing.Writer.TryComplete();
        }
    }
}
