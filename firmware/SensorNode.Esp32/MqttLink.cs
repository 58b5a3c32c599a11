using System;
using System.Collections;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;
using SensorNode.Contracts;

namespace SensorNode.Esp32
{
    /// <summary>The MQTT client library as a message link.</summary>
    /// <remarks>
    /// Platform: the client resolves the broker's name in its constructor and keeps the address, so every attempt makes a new client; its events come
    /// from its own threads and only fill queues here, bounded in messages and, for what is received, in bytes; what does not fit is dropped and counted; the will is carried as text, see <see cref="LinkOptions.WillPayload"/>.
    /// </remarks>
    public sealed class MqttLink : IMessageLink
    {
        private const int QueueLengthMax = 16;
        private const int PayloadSizeMax = 4096;

        // Two of the longest: a piece of an update, and what may come beside it.
        private const int QueueBytesMax = 8192;
        private const int InflightMax = 16;

        private readonly object _lock = new object();
        private readonly AutoResetEvent _something = new AutoResetEvent(false);
        private readonly ArrayList _received = new ArrayList();
        private readonly ArrayList _acknowledged = new ArrayList();
        private readonly IFileStore _files;
        private readonly ILog _log;
        private MqttClient _client;
        private int _receivedBytes;
        private bool _isOpen;

        public MqttLink(IFileStore files, ILog log)
        {
            _files = files;
            _log = log;
        }

        /// <inheritdoc/>
        public bool IsConnected
        {
            get
            {
                // The supervisor asks while the link thread may be letting the client go.
                MqttClient client = _client;
                return _isOpen && client != null && client.IsConnected;
            }
        }

        /// <inheritdoc/>
        public int DroppedCount { get; private set; }

        /// <inheritdoc/>
        public LinkStatus Connect(LinkOptions options)
        {
            Release();
            try
            {
                _client = Create(options);
            }
            catch (Exception e)
            {
                // The constructor throws whatever the resolver or the certificate reader throws: several types, no common one.
                _log.Write("mqtt: " + e.Message);
                return options.UseTls && e is ArgumentException ? LinkStatus.TlsFailed : LinkStatus.Unreachable;
            }

            return Open(options);
        }

        /// <inheritdoc/>
        public LinkStatus Subscribe(string topicFilter, int qualityOfService)
        {
            if (!IsConnected)
            {
                return LinkStatus.NotConnected;
            }

            return Guarded(() => _client.Subscribe(new string[] { topicFilter }, new MqttQoSLevel[] { (MqttQoSLevel)qualityOfService }), out int _);
        }

        /// <inheritdoc/>
        public LinkStatus Publish(string topic, byte[] payload, int qualityOfService, bool retain, out int messageId)
        {
            messageId = 0;
            if (!IsConnected)
            {
                return LinkStatus.NotConnected;
            }

            LinkStatus status = Guarded(() => _client.Publish(topic, payload, null, null, (MqttQoSLevel)qualityOfService, retain), out int id);
            messageId = qualityOfService > 0 ? id : 0;
            return status;
        }

        /// <inheritdoc/>
        public bool TryReceive(out LinkMessage message)
        {
            lock (_lock)
            {
                message = (LinkMessage)Take(_received);
                _receivedBytes -= message != null ? message.Payload.Length : 0;
            }

            return message != null;
        }

        /// <inheritdoc/>
        public bool TryTakeAcknowledged(out int messageId)
        {
            object taken = Take(_acknowledged);
            messageId = taken != null ? (int)taken : 0;
            return taken != null;
        }

        /// <inheritdoc/>
        public void Wait(int milliseconds)
        {
            _something.WaitOne(milliseconds, false);
        }

        /// <inheritdoc/>
        public void Disconnect()
        {
            if (IsConnected)
            {
                try
                {
                    _client.Disconnect();
                }
                catch (Exception e)
                {
                    // The socket may be gone already; then there is nobody to say goodbye to.
                    _log.Write("mqtt: " + e.Message);
                }
            }

            Release();
        }

        private delegate ushort ClientCall();

        private LinkStatus Guarded(ClientCall call, out int messageId)
        {
            messageId = 0;
            try
            {
                messageId = call();
                return LinkStatus.Ok;
            }
            catch (MqttClientException e)
            {
                return e.ErrorCode == MqttClientErrorCode.InflightQueueFull ? LinkStatus.Busy : LinkStatus.NotConnected;
            }
            catch (Exception e)
            {
                _log.Write("mqtt: " + e.Message);
                return LinkStatus.NotConnected;
            }
        }

        private MqttClient Create(LinkOptions options)
        {
            if (!options.UseTls)
            {
                return Prepared(new MqttClient(options.Host, options.Port, false, null, null, MqttSslProtocols.None));
            }

            X509Certificate authority = options.CaCertificateFile != null ? new X509Certificate(ReadText(options.CaCertificateFile)) : null;
            X509Certificate2 identity = options.ClientCertificateFile != null
                ? new X509Certificate2(ReadText(options.ClientCertificateFile), ReadText(options.ClientKeyFile), "")
                : null;
            return Prepared(new MqttClient(options.Host, options.Port, true, authority, identity, MqttSslProtocols.TLSv1_2));
        }

        private MqttClient Prepared(MqttClient client)
        {
            client.ProtocolVersion = MqttProtocolVersion.Version_3_1_1;
            client.Settings.InflightQueueSize = InflightMax;
            client.Settings.ValidateServerCertificate = true;
            client.MqttMsgPublishReceived += OnReceived;
            client.MqttMsgPublished += OnPublished;
            client.ConnectionClosed += OnClosed;
            return client;
        }

        private LinkStatus Open(LinkOptions options)
        {
            try
            {
                MqttReasonCode code = _client.Connect(
                    options.ClientId,
                    options.UserName,
                    options.Password,
                    false,
                    MqttQoSLevel.AtLeastOnce,
                    options.WillTopic != null,
                    options.WillTopic,
                    options.WillTopic != null ? TextOf(options.WillPayload) : null,
                    true,
                    (ushort)options.KeepAliveSeconds);
                _isOpen = code == MqttReasonCode.Success;
                if (_isOpen)
                {
                    return LinkStatus.Ok;
                }

                Release();
                bool isCredentials = code == MqttReasonCode.ConnectionRefusedBadUserNameOrPassword || code == MqttReasonCode.ConnectionRefusedNotAuthorized;
                return isCredentials ? LinkStatus.NotAuthorized : LinkStatus.Refused;
            }
            catch (Exception e)
            {
                // Sockets, TLS and the client's own time-out throw different types; what matters is that there is no connection.
                _log.Write("mqtt: " + e.Message);
                Release();
                return options.UseTls && IsTlsFault(e) ? LinkStatus.TlsFailed : LinkStatus.Unreachable;
            }
        }

        /// <summary>Sockets fail with an error code of 10000 and more, a handshake with TLS's own.</summary>
        private static bool IsTlsFault(Exception e)
        {
            SocketException socket = e.InnerException as SocketException;
            return e is MqttConnectionException && (socket == null || socket.ErrorCode < 10000);
        }

        private void Release()
        {
            _isOpen = false;
            MqttClient client = _client;
            _client = null;
            if (client != null)
            {
                client.MqttMsgPublishReceived -= OnReceived;
                client.MqttMsgPublished -= OnPublished;
                client.ConnectionClosed -= OnClosed;
                try
                {
                    client.Close();
                }
                catch (Exception e)
                {
                    _log.Write("mqtt: " + e.Message);
                }
            }

            lock (_lock)
            {
                _received.Clear();
                _receivedBytes = 0;
                _acknowledged.Clear();
            }
        }

        private void OnReceived(object sender, MqttMsgPublishEventArgs e)
        {
            lock (_lock)
            {
                if (_received.Count >= QueueLengthMax || e.Message.Length > PayloadSizeMax || _receivedBytes + e.Message.Length > QueueBytesMax)
                {
                    DroppedCount++;
                    return;
                }

                LinkMessage message = new LinkMessage();
                message.Topic = e.Topic;
                message.Payload = e.Message;
                message.IsRetained = e.Retain;
                _received.Add(message);
                _receivedBytes += e.Message.Length;
            }

            _something.Set();
        }

        private void OnPublished(object sender, MqttMsgPublishedEventArgs e)
        {
            if (e.IsPublished)
            {
                lock (_lock)
                {
                    if (_acknowledged.Count < QueueLengthMax)
                    {
                        _acknowledged.Add((int)e.MessageId);
                    }
                }

                _something.Set();
            }
        }

        private void OnClosed(object sender, EventArgs e)
        {
            _isOpen = false;
            _something.Set();
        }

        private object Take(ArrayList queue)
        {
            lock (_lock)
            {
                if (queue.Count == 0)
                {
                    return null;
                }

                object first = queue[0];
                queue.RemoveAt(0);
                return first;
            }
        }

        private string ReadText(string file)
        {
            int length = _files.Length(file);
            byte[] bytes = new byte[length > 0 ? length : 0];
            if (length <= 0 || _files.Read(file, 0, bytes, 0, length, out int read) != FileStatus.Ok || read != length)
            {
                throw new ArgumentException("the certificate or key file " + file + " cannot be read");
            }

            return TextOf(bytes);
        }

        private static string TextOf(byte[] bytes)
        {
            char[] characters = new char[bytes.Length];
            for (int i = 0; i < bytes.Length; i++)
            {
                characters[i] = (char)bytes[i];
            }

            return new string(characters);
        }
    }
}
