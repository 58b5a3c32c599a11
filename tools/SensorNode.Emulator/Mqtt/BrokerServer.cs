using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace SensorNode.Emulator.Mqtt;

/// <summary>Front end on TCP, with TLS 1.2 and 1.3 where a certificate is given.</summary>
/// <remarks>Errors: the constructor throws SocketException where the address or port is not free. What happens on one connection ends that connection only.</remarks>
public sealed class BrokerServer : IAsyncDisposable
{
    private readonly BrokerCore _core;
    private readonly BrokerServerOptions _options;
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _running = [];
    private readonly Task _accepting;

    /// <summary>Starts to listen.</summary>
    public BrokerServer(BrokerCore core, BrokerServerOptions? options = null)
    {
        _core = core;
        _options = options ?? new BrokerServerOptions();
        _listener = new TcpListener(_options.Address, _options.Port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>Port it listens on.</summary>
    public int Port { get; }

    /// <summary>Closes everything. Wills of open connections are published first, to those who are still there.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        Task[] running;
        lock (_gate)
        {
            running = [.. _running];
        }

        await Task.WhenAll(running);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Socket socket = await _listener.AcceptSocketAsync(_stop.Token);
                Start(socket);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException) when (!_stop.IsCancellationRequested)
            {
                // The client was gone before it was accepted, or the process is out of handles: the next one may do better.
                await Task.Delay(10);
            }
            catch (SocketException)
            {
                return;
            }
        }
    }

    private void Start(Socket socket)
    {
        lock (_gate)
        {
            if (_running.Count >= _options.ConnectionsMax)
            {
                socket.Dispose();
                return;
            }

            Task task = Task.Run(() => ServeAsync(socket));
            _running.Add(task);
            task.ContinueWith(done => { lock (_gate) { _running.Remove(done); } }, TaskScheduler.Default);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        socket.NoDelay = true;
        string peerName = socket.RemoteEndPoint?.ToString() ?? "unknown";
        using Stream network = new NetworkStream(socket, ownsSocket: true);
        Stream? stream = await SecureAsync(network, peerName);
        if (stream == null)
        {
            return;
        }

        using (stream)
        {
            var transport = new BrokerSocketTransport(socket, stream, _stop.Token);
            BrokerConnection? connection = _core.Accept(peerName, transport);
            if (connection == null)
            {
                return;
            }

            string reason = await transport.ReadAsync(connection);
            connection.Closed(reason);
            await transport.FinishAsync();
        }
    }

    private async Task<Stream?> SecureAsync(Stream network, string peerName)
    {
        if (_options.Certificate == null)
        {
            return network;
        }

        string? refusal = null;
        var secure = new SslStream(network, leaveInnerStreamOpen: false, (_, certificate, _, _) =>
        {
            refusal = _options.ClientAuthority == null ? null : CertificateChecks.IssuedBy(certificate, _options.ClientAuthority);
            return refusal == null;
        });
        try
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            timeout.CancelAfter(_core.Options.ConnectTimeoutMs);
            await secure.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificate = _options.Certificate,
                    ClientCertificateRequired = _options.ClientAuthority != null,
                    EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                },
                timeout.Token);
            return secure;
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException or OperationCanceledException)
        {
            _core.Log($"({peerName}) TLS handshake failed: {refusal ?? exception.Message}");
            await secure.DisposeAsync();
            return null;
        }
    }
}
