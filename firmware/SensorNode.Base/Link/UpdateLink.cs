using SensorNode.Contracts;
using SensorNode.Update;

namespace SensorNode.Link
{
    /// <summary>A message link that carries the delivery of releases beside the application's messages, which know nothing of it.</summary>
    /// <remarks>Delivery waits until the application has published on a connection: a Sparkplug node's first message is its birth.</remarks>
    public sealed class UpdateLink : IMessageLink
    {
        private readonly IMessageLink _link;
        private readonly UpdateAgent _agent;
        private readonly IClock _clock;
        private readonly ISystem _system;
        private readonly ILog _log;
        private readonly string _node;
        private readonly string _group;
        private readonly string _reply;
        private bool _hasPublished;
        private int _toldDrops;

        /// <param name="link">The connection.</param>
        /// <param name="agent">Decides.</param>
        /// <param name="clock">Time.</param>
        /// <param name="system">The board, for an application that does not restart when it should.</param>
        /// <param name="log">For people.</param>
        /// <param name="group">Sparkplug group.</param>
        /// <param name="node">Sparkplug name.</param>
        public UpdateLink(IMessageLink link, UpdateAgent agent, IClock clock, ISystem system, ILog log, string group, string node)
        {
            _link = link;
            _agent = agent;
            _clock = clock;
            _system = system;
            _log = log;
            _group = "sensornode/" + group + "/update/offer/";
            _node = "sensornode/" + group + "/" + node + "/update/";
            _reply = _node + "reply";
        }

        /// <inheritdoc/>
        public bool IsConnected
        {
            get { return _link.IsConnected; }
        }

        /// <inheritdoc/>
        public int DroppedCount
        {
            get { return _link.DroppedCount; }
        }

        /// <inheritdoc/>
        public LinkStatus Connect(LinkOptions options)
        {
            _hasPublished = false;
            LinkStatus status = _link.Connect(options);
            status = status == LinkStatus.Ok ? _link.Subscribe(_reply, 1) : status;
            status = status == LinkStatus.Ok ? _link.Subscribe(_node + "offer/+", 1) : status;
            status = status == LinkStatus.Ok ? _link.Subscribe(_group + "+", 1) : status;
            _agent.NoteConnected(_clock.TickMs);
            if (status != LinkStatus.Ok)
            {
                _agent.NoteDisconnected();
            }

            return status;
        }

        /// <inheritdoc/>
        public LinkStatus Subscribe(string topicFilter, int qualityOfService)
        {
            return _link.Subscribe(topicFilter, qualityOfService);
        }

        /// <inheritdoc/>
        public LinkStatus Publish(string topic, byte[] payload, int qualityOfService, bool retain, out int messageId)
        {
            LinkStatus status = _link.Publish(topic, payload, qualityOfService, retain, out messageId);
            _hasPublished |= status == LinkStatus.Ok;
            return status;
        }

        /// <inheritdoc/>
        public bool TryReceive(out LinkMessage message)
        {
            while (_link.TryReceive(out message))
            {
                if (!TryTake(message))
                {
                    return true;
                }
            }

            return false;
        }

        /// <inheritdoc/>
        public bool TryTakeAcknowledged(out int messageId)
        {
            bool isTaken = _link.TryTakeAcknowledged(out messageId);
            if (isTaken)
            {
                _agent.NoteAcknowledged();
            }

            return isTaken;
        }

        /// <inheritdoc/>
        public void Wait(int milliseconds)
        {
            long nowMs = _clock.TickMs;
            if (_agent.IsRestartOverdue(nowMs))
            {
                _system.Reboot();
            }

            if (_hasPublished && _link.IsConnected)
            {
                byte[] request = _agent.Step(nowMs);
                if (request != null)
                {
                    _link.Publish(_node + "request", request, 0, false, out int _);
                }

                for (int kind = 0; kind < 2; kind++)
                {
                    byte[] state = _agent.TakeState(kind, nowMs);
                    if (state != null)
                    {
                        _link.Publish(_node + "state/" + Word(kind), state, 1, true, out int _);
                    }
                }
            }

            string note = _agent.TakeNote();
            if (note != null)
            {
                _log.Write(note);
            }

            if (_link.DroppedCount != _toldDrops)
            {
                _toldDrops = _link.DroppedCount;
                _log.Write("link: messages dropped that were too long or came too fast, " + _toldDrops.ToString() + " since boot");
            }

            _link.Wait(milliseconds);
        }

        /// <inheritdoc/>
        public void Disconnect()
        {
            _agent.NoteDisconnected();
            _link.Disconnect();
        }

        private static string Word(int kind)
        {
            return kind == 0 ? "application" : "model";
        }

        private bool TryTake(LinkMessage message)
        {
            string topic = message.Topic;
            if (!topic.StartsWith(_node) && !topic.StartsWith(_group))
            {
                return false;
            }

            if (topic == _reply)
            {
                _agent.TakeReply(message.Payload, _clock.TickMs);
                return true;
            }

            for (int kind = 0; kind < 2; kind++)
            {
                bool isOwn = topic == _node + "offer/" + Word(kind);
                if (isOwn || topic == _group + Word(kind))
                {
                    _agent.TakeOffer(kind, isOwn, message.Payload);
                    return true;
                }
            }

            return true;
        }
    }
}
