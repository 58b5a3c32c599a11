using System;
using System.Collections;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;
using SensorNode.Platform;
using SensorNode.Standins;

namespace nanoFramework.M2Mqtt
{
    /// <summary>The MQTT client, version 3.1.1, with the habits of the device's.</summary>
    /// <remarks>
    /// The constructor resolves the name. Settings are shared by all clients. A message's array is kept by reference until it is sent. The will is
    /// text and ends at a NUL. Events come from a thread of the client's own; one of QoS 0 has no MqttMsgPublished. QoS 2 outwards is not emulated.
    /// </remarks>
    public class MqttClient : IMqttClient, IDisposable
    {
        private string _host;
        private int _port;
        private bool _isSecure;
        private TlsIdentity _identity;
        private MqttConnection _connection;
        private ushort _lastMessageId;

        public MqttClient(string brokerHostName)
            : this(brokerHostName, MqttSettings.BrokerDefaultPort, false, null, null, MqttSslProtocols.None)
        {
        }

        public MqttClient(string brokerHostName, int brokerPort, bool secure, X509Certificate caCert, X509Certificate clientCert, MqttSslProtocols sslProtocol) =>
            Initialize(brokerHostName, brokerPort, secure, caCert?.GetRawCertData(), clientCert?.GetRawCertData(), (clientCert as X509Certificate2)?.PrivateKey);

        public event IMqttClient.MqttMsgPublishEventHandler MqttMsgPublishReceived;

        public event IMqttClient.MqttMsgPublishedEventHandler MqttMsgPublished;

        public event IMqttClient.MqttMsgSubscribedEventHandler MqttMsgSubscribed;

        public event IMqttClient.MqttMsgUnsubscribedEventHandler MqttMsgUnsubscribed;

        public event IMqttClient.ConnectionClosedEventHandler ConnectionClosed;

        public bool IsConnected => _connection is { IsAccepted: true };

        public string ClientId { get; private set; }

        public bool CleanSession { get; private set; }

        public bool WillFlag { get; private set; }

        public MqttQoSLevel WillQosLevel { get; private set; }

        public string WillTopic { get; private set; }

        public string WillMessage { get; private set; }

        public MqttProtocolVersion ProtocolVersion { get; set; } = MqttProtocolVersion.Version_3_1_1;

        public MqttSettings Settings => MqttSettings.Instance;

        public void Init(string brokerHostName, int brokerPort, bool secure, byte[] caCert, byte[] clientCert, MqttSslProtocols sslProtocol) =>
            Initialize(brokerHostName, brokerPort, secure, caCert, clientCert, null);

        public MqttReasonCode Connect(string clientId) => Connect(clientId, null, null, false, MqttQoSLevel.AtMostOnce, false, null, null, true, 60);

        public MqttReasonCode Connect(string clientId, bool cleanSession) => Connect(clientId, null, null, false, MqttQoSLevel.AtMostOnce, false, null, null, cleanSession, 60);

        public MqttReasonCode Connect(string clientId, string username, string password) =>
            Connect(clientId, username, password, false, MqttQoSLevel.AtMostOnce, false, null, null, true, 60);

        public MqttReasonCode Connect(string clientId, string username, string password, bool cleanSession, ushort keepAlivePeriod) =>
            Connect(clientId, username, password, false, MqttQoSLevel.AtMostOnce, false, null, null, cleanSession, keepAlivePeriod);

        public MqttReasonCode Connect(string clientId, string username, string password, bool willRetain, MqttQoSLevel willQosLevel, bool willFlag, string willTopic, string willMessage, bool cleanSession, ushort keepAlivePeriod)
        {
            if (ProtocolVersion != MqttProtocolVersion.Version_3_1_1)
            {
                throw new NotSupportedException("The stand-in speaks MQTT 3.1.1 only.");
            }

            _connection?.BeginClosing();
            ClientId = clientId;
            CleanSession = cleanSession;
            WillFlag = willFlag;
            WillQosLevel = willQosLevel;
            WillTopic = willTopic;
            WillMessage = willMessage;
            INodeStream stream = OpenStream();
            _connection = new MqttConnection(this, stream, keepAlivePeriod);
            return _connection.Open(new MqttConnectRequest
            {
                ClientId = clientId,
                Username = username,
                Password = password,
                WillRetain = willRetain,
                WillQosLevel = willQosLevel,
                WillFlag = willFlag,
                WillTopic = willTopic,
                WillMessage = willMessage,
                CleanSession = cleanSession,
                KeepAlivePeriod = keepAlivePeriod
            });
        }

        public void Disconnect() => _connection?.Disconnect();

        public void Close() => _connection?.BeginClosing();

        public void Dispose() => Close();

        public ushort Subscribe(string[] topics, MqttQoSLevel[] qosLevels)
        {
            CheckTopics(topics);
            if (qosLevels == null || qosLevels.Length == 0)
            {
                throw new MqttClientException(MqttClientErrorCode.QosLevelsEmpty);
            }

            if (topics.Length != qosLevels.Length)
            {
                throw new MqttClientException(MqttClientErrorCode.TopicsQosLevelsNotMatch);
            }

            ushort id = NextMessageId();
            return Queue(new MqttOutgoing { Packet = MqttWire.Subscribe(topics, qosLevels, id), MessageId = id, IsAnswered = true });
        }

        public ushort Unsubscribe(string[] topics)
        {
            CheckTopics(topics);
            ushort id = NextMessageId();
            return Queue(new MqttOutgoing { Packet = MqttWire.Unsubscribe(topics, id), MessageId = id, IsAnswered = true });
        }

        public ushort Publish(string topic, byte[] message) => Publish(topic, message, null, null, MqttQoSLevel.AtMostOnce, false);

        public ushort Publish(string topic, byte[] message, string contentType) => Publish(topic, message, contentType, null, MqttQoSLevel.AtMostOnce, false);

        public ushort Publish(string topic, byte[] message, string contentType, ArrayList userProperties) =>
            Publish(topic, message, contentType, userProperties, MqttQoSLevel.AtMostOnce, false);

        public ushort Publish(string topic, byte[] message, string contentType, ArrayList userProperties, MqttQoSLevel qosLevel, bool retain)
        {
            if (topic == null || topic.Length is 0 or > ushort.MaxValue)
            {
                throw new MqttClientException(MqttClientErrorCode.TopicLength);
            }

            if (topic.IndexOf('#') >= 0 || topic.IndexOf('+') >= 0)
            {
                throw new MqttClientException(MqttClientErrorCode.TopicWildcard);
            }

            if (qosLevel is not (MqttQoSLevel.AtMostOnce or MqttQoSLevel.AtLeastOnce))
            {
                throw new MqttClientException(MqttClientErrorCode.QosNotAllowed);
            }

            return Queue(new MqttOutgoing
            {
                Topic = topic,
                Message = message,
                Qos = qosLevel,
                Retain = retain,
                MessageId = NextMessageId(),
                IsAnswered = qosLevel != MqttQoSLevel.AtMostOnce
            });
        }

        internal void RaiseReceived(string topic, byte[] message, bool dup, MqttQoSLevel qos, bool retain) =>
            MqttMsgPublishReceived?.Invoke(this, new MqttMsgPublishEventArgs(topic, message, dup, qos, retain));

        internal void RaisePublished(ushort id, bool isPublished) => MqttMsgPublished?.Invoke(this, new MqttMsgPublishedEventArgs(id, isPublished));

        internal void RaiseSubscribed(ushort id, MqttQoSLevel[] levels) => MqttMsgSubscribed?.Invoke(this, new MqttMsgSubscribedEventArgs(id, levels));

        internal void RaiseUnsubscribed(ushort id) => MqttMsgUnsubscribed?.Invoke(this, new MqttMsgUnsubscribedEventArgs(id));

        internal void RaiseConnectionClosed() => ConnectionClosed?.Invoke(this, EventArgs.Empty);

        private static void CheckTopics(string[] topics)
        {
            if (topics == null || topics.Length == 0)
            {
                throw new MqttClientException(MqttClientErrorCode.TopicsEmpty);
            }
        }

        private void Initialize(string host, int port, bool secure, byte[] authority, byte[] certificate, byte[] key)
        {
            NodePlatform platform = NodeRuntime.Enter();
            if (!WifiStation.IsUp || platform.Network?.Resolve(platform, host) == null)
            {
                throw new SocketException(SocketError.HostNotFound);
            }

            _host = host;
            _port = port;
            _isSecure = secure;
            _identity = new TlsIdentity(authority, certificate, key, true);
        }

        private INodeStream OpenStream()
        {
            NodePlatform platform = NodeRuntime.Enter();
            INodeStream stream = WifiStation.IsUp ? platform.Network?.Connect(platform, _host, _port) : null;
            if (stream == null)
            {
                throw new MqttConnectionException("Exception connecting to the broker", new SocketException(SocketError.ConnectionRefused));
            }

            return _isSecure ? Secure(platform, stream) : stream;
        }

        private INodeStream Secure(NodePlatform platform, INodeStream stream)
        {
            try
            {
                return TlsNodeStream.OpenClient(platform, stream, _host, _identity with { IsServerChecked = Settings.ValidateServerCertificate });
            }
            catch (Exception exception) when (exception is not NodePoweredOffException)
            {
                stream.Close();
                throw new MqttConnectionException("Exception connecting to the broker", exception);
            }
        }

        private ushort NextMessageId()
        {
            _lastMessageId = _lastMessageId == ushort.MaxValue ? (ushort)1 : (ushort)(_lastMessageId + 1);
            return _lastMessageId;
        }

        private ushort Queue(MqttOutgoing item)
        {
            if (!IsConnected)
            {
                throw new MqttCommunicationException();
            }

            if (!_connection.TryAdd(item))
            {
                throw new MqttClientException(MqttClientErrorCode.InflightQueueFull);
            }

            return item.MessageId;
        }
    }
}
