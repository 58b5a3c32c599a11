using System.Net;
using System.Net.Sockets;
using SensorNode.Emulator.Mqtt;

namespace SensorNode.Interop.Tests.Node;

/// <summary>Stands between a node and a broker on loopback, and is slow, deaf, cutting or repeating on request.</summary>
internal sealed class FaultyProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _target;
    private readonly Task _accepting;
    private volatile Socket? _present;

    public FaultyProxy(int target)
    {
        _target = target;

        // A small window, so that a node that writes to a deaf peer has to wait.
        _listener.Server.ReceiveBufferSize = 4096;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Connections so far.</summary>
    public int Connections { get; private set; }

    /// <summary>Messages to the node that went out more than once.</summary>
    public int Repeated { get; private set; }

    /// <summary>Reads nothing from either side while set.</summary>
    public volatile bool IsDeaf;

    /// <summary>Bytes a second from the node; 0 for all there are.</summary>
    public volatile int BytesPerSecond;

    /// <summary>The next connection is reset after so many bytes of the node; -1 for never. Counts once.</summary>
    public volatile int CutAfter = -1;

    /// <summary>How often each PUBLISH to the node goes out.</summary>
    public volatile int Copies = 1;

    /// <summary>Resets the present connection.</summary>
    public void Reset() => Abort(_present);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        Reset();
        await _accepting;
        _stop.Dispose();
    }

    private static void Abort(Socket? socket)
    {
        try
        {
            socket?.Close(0);
        }
        catch (ObjectDisposedException)
        {
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket node = await _listener.AcceptSocketAsync(_stop.Token);
                Connections++;
                _present = node;
                int cutAfter = CutAfter;
                CutAfter = -1;
                _ = ServeAsync(node, cutAfter);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(Socket node, int cutAfter)
    {
        using var broker = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await broker.ConnectAsync(IPAddress.Loopback, _target);
            await Task.WhenAny(UpAsync(node, broker, cutAfter), DownAsync(broker, node));
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
        }

        Abort(node);
    }

    private async Task UpAsync(Socket node, Socket broker, int cutAfter)
    {
        byte[] buffer = new byte[8192];
        int passed = 0;
        while (true)
        {
            await HearAsync();
            int slow = BytesPerSecond;
            int most = slow > 0 ? Math.Max(1, slow / 20) : buffer.Length;
            if (cutAfter >= 0)
            {
                most = Math.Min(most, Math.Max(1, cutAfter - passed));
            }

            if (cutAfter == passed)
            {
                return;
            }

            int count = await node.ReceiveAsync(buffer.AsMemory(0, most), _stop.Token);
            if (count == 0)
            {
                return;
            }

            passed += count;
            await SendAsync(broker, buffer.AsMemory(0, count));
            if (slow > 0)
            {
                await Task.Delay(50, _stop.Token);
            }
        }
    }

    private async Task DownAsync(Socket broker, Socket node)
    {
        byte[] buffer = new byte[8192];
        var reader = new MqttFrameReader(1 << 20);
        while (true)
        {
            await HearAsync();
            int count = await broker.ReceiveAsync(buffer, _stop.Token);
            if (count == 0)
            {
                return;
            }

            reader.Append(buffer.AsSpan(0, count));
            while (reader.TryRead(out MqttFrame frame))
            {
                byte[] bytes = Bytes(frame);
                for (int copy = 0; copy < (frame.Type == MqttPacketType.Publish ? Copies : 1); copy++)
                {
                    await SendAsync(node, bytes);
                    Repeated += copy == 1 ? 1 : 0;
                    bytes[0] |= (byte)((bytes[0] & 0x06) != 0 ? 0x08 : 0);
                }
            }
        }
    }

    private static byte[] Bytes(MqttFrame frame)
    {
        var bytes = new List<byte> { frame.Header };
        int rest = frame.Body.Length;
        do
        {
            bytes.Add((byte)((rest & 127) | (rest > 127 ? 128 : 0)));
            rest >>= 7;
        }
        while (rest > 0);
        return [.. bytes, .. frame.Body];
    }

    private async Task HearAsync()
    {
        while (IsDeaf)
        {
            await Task.Delay(10, _stop.Token);
        }
    }

    private async Task SendAsync(Socket socket, ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await socket.SendAsync(bytes, _stop.Token)..];
        }
    }
}
