using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace SensorNode.Platform;

/// <summary>TLS 1.2 or 1.3 over a node's connection. Validity of certificates is judged by the node's clock, as on the device.</summary>
public sealed class TlsNodeStream : INodeStream
{
    private readonly NodePlatform _platform;
    private readonly INodeStream _inner;
    private readonly SslStream _tls;

    private TlsNodeStream(NodePlatform platform, INodeStream inner)
    {
        _platform = platform;
        _inner = inner;
        _tls = new SslStream(new PlainStream(inner));
    }

    /// <inheritdoc/>
    public bool IsOpen => _inner.IsOpen;

    /// <inheritdoc/>
    public int AvailableCount => _inner.AvailableCount;

    /// <summary>Does the handshake; every other thread of the node waits meanwhile, as on the device.</summary>
    /// <exception cref="AuthenticationException">The server's certificate is not accepted, or ours is not, or no common version.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    /// <exception cref="ArgumentException">A certificate or key cannot be read.</exception>
    public static INodeStream OpenClient(NodePlatform platform, INodeStream inner, string host, TlsIdentity identity)
    {
        var stream = new TlsNodeStream(platform, inner);
        platform.Scheduler.BeginExclusive(platform.Process);
        try
        {
            stream._tls.AuthenticateAsClient(OptionsFor(platform, host, identity));
            return stream;
        }
        catch (Exception)
        {
            platform.Scheduler.ThrowIfOff(platform.Process);
            throw;
        }
        finally
        {
            platform.Scheduler.EndExclusive(platform.Process);
        }
    }

    /// <inheritdoc/>
    /// <remarks>The time-out is not kept: the library above never asks for one.</remarks>
    public int Read(Span<byte> buffer, long timeoutNs)
    {
        try
        {
            return _tls.Read(buffer);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException or NodePoweredOffException)
        {
            _platform.Scheduler.ThrowIfOff(_platform.Process);
            return 0;
        }
    }

    /// <inheritdoc/>
    public bool Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            _tls.Write(buffer);
            return true;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException or NodePoweredOffException)
        {
            _platform.Scheduler.ThrowIfOff(_platform.Process);
            return false;
        }
    }

    /// <inheritdoc/>
    public void Close() => _inner.Close();

    /// <inheritdoc/>
    public void Dispose() => Close();

    /// <summary>Reads a certificate; throws ArgumentException for one that is none.</summary>
    public static X509Certificate2 ReadCertificate(byte[] certificate)
    {
        try
        {
            string text = TextOf(certificate);
            return text.Contains("-----BEGIN") ? X509Certificate2.CreateFromPem(text) : X509CertificateLoader.LoadCertificate(certificate);
        }
        catch (Exception exception)
        {
            throw new ArgumentException("The certificate cannot be read: " + exception.Message);
        }
    }

    private static SslClientAuthenticationOptions OptionsFor(NodePlatform platform, string host, TlsIdentity identity)
    {
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = host,
            // What the firmware asks for; a broker's refusal of a client certificate then ends the handshake.
            EnabledSslProtocols = SslProtocols.Tls12,
            RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
                !identity.IsServerChecked || IsTrusted(platform, identity, certificate, errors)
        };
        if (identity.Certificate != null)
        {
            options.ClientCertificates = [ReadPair(identity)];
        }

        return options;
    }

    private static bool IsTrusted(NodePlatform platform, TlsIdentity identity, X509Certificate? certificate, SslPolicyErrors errors)
    {
        if (certificate == null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTimeIgnored = false;
        chain.ChainPolicy.VerificationTime = new DateTime(platform.UtcTicks, DateTimeKind.Utc);
        if (identity.Authority != null)
        {
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            AddAuthorities(chain.ChainPolicy.CustomTrustStore, identity.Authority);
        }

        return chain.Build(X509CertificateLoader.LoadCertificate(certificate.GetRawCertData()));
    }

    // As on the device: every certificate of a PEM text is an anchor.
    private static void AddAuthorities(X509Certificate2Collection store, byte[] authority)
    {
        string text = TextOf(authority);
        if (text.Contains("-----BEGIN"))
        {
            store.ImportFromPem(text);
        }
        else
        {
            store.Add(ReadCertificate(authority));
        }
    }

    private static X509Certificate2 ReadPair(TlsIdentity identity)
    {
        try
        {
            using X509Certificate2 pair = X509Certificate2.CreateFromPem(TextOf(identity.Certificate!), TextOf(identity.PrivateKey ?? []));

            // A key that lives in memory only is not taken by every platform's TLS; one that went through PKCS #12 is.
            return X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null);
        }
        catch (Exception exception) when (exception is not NodePoweredOffException)
        {
            throw new ArgumentException("The client certificate or its key cannot be read: " + exception.Message);
        }
    }

    private static string TextOf(byte[] bytes) => Encoding.Latin1.GetString(bytes).TrimEnd('\0');

    /// <summary>The node's connection as a stream of the base library; its reads wait on the node's scheduler.</summary>
    private sealed class PlainStream(INodeStream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer) => inner.Read(buffer, NodeScheduler.Infinite);

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (!inner.Write(buffer))
            {
                throw new IOException("The connection is gone.");
            }
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
