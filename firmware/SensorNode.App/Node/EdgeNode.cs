using SensorNode.Configuration;
using SensorNode.Contracts;
using SensorNode.Sparkplug;

namespace SensorNode.Node
{
    /// <summary>One Sparkplug edge node on one MQTT connection at a time: connect, birth, data by exception, commands, death.</summary>
    /// <remarks>Thread: all calls from the link thread. The metric table is locked while a message is made of it, not while it is sent.</remarks>
    public sealed class EdgeNode
    {
        private readonly IMessageLink _link;
        private readonly IClock _clock;
        private readonly ILog _log;
        private readonly MetricTable _table;
        private readonly NodeConfiguration _configuration;
        private readonly Topics _topics;
        private readonly BirthDeathSequence _birthDeathSequence;
        private readonly MessageBuilder _messages;
        private readonly CommandHandler _commands;
        private readonly HostState _host = new HostState();
        private readonly LinkOptions _options = new LinkOptions();
        private int _bdSeq;
        private int _sequence;
        private long _lastReportMs;
        private long _lastHeartbeatMs;
        private bool _isBorn;

        public EdgeNode(NodeServices services, MetricTable table, CommandHandler commands, string nodeName)
        {
            _link = services.Link;
            _clock = services.Clock;
            _log = services.Log;
            _configuration = services.Configuration;
            _table = table;
            _commands = commands;
            _topics = new Topics(_configuration.Text(ConfigurationKey.SparkplugGroup), nodeName, _configuration.Text(ConfigurationKey.SparkplugPrimaryHost));
            _birthDeathSequence = new BirthDeathSequence(services.Files);
            _messages = new MessageBuilder(table, _configuration);
            FillOptions(nodeName);
        }

        /// <summary>True between a birth and the end of its connection.</summary>
        public bool IsBorn
        {
            get { return _isBorn && _link.IsConnected; }
        }

        /// <summary>Connects with a new bdSeq and subscribes. The birth follows from <see cref="Serve"/>.</summary>
        public LinkStatus Open()
        {
            _isBorn = false;
            _host.Reset();
            _bdSeq = _birthDeathSequence.Next();
            _options.WillPayload = _messages.Death(_bdSeq);
            LinkStatus status = _link.Connect(_options);
            if (status == LinkStatus.Ok)
            {
                status = _link.Subscribe(_topics.Command, 1);
            }

            if (status == LinkStatus.Ok && _topics.HostState != null)
            {
                status = _link.Subscribe(_topics.HostState, 1);
            }

            return status;
        }

        /// <summary>Handles what has come in and sends what is due. Waits for up to the given time.</summary>
        public LinkStatus Serve(int waitMs)
        {
            _link.Wait(waitMs);
            while (_link.TryReceive(out LinkMessage message))
            {
                Receive(message);
            }

            while (_link.TryTakeAcknowledged(out int _))
            {
            }

            if (!_link.IsConnected)
            {
                return LinkStatus.NotConnected;
            }

            if (!_isBorn)
            {
                return _topics.HostState == null || _host.IsOnline ? SendBirth() : LinkStatus.Ok;
            }

            return IsReportDue() ? SendData() : LinkStatus.Ok;
        }

        /// <summary>Ends the connection in good order: NDEATH, then DISCONNECT.</summary>
        public void Close()
        {
            if (_link.IsConnected && _isBorn)
            {
                _link.Publish(_topics.Death, _messages.Death(_bdSeq), 1, false, out int _);
                _link.Wait(500);
            }

            _isBorn = false;
            _link.Disconnect();
        }

        private void Receive(LinkMessage message)
        {
            if (message.Topic == _topics.HostState)
            {
                bool wasOnline = _host.IsOnline;
                if (_host.Take(message.Payload) && wasOnline && !_host.IsOnline)
                {
                    _log.Write("primary host is offline");
                    Close();
                }

                return;
            }

            string answer = _commands.Handle(message.Payload);
            lock (_table)
            {
                if (answer != null)
                {
                    _table.SetText(Metric.CommandAnswer, answer, _clock.TickMs);
                    _table.Request(Metric.CommandAnswer);
                    _table.MarkUrgent(Metric.CommandAnswer);
                }
            }

            if (_commands.WantsRebirth && _isBorn)
            {
                SendBirth();
            }
        }

        private bool IsReportDue()
        {
            long nowMs = _clock.TickMs;
            lock (_table)
            {
                if (nowMs - _lastHeartbeatMs >= _configuration.Number(ConfigurationKey.ReportHeartbeatSeconds) * 1000L)
                {
                    _lastHeartbeatMs = nowMs;
                    _table.Request(Metric.Score);
                    _table.RequestQuiet();
                }

                return _table.IsUrgent
                    || (nowMs - _lastReportMs >= _configuration.Number(ConfigurationKey.ReportIntervalSeconds) * 1000L && _table.NextChangeTickMs(-1) >= 0);
            }
        }

        private LinkStatus SendBirth()
        {
            byte[] payload;
            lock (_table)
            {
                payload = _messages.Birth(_bdSeq, _clock.UtcMs);
                _table.MarkAllSent();
            }

            _sequence = 0;
            _lastReportMs = _clock.TickMs;
            _lastHeartbeatMs = _lastReportMs;
            LinkStatus status = _link.Publish(_topics.Birth, payload, 0, false, out int _);
            _isBorn = status == LinkStatus.Ok;
            return status;
        }

        private LinkStatus SendData()
        {
            byte[] payload;
            _sequence = (_sequence + 1) & 255;
            lock (_table)
            {
                payload = _messages.Data(_sequence, _clock.UtcMs, _clock.TickMs);
                _table.MarkSent();
            }

            _lastReportMs = _clock.TickMs;
            return _link.Publish(_topics.Data, payload, 0, false, out int _);
        }

        private void FillOptions(string nodeName)
        {
            _options.Host = _configuration.Text(ConfigurationKey.MqttHost);
            _options.Port = _configuration.MqttPortInForce;
            _options.UseTls = _configuration.Number(ConfigurationKey.MqttSecurity) == ConfigurationSchema.SecurityTls;
            _options.CaCertificateFile = OrNull(ConfigurationKey.MqttCaFile);
            _options.ClientCertificateFile = OrNull(ConfigurationKey.MqttCertificateFile);
            _options.ClientKeyFile = OrNull(ConfigurationKey.MqttKeyFile);
            _options.UserName = OrNull(ConfigurationKey.MqttUser);
            _options.Password = OrNull(ConfigurationKey.MqttPassword);
            _options.ClientId = _configuration.Text(ConfigurationKey.SparkplugGroup) + "-" + nodeName;
            _options.KeepAliveSeconds = _configuration.Number(ConfigurationKey.MqttKeepAliveSeconds);
            _options.WillTopic = _topics.Death;
        }

        private string OrNull(int key)
        {
            string text = _configuration.Text(key);
            return text.Length > 0 ? text : null;
        }
    }
}
