using System;
using System.Threading;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;
using SensorNode.Platform;

namespace nanoFramework.M2Mqtt
{
    /// <summary>One open connection of a client, with its three threads: receiving, sending, calling event handlers.</summary>
    internal sealed class MqttConnection
    {
        private readonly MqttClient _client;
        private readonly INodeStream _stream;
        private readonly MqttOutbox _outbox;
        private readonly MqttEventQueue _events = new();
        private readonly AutoResetEvent _accepted = new(false);
        private MqttPacket _answer;
        private bool _isClosing;

        public MqttConnection(MqttClient client, INodeStream stream, int keepAliveSeconds)
        {
            _client = client;
            _stream = stream;
            _outbox = new MqttOutbox(stream, client.Settings, keepAliveSeconds)
            {
                Lost = BeginClosing,
                GivenUp = item => Report(item, false)
            };
        }

        public bool IsAccepted { get; private set; }

        /// <summary>Sends CONNECT and waits for the answer.</summary>
        public MqttReasonCode Open(MqttConnectRequest request)
        {
            new Thread(Receive).Start();
            if (!_stream.Write(MqttWire.Connect(request)) || !_accepted.WaitOne(_client.Settings.TimeoutOnReceiving, false))
            {
                bool isGone = _isClosing || !_stream.IsOpen;
                Abort();
                throw isGone ? new MqttCommunicationException() : new MqttTimeoutException();
            }

            if (_answer == null)
            {
                Abort();
                throw new MqttCommunicationException();
            }

            var code = (MqttReasonCode)_answer.Body[1];
            if (code != MqttReasonCode.Success)
            {
                Abort();
                return code;
            }

            IsAccepted = true;
            new Thread(_outbox.Run).Start();
            new Thread(_events.Run).Start();
            return code;
        }

        public bool TryAdd(MqttOutgoing item) => _outbox.TryAdd(item);

        /// <summary>Says goodbye and closes.</summary>
        public void Disconnect()
        {
            _stream.Write(MqttWire.Disconnect);
            BeginClosing();
        }

        /// <summary>Closes without a word to the broker; the handlers of ConnectionClosed are called if there was a connection.</summary>
        public void BeginClosing()
        {
            if (_isClosing)
            {
                return;
            }

            _isClosing = true;
            _stream.Close();
            _outbox.Stop();
            if (IsAccepted)
            {
                IsAccepted = false;
                _events.Add(_client.RaiseConnectionClosed);
            }

            _events.Close();
        }

        private void Abort()
        {
            _isClosing = true;
            _stream.Close();
        }

        private void Receive()
        {
            while (!_isClosing)
            {
                MqttPacket packet = MqttPacket.Read(_stream);
                if (packet == null || !Handle(packet))
                {
                    break;
                }
            }

            BeginClosing();
            _accepted.Set();
        }

        /// <summary>False for a packet that a broker never sends.</summary>
        private bool Handle(MqttPacket packet)
        {
            if (packet.Type != 13 && packet.Body.Length < 2)
            {
                return false;
            }

            switch (packet.Type)
            {
                case 2:
                    _answer = packet;
                    _accepted.Set();
                    return true;
                case 3:
                    return Incoming(packet);
                case 4:
                    return Acknowledged(packet.MessageId);
                case 6:
                    return _outbox.TryAdd(new MqttOutgoing { Packet = MqttWire.Acknowledge(0x70, packet.MessageId) });
                case 9:
                    return Subscribed(packet);
                case 11:
                    ushort id = packet.MessageId;
                    _outbox.Answered(id, false);
                    _events.Add(() => _client.RaiseUnsubscribed(id));
                    return true;
                case 13:
                    _outbox.PingAnswered();
                    return true;
                default:
                    return false;
            }
        }

        private bool Incoming(MqttPacket packet)
        {
            int topicEnd = 2 + packet.NumberAt(0);
            int start = topicEnd + (packet.QualityOfService > 0 ? 2 : 0);
            if (start > packet.Body.Length || packet.QualityOfService > 2)
            {
                return false;
            }

            string topic = Utf8.GetText(packet.Body.AsSpan(2, topicEnd - 2));
            byte[] message = packet.Body[start..];
            if (packet.QualityOfService > 0)
            {
                byte header = packet.QualityOfService == 1 ? (byte)0x40 : (byte)0x50;
                _outbox.TryAdd(new MqttOutgoing { Packet = MqttWire.Acknowledge(header, packet.NumberAt(topicEnd)) });
            }

            _events.Add(() => _client.RaiseReceived(topic, message, (packet.Header & 8) != 0, (MqttQoSLevel)packet.QualityOfService, (packet.Header & 1) != 0));
            return true;
        }

        private bool Acknowledged(ushort id)
        {
            MqttOutgoing item = _outbox.Answered(id, true);
            if (item != null)
            {
                Report(item, true);
            }

            return true;
        }

        private bool Subscribed(MqttPacket packet)
        {
            ushort id = packet.MessageId;
            _outbox.Answered(id, false);
            var levels = new MqttQoSLevel[packet.Body.Length - 2];
            for (int i = 0; i < levels.Length; i++)
            {
                levels[i] = (MqttQoSLevel)packet.Body[i + 2];
            }

            _events.Add(() => _client.RaiseSubscribed(id, levels));
            return true;
        }

        private void Report(MqttOutgoing item, bool isPublished)
        {
            if (item.IsMessage)
            {
                _events.Add(() => _client.RaisePublished(item.MessageId, isPublished));
            }
        }
    }
}
