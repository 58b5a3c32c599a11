using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using System.Threading.Channels;

namespace SensorNode.Emulator.Mqtt;

/// <summary>A small MQTT 3.1.1 client for the tool: subscribes, receives, publishes with QoS 0 and 1.</summary>
/// <remarks>
/// Errors:  every method throws <see cref="MqttException"/> with one clear line, or OperationCanceledException. It does not reconnect.
/// Threads: all methods may be called from any thread. Received messages wait in <see cref="Messages"/>, which completes when the connection ends
///          (with the MqttException that says why, or without one after <see cref="DisposeAsync"/>).
/// </remarks>
public sealed class MqttSubscriber : IAsyncDisposable
{
    private readonly MqttSubscriberOptions _options;
    private readonly Stream _stream;
    private readonly MqttFrameReader _reader;
    private readonly Channel<MqttMessage> _messages = Channel.CreateUnbounded<MqttMessage>();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly Lock _gate = new();
    private readonly Dictionary<int, TaskCompletionSource<MqttFrame>> _waiting = [];
    private readonly TaskCompletionSource<MqttFrame> _connAck = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private readonly byte[] _buffer = new byte[16 * 1024];
    private Task _running = Task.CompletedTask;
    private MqttException? _ended;
    private TaskCompletionSource<bool>? _heard;
    private int _lastPacketId;

    private MqttSubscriber(MqttSubscriberOptions options, Stream stream)
    {
        _options = options;
        _stream = stream;
        _reader = new MqttFrameReader(options.PacketBytesMax);
    }

    /// <summary>Messages as they come.</summary>
    public ChannelReader<MqttMessage> Messages => _messages.Reader;

    /// <summary>Whether the broker had kept a session for this client.</summary>
    public bool SessionPresent { get; private set; }

    /// <summary>Why the connection ended, or null while it is there.</summary>
    public MqttException? Ended => _ended;

    /// <summary>Connects over TCP or TLS.</summary>
    public static async Task<MqttSubscriber> ConnectAsync(MqttSubscriberOptions options, CancellationToken cancel = default)
    {
        string where = $"{options.Host}:{options.Port}";
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        timeout.CancelAfter(options.TimeoutMs);
        var tcp = new TcpClient { NoDelay = true };
        try
        {
            await tcp.ConnectAsync(options.Host, options.Port, timeout.Token);
            Stream stream = options.UseTls ? await SecureAsync(tcp.GetStream(), options, where, timeout.Token) : tcp.GetStream();
            return await ConnectAsync(stream, options, cancel);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            tcp.Dispose();
            throw new MqttException($"broker {where}: no answer within {options.TimeoutMs} ms");
        }
        catch (SocketException exception)
        {
            tcp.Dispose();
            throw new MqttException($"broker {where}: {exception.Message}", exception);
        }
        catch
        {
            tcp.Dispose();
            throw;
        }
    }

    /// <summary>Connects over a stream that is open already; it is closed in the end.</summary>
    public static async Task<MqttSubscriber> ConnectAsync(Stream stream, MqttSubscriberOptions options, CancellationToken cancel = default)
    {
        var subscriber = new MqttSubscriber(options, stream);
        try
        {
            subscriber._running = Task.WhenAll(subscriber.ReceiveAsync(), subscriber.KeepAliveAsync());
            byte[]? password = options.Password == null ? null : Encoding.UTF8.GetBytes(options.Password);
            var connect = new ConnectPacket(options.ClientId ?? "", options.CleanSession, options.KeepAliveSeconds, options.Will, options.UserName, password);
            await subscriber.SendAsync(connect.ToBytes(), cancel);
            MqttFrame answer = await subscriber.WithTimeoutAsync(subscriber._connAck.Task, "CONNACK", cancel);
            subscriber.SessionPresent = (answer.Body[0] & 1) != 0;
            return answer.Body[1] == 0 ? subscriber : throw new MqttException($"{subscriber.Where} refuses the connection: {Reason(answer.Body[1])}");
        }
        catch
        {
            await subscriber.EndAsync();
            throw;
        }
    }

    /// <summary>Subscribes, and waits for the broker's word.</summary>
    /// <returns>Granted QoS.</returns>
    public async Task<int> SubscribeAsync(string filter, int quality, CancellationToken cancel = default)
    {
        int packetId = Expect(out Task<MqttFrame> answered);
        await SendAsync(new SubscribePacket(packetId, [filter], [quality]).ToBytes(), cancel);
        MqttFrame answer = await WithTimeoutAsync(answered, "SUBACK", cancel);
        int granted = answer.Body.Length == 3 ? answer.Body[2] : 0x80;
        return granted <= 2 ? granted : throw new MqttException($"{Where} refuses the subscription to '{filter}'");
    }

    /// <summary>Publishes; with QoS 1 waits for the broker's acknowledgement.</summary>
    public async Task PublishAsync(string topic, byte[] payload, int quality = 0, bool retain = false, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 1);
        var message = new MqttMessage(topic, payload, quality, retain);
        if (quality == 0)
        {
            await SendAsync(new PublishPacket(message, 0, IsDuplicate: false).ToBytes(), cancel);
            return;
        }

        int packetId = Expect(out Task<MqttFrame> answered);
        await SendAsync(new PublishPacket(message, packetId, IsDuplicate: false).ToBytes(), cancel);
        await WithTimeoutAsync(answered, "PUBACK", cancel);
    }

    /// <summary>Sends DISCONNECT and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            using var timeout = new CancellationTokenSource(5_000);
            await SendAsync(MqttPacketWriter.Empty(MqttPacketType.Disconnect), timeout.Token);
        }
        catch (Exception exception) when (exception is MqttException or OperationCanceledException)
        {
            // The connection is gone already; closing is all that is left.
        }

        await EndAsync();
    }

    private string Where => $"broker {_options.Host}:{_options.Port}";

    private static string Reason(byte code) => code switch
    {
        1 => "it does not speak MQTT 3.1.1 (code 1)",
        2 => "the client id is not accepted (code 2)",
        3 => "the service is not available (code 3)",
        4 => "wrong user name or password (code 4)",
        5 => "not authorised (code 5)",
        _ => $"code {code}",
    };

    private static async Task<Stream> SecureAsync(Stream network, MqttSubscriberOptions options, string where, CancellationToken cancel)
    {
        string? refusal = null;
        var secure = new SslStream(network, leaveInnerStreamOpen: false, (_, certificate, _, errors) =>
        {
            refusal = options.Authority == null
                ? errors == SslPolicyErrors.None ? null : errors.ToString()
                : errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
                    ? $"it is not for '{options.Host}'"
                    : CertificateChecks.IssuedBy(certificate, [options.Authority, .. options.MoreAuthorities]);
            return refusal == null;
        });
        try
        {
            await secure.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = options.Host,
                    ClientCertificates = options.ClientCertificate == null ? null : [options.ClientCertificate],
                    EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                },
                cancel);
            return secure;
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException)
        {
            await secure.DisposeAsync();
            throw new MqttException(refusal == null ? $"broker {where}: TLS failed: {exception.Message}" : $"broker {where}: its certificate is not trusted: {refusal}", exception);
        }
    }

    private int Expect(out Task<MqttFrame> answered)
    {
        lock (_gate)
        {
            do
            {
                _lastPacketId = _lastPacketId >= ushort.MaxValue ? 1 : _lastPacketId + 1;
            }
            while (_waiting.ContainsKey(_lastPacketId));

            var source = new TaskCompletionSource<MqttFrame>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting[_lastPacketId] = source;
            answered = source.Task;
            return _lastPacketId;
        }
    }

    private async Task<T> WithTimeoutAsync<T>(Task<T> answered, string packet, CancellationToken cancel)
    {
        try
        {
            return await answered.WaitAsync(TimeSpan.FromMilliseconds(_options.TimeoutMs), cancel);
        }
        catch (TimeoutException)
        {
            throw new MqttException($"{Where}: no {packet} within {_options.TimeoutMs} ms");
        }
    }

    private async Task SendAsync(byte[] packet, CancellationToken cancel)
    {
        await _writing.WaitAsync(cancel);
        try
        {
            if (_ended != null)
            {
                throw _ended;
            }

            // Not cancelled half-way: a packet cut in the middle would spoil the connection.
            await _stream.WriteAsync(packet, _stop.Token);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            cancel.ThrowIfCancellationRequested();
            throw _ended ?? new MqttException($"{Where}: connection lost: {exception.Message}", exception);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task ReceiveAsync()
    {
        try
        {
            while (true)
            {
                int count = await _stream.ReadAsync(_buffer, _stop.Token);
                if (count == 0)
                {
                    Fail($"{Where} closed the connection");
                    return;
                }

                Volatile.Read(ref _heard)?.TrySetResult(true);
                _reader.Append(_buffer.AsSpan(0, count));
                while (_reader.TryRead(out MqttFrame frame))
                {
                    await HandleAsync(frame);
                }

                if (_reader.Fault != null)
                {
                    Fail($"{Where} sent a malformed packet: {_reader.Fault}");
                    return;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException or MqttException)
        {
            Fail(exception is MqttException ? exception.Message : $"{Where}: connection lost: {exception.Message}");
        }
    }

    private async Task HandleAsync(MqttFrame frame)
    {
        switch (frame.Type)
        {
            case MqttPacketType.ConnAck when frame.Body.Length == 2:
                _connAck.TrySetResult(frame);
                break;
            case MqttPacketType.Publish:
                if (!PublishPacket.TryParse(frame, out PublishPacket? packet, out string fault))
                {
                    throw new MqttException($"{Where} sent a malformed packet: {fault}");
                }

                _messages.Writer.TryWrite(packet!.Message);
                if (packet.Message.QualityOfService == 1)
                {
                    await SendAsync(MqttPacketWriter.Acknowledge(MqttPacketType.PubAck, packet.PacketId), _stop.Token);
                }

                break;
            case MqttPacketType.PubAck or MqttPacketType.SubAck or MqttPacketType.UnsubAck when frame.Body.Length >= 2:
                lock (_gate)
                {
                    if (_waiting.Remove((frame.Body[0] << 8) | frame.Body[1], out TaskCompletionSource<MqttFrame>? source))
                    {
                        source.TrySetResult(frame);
                    }
                }

                break;
            case MqttPacketType.PingResp:
                break;
            default:
                throw new MqttException($"{Where} sent {frame.Type.ToString().ToUpperInvariant()} of {frame.TotalBytes} bytes, which was not expected");
        }
    }

    private async Task KeepAliveAsync()
    {
        if (_options.KeepAliveSeconds == 0)
        {
            return;
        }

        try
        {
            while (_ended == null)
            {
                await Task.Delay(TimeSpan.FromSeconds(_options.KeepAliveSeconds / 2.0), _stop.Token);
                await WithTimeoutAsync(PingAsync(), "PINGRESP", _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Closed by us.
        }
        catch (MqttException exception)
        {
            // Nothing where the connection was lost: then the receiving side has said why.
            Fail(exception.Message);
        }
    }

    /// <summary>Asks for a sign of life and waits for one: the answer, or anything else that the broker sent before it.</summary>
    private async Task<bool> PingAsync()
    {
        var heard = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _heard, heard);
        await SendAsync(MqttPacketWriter.Empty(MqttPacketType.PingReq), _stop.Token);
        return await heard.Task;
    }

    private void Fail(string message)
    {
        lock (_gate)
        {
            if (_ended != null)
            {
                return;
            }

            _ended = new MqttException(message);
            foreach (TaskCompletionSource<MqttFrame> source in _waiting.Values)
            {
                source.TrySetException(_ended);
                _ = source.Task.Exception;
            }

            _waiting.Clear();
            _connAck.TrySetException(_ended);
            _ = _connAck.Task.Exception;
            _messages.Writer.TryComplete(_stop.IsCancellationRequested ? null : _ended);
        }

        _stop.Cancel();
    }

    private async Task EndAsync()
    {
        if (!_stop.IsCancellationRequested)
        {
            _messages.Writer.TryComplete();
            await _stop.CancelAsync();
        }

        await _running;
        await _stream.DisposeAsync();
    }
}
