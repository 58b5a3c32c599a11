using SensorNode.Configuration;
using SensorNode.Contracts;
using SensorNode.Sparkplug;

namespace SensorNode.Link
{
    /// <summary>One Sparkplug edge node on one MQTT connection at a time: connect, birth, data by exception, commands, death.</summary>
    /// <remarks>Thread: all calls from the link thread. The metric table is locked while a message is made of it, not while it is sent.</remarks>
    public sealed class EdgeNode
    {
        private const int FarewellMs = 2000;
        private const int HostWaitMs = 30000;
        private const int ListenMs = 5000;
        private const int SetBackMs = 5000;
        private const int TwoBirthsMs = 8000;

        private readonly IMessageLink _link;
        private readonly IClock _clock;
        private readonly ILog _log;
        private readonly MetricTable _table;
        private readonly NodeConfiguration _configuration;
        private readonly Recorder _recorder;
        private readonly HistorySender _history;
        private readonly ILendable _work;
        private readonly Topics _topics;
        private readonly ServerList _servers;
        private readonly BirthDeathSequence _birthDeathSequence;
        private readonly MessageBuilder _messages;
        private readonly CommandHandler _commands;
        private readonly HostState _host = new HostState();
        private readonly LinkOptions _options = new LinkOptions();
        private int _server;
        private int _bdSeq;
        private int _sequence;
        private long _openedMs;
        private long _lastUtcMs;
        private long _lastHeartbeatMs;
        private long _listenUntilMs;
        private bool _isBorn;
        private bool _hasBegun;
        private bool _isRebirthDue;
        private long _bornMs = -TwoBirthsMs;
        private long _bornBeforeMs = -TwoBirthsMs;

        public EdgeNode(NodeServices services, MetricTable table, CommandHandler commands, Recorder recorder, Snapshot snapshot, ILendable work, string nodeName)
        {
            _link = services.Link;
            _clock = services.Clock;
            _log = services.Log;
            _configuration = services.Configuration;
            _table = table;
            _commands = commands;
            _recorder = recorder;
            _work = work;
            _topics = new Topics(_configuration.Text(ConfigurationKey.SparkplugGroup), nodeName, _configuration.Text(ConfigurationKey.SparkplugPrimaryHost));
            _servers = new ServerList(_configuration.Text(ConfigurationKey.MqttHost), _configuration.MqttPortInForce);
            _birthDeathSequence = new BirthDeathSequence(services.Files);
            _messages = new MessageBuilder(table, _configuration, services.Texts);
            _history = new HistorySender(services, recorder, snapshot, _messages, _topics);
            FillOptions(nodeName);
        }

        /// <summary>True between a birth and the end of its connection.</summary>
        public bool IsBorn
        {
            get { return _isBorn && _link.IsConnected; }
        }

        /// <summary>True once the broker has acknowledged something on this connection.</summary>
        public bool HasRoundTrip
        {
            get { return _isBorn && _history.HasRoundTrip; }
        }

        /// <summary>The server that is tried next, from 0; for a node that forgets it in its sleep.</summary>
        public int Server
        {
            get { return _server; }
            set { _server = value >= 0 && value < _servers.Count ? value : 0; }
        }

        /// <summary>See <see cref="BirthDeathSequence.Last"/>.</summary>
        public int LastBdSeq
        {
            get { return _birthDeathSequence.Last; }
            set { _birthDeathSequence.Last = value; }
        }

        /// <summary>See <see cref="IRecordSource.State"/>.</summary>
        public int State
        {
            get { return _recorder.State(); }
        }

        /// <summary>True once all is told and acknowledged, and nobody has said anything for a while.</summary>
        public bool IsDone
        {
            get
            {
                lock (_table)
                {
                    return _isBorn && !_isRebirthDue && !_table.IsUrgent && _history.IsDone && _clock.TickMs >= _listenUntilMs;
                }
            }
        }

        /// <summary>Connects with a new bdSeq and subscribes. The birth follows from <see cref="Serve"/>. Where it fails, the next attempt goes to the next server.</summary>
        public LinkStatus Open()
        {
            _isBorn = false;
            _hasBegun = false;
            _lastUtcMs = 0;
            _host.Reset();
            _bdSeq = _birthDeathSequence.Next();
            _options.Host = _servers.Host(_server);
            _options.Port = _servers.Port(_server);
            _options.WillPayload = _messages.Death(_bdSeq);
            _openedMs = _clock.TickMs;
            LinkStatus status = _link.Connect(_options);
            if (status == LinkStatus.Ok)
            {
                status = _link.Subscribe(_topics.Command, 1);
            }

            if (status == LinkStatus.Ok && _topics.HostState != null)
            {
                status = _link.Subscribe(_topics.HostState, 1);
            }

            if (status != LinkStatus.Ok)
            {
                NextServer();
            }

            return status;
        }

        /// <summary>Handles what has come in and sends what is due. Waits for up to the given time.</summary>
        public LinkStatus Serve(int waitMs)
        {
            _link.Wait(_isBorn ? _history.WaitMs(waitMs) : waitMs);
            while (_link.TryTakeAcknowledged(out int id))
            {
                _history.TakeAcknowledged(id);
            }

            while (_link.TryReceive(out LinkMessage message))
            {
                Receive(message);
            }

            if (!_link.IsConnected)
            {
                return LinkStatus.NotConnected;
            }

            if (_isBorn)
            {
                return _clock.UtcMs < _lastUtcMs - SetBackMs ? LinkStatus.ClockSetBack : Report();
            }

            if (_topics.HostState == null || _host.IsOnline)
            {
                return SendBirth();
            }

            return IsHostElsewhere() ? LinkStatus.HostOffline : LinkStatus.Ok;
        }

        /// <summary>Ends the connection in good order: NDEATH, then DISCONNECT. Does nothing where there is none.</summary>
        public void Close()
        {
            if (_link.IsConnected && _isBorn && _link.Publish(_topics.Death, _messages.Death(_bdSeq), 1, false, out int deathId) == LinkStatus.Ok)
            {
                long endMs = _clock.TickMs + FarewellMs;
                bool isAcknowledged = false;
                while (!isAcknowledged && _link.IsConnected && _clock.TickMs < endMs)
                {
                    _link.Wait(100);
                    while (_link.TryTakeAcknowledged(out int id))
                    {
                        _history.TakeAcknowledged(id);
                        isAcknowledged |= id == deathId;
                    }
                }
            }

            // What the client has acknowledged for a command must not be lost with the connection. Its answer is told with the next birth, unless a deep sleep comes between.
            _isBorn = false;
            while (_link.TryReceive(out LinkMessage message))
            {
                Receive(message);
            }

            _history.End();
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
                    LeaveServer();
                }

                return;
            }

            // A command from before this connection says nothing about now.
            if (message.Topic != _topics.Command || message.IsRetained)
            {
                return;
            }

            _listenUntilMs = _clock.TickMs + ListenMs;
            string answer = _commands.Handle(message.Payload);
            lock (_table)
            {
                if (answer != null)
                {
                    _table.SetText(NodeMetric.CommandAnswer, answer, _clock.TickMs);
                    _table.Request(NodeMetric.CommandAnswer);
                    _table.MarkUrgent(NodeMetric.CommandAnswer);
                }
            }

            _isRebirthDue |= _commands.WantsRebirth && _isBorn;

            if (_commands.WantsNextServer)
            {
                LeaveServer();
            }
        }

        private void LeaveServer()
        {
            Close();
            NextServer();
        }

        private void NextServer()
        {
            _server = (_server + 1) % _servers.Count;
        }

        /// <summary>With several servers the host may be at another one.</summary>
        private bool IsHostElsewhere()
        {
            bool isElsewhere = _servers.Count > 1 && _clock.TickMs - _openedMs > HostWaitMs;
            if (isElsewhere)
            {
                NextServer();
            }

            return isElsewhere;
        }

        private LinkStatus Report()
        {
            long nowMs = _clock.TickMs;
            bool isDue = _recorder.IsDue(nowMs, 0);
            bool hasChange;
            lock (_table)
            {
                if (isDue && IsHeartbeatDue(nowMs))
                {
                    _lastHeartbeatMs = nowMs;
                    _table.Request(_table.Catalog.HeartbeatMetric);
                    _table.RequestQuiet();
                }

                hasChange = (isDue || _table.IsUrgent) && _table.NextChangeTickMs(-1) >= 0;
            }

            if (_isRebirthDue)
            {
                // No data between. A birth takes memory from the analysis for three seconds: one that asks without end must not keep it from working.
                return nowMs - _bornBeforeMs >= TwoBirthsMs ? SendBirth() : LinkStatus.Ok;
            }

            LinkStatus status = hasChange ? SendData() : LinkStatus.Ok;
            if (status == LinkStatus.Ok && isDue)
            {
                _recorder.Take(nowMs, true);
            }

            return status == LinkStatus.Ok ? _history.Serve(ref _sequence, NowUtcMs()) : status;
        }

        /// <summary>True where the next interval's end would be too late.</summary>
        private bool IsHeartbeatDue(long nowMs)
        {
            int longestSeconds = _configuration.Number(ConfigurationKey.ReportHeartbeatSeconds) - _configuration.Number(ConfigurationKey.ReportIntervalSeconds);
            return nowMs - _lastHeartbeatMs > longestSeconds * 1000L;
        }

        private LinkStatus SendBirth()
        {
            byte[] payload;
            _work?.Lend(_clock.TickMs);
            lock (_table)
            {
                payload = _messages.Birth(_bdSeq, NowUtcMs());
                _table.MarkAllSent();
            }

            _sequence = 0;
            _lastHeartbeatMs = _clock.TickMs;
            _listenUntilMs = _clock.TickMs + ListenMs;
            _bornBeforeMs = _bornMs;
            _bornMs = _clock.TickMs;
            _isRebirthDue = false;
            LinkStatus status = _link.Publish(_topics.Birth, payload, 0, false, out int _);
            _isBorn = status == LinkStatus.Ok;
            if (_isBorn && !_hasBegun)
            {
                _hasBegun = true;
                _history.Begin();
            }

            return status;
        }

        private LinkStatus SendData()
        {
            byte[] payload;
            _sequence = (_sequence + 1) & 255;
            lock (_table)
            {
                payload = _messages.Data(_sequence, NowUtcMs(), _clock.TickMs);
                _table.MarkSent();
            }

            return _link.Publish(_topics.Data, payload, 0, false, out int _);
        }

        /// <summary>A clock that was set back a little stands still on the wire until it has caught up.</summary>
        private long NowUtcMs()
        {
            long nowMs = _clock.UtcMs;
            _lastUtcMs = nowMs > _lastUtcMs ? nowMs : _lastUtcMs;
            return _lastUtcMs;
        }

        private void FillOptions(string nodeName)
        {
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
