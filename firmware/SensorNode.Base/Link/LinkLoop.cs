using SensorNode.Configuration;
using SensorNode.Contracts;
using SensorNode.Sparkplug;
using SensorNode.Storage;
using SensorNode.Supervision;
using SensorNode.Update;

namespace SensorNode.Link
{
    /// <summary>Keeps the edge node connected: network, clock, connection, in this order, with back-off between attempts.</summary>
    /// <remarks>
    /// Thread: its own, the only one that touches network and link; that of a node which sleeps rests while there is nothing to do (<see cref="IsParked"/>).
    /// Visits: such a node comes, tells what waits, listens, and goes in good order; the first visit begins with the thread.
    /// </remarks>
    public sealed class LinkLoop : IRetained
    {
        private const int ServeMs = 1000;
        private const long ClockIntervalMs = 86400000;
        private const int ClockDisputesMax = 3;
        private const int DisputeMs = 60000;
        private const int StepMsMin = 10;
        private const int SteadyMs = 60000;
        private const int EventsToldMax = 8;
        private const int VisitMs = 90000;
        private const int LongestVisitMs = 900000;
        private const int ParkMs = 500;
        private const long VisitClockIntervalMs = 60000;

        private readonly NodeServices _services;
        private readonly EdgeNode _edgeNode;
        private readonly MetricTable _table;
        private readonly Backoff _backoff;
        private readonly bool _isVisitor;
        private readonly long _clockIntervalMs;
        private long _visitMs;
        private int _told;
        private int _openedCount;
        private int _clockDisputes;
        private long _clockAskedMs = -ClockIntervalMs;
        private long _clockOffsetMs;

        public LinkLoop(NodeServices services, EdgeNode edgeNode, MetricTable table)
        {
            _services = services;
            _edgeNode = edgeNode;
            _table = table;
            _backoff = new Backoff(services.System);

            // Whether those of the starts before were told is not known: the newest come again, with their numbers.
            _told = _services.Events.Newest > EventsToldMax ? _services.Events.Newest - EventsToldMax : 0;
            ConnectedMs = _services.Clock.TickMs;
            _visitMs = ConnectedMs;
            _isVisitor = DutyCycle.IsUsed(services.Configuration);
            _clockIntervalMs = _isVisitor ? VisitClockIntervalMs : ClockIntervalMs;
        }

        /// <summary>Grows with every step; the supervisor sees by it that the thread is alive.</summary>
        public int Progress { get; private set; }

        /// <summary>True while a visit is over and the next was not asked for.</summary>
        public bool IsParked { get; private set; }

        /// <summary>True where the last visit told everything.</summary>
        public bool HasDelivered { get; private set; }

        /// <summary>What the broker knows since then: <see cref="EdgeNode.State"/> at the moment at which all was told.</summary>
        public int DeliveredState { get; private set; }

        /// <summary>Time since boot at which there was a connection last.</summary>
        public long ConnectedMs { get; private set; }

        /// <summary>Time since boot at which the time server was asked last.</summary>
        public long ClockAskedMs
        {
            get { return _clockAskedMs; }
        }

        /// <summary>Asks the thread to end, with a death message if it is connected.</summary>
        public bool IsStopping { get; set; }

        /// <summary>True once the thread has ended.</summary>
        public bool HasEnded { get; private set; }

        /// <summary>No visit until one is asked for. Before the thread starts.</summary>
        public void Park()
        {
            IsParked = true;
        }

        /// <summary>Asks for a visit, while it is parked.</summary>
        public void Visit(long nowMs)
        {
            _visitMs = nowMs;
            _backoff.Reset();
            HasDelivered = false;
            IsParked = false;
        }

        /// <inheritdoc/>
        public void Keep(SleepState into)
        {
            into.Put(_told);
            into.Put(_openedCount);
            into.PutShort(_edgeNode.Server);
            into.PutShort(_edgeNode.LastBdSeq);
            into.PutLong(_clockAskedMs);
            into.PutLong(ConnectedMs);
        }

        /// <inheritdoc/>
        public void Recall(SleepState from)
        {
            // The next birth shows the newest event again.
            _told = from.Take();
            _told -= _told == _services.Events.Newest && _told > 0 ? 1 : 0;
            _openedCount = from.Take();
            _edgeNode.Server = from.TakeShort();
            _edgeNode.LastBdSeq = from.TakeShort();
            _clockAskedMs = from.TakeLong();
            ConnectedMs = from.TakeLong();
        }

        /// <summary>The thread's body.</summary>
        public void Run()
        {
            while (!IsStopping)
            {
                if (IsParked)
                {
                    Rest(ParkMs);
                    continue;
                }

                if (TryOpen())
                {
                    Serve();
                }

                if (HasDelivered || IsVisitTooLong(VisitMs))
                {
                    IsParked = true;
                }
                else if (!IsStopping)
                {
                    Rest(_backoff.NextDelayMs());
                }
            }

            _edgeNode.Close();
            HasEnded = true;
        }

        private bool IsVisitTooLong(int longestMs)
        {
            long nowMs = _services.Clock.TickMs;
            return _isVisitor && nowMs - _visitMs > longestMs && !StayAwake.IsWanted(_services, nowMs);
        }

        private bool TryOpen()
        {
            Progress++;
            if (!_services.Network.IsUp && !_services.Network.BringUp(30000))
            {
                _services.Log.Write("link: no network");
                return false;
            }

            // Time stamps are part of every message: without the time of day there is nothing right to say.
            if (!IsClockRight())
            {
                return false;
            }

            LinkStatus status = _edgeNode.Open();
            if (status != LinkStatus.Ok)
            {
                _services.Log.Write("link: " + LinkStatusText.Of(status));
                if (status == LinkStatus.NotAuthorized || status == LinkStatus.TlsFailed)
                {
                    _services.Events.Add(EventKind.Refused, status == LinkStatus.TlsFailed ? 1 : 0);
                }

                return false;
            }

            _services.Log.Write("link: connected");
            lock (_table)
            {
                _table.SetNumber(NodeMetric.ReconnectCount, _openedCount, _services.Clock.TickMs);
            }

            _openedCount++;
            return true;
        }

        /// <summary>Asks the time server once in each boot and once a day; a node that sleeps at each visit. A time before the stored floor is believed only when it is given again and again, a minute apart.</summary>
        private bool IsClockRight()
        {
            WatchClock();
            long sinceAskedMs = _services.Clock.TickMs - _clockAskedMs;
            bool isDisputed = _clockDisputes > 0;
            if (isDisputed ? sinceAskedMs < DisputeMs : _services.Clock.IsUtcSet && sinceAskedMs < _clockIntervalMs)
            {
                return !isDisputed;
            }

            _clockAskedMs = _services.Clock.TickMs;
            if (!_services.Network.SetClockFromNetwork(isDisputed))
            {
                _services.Log.Write("link: no time of day from the time server");
                return false;
            }

            WatchClock();
            if (_services.Clock.UtcMs < _services.ClockFloor.UtcMs)
            {
                _clockDisputes++;
                _services.Log.Write("link: the time of day is before one that this node has seen");
                if (_clockDisputes < ClockDisputesMax)
                {
                    return false;
                }

                _services.ClockFloor.Put(_services.Clock.UtcMs);
            }

            _clockDisputes = 0;
            _services.ClockFloor.Keep(_services.Clock.UtcMs, false);
            return true;
        }

        /// <summary>Sees by the time since boot that the time of day was changed: by an answer asked for, or by the platform, which asks by itself too.</summary>
        private void WatchClock()
        {
            long nowMs = _services.Clock.TickMs;
            long offsetMs = _services.Clock.UtcMs - nowMs;
            if (_services.Clock.TickMs != nowMs)
            {
                // The millisecond passed between the two: once more, at once, for the look before an answer counts. Where somebody ran, the next look will do.
                nowMs = _services.Clock.TickMs;
                offsetMs = _services.Clock.UtcMs - nowMs;
                if (_services.Clock.TickMs != nowMs)
                {
                    return;
                }
            }

            long stepMs = _clockOffsetMs == 0 ? 0 : offsetMs - _clockOffsetMs;
            bool isStep = stepMs > StepMsMin || stepMs < -StepMsMin;
            if (!_services.Clock.IsUtcSet)
            {
                _clockOffsetMs = 0;
                return;
            }

            if (isStep || _clockOffsetMs == 0)
            {
                _clockOffsetMs = offsetMs;
                lock (_table)
                {
                    _table.SetNumber(NodeMetric.ClockStep, stepMs, nowMs);
                }
            }
        }

        private void Serve()
        {
            LinkStatus status = LinkStatus.Ok;
            long openedMs = _services.Clock.TickMs;
            while (status == LinkStatus.Ok && !IsStopping && !HasDelivered)
            {
                TellUpdate();
                TellEvent();
                status = _edgeNode.Serve(ServeMs);
                Progress++;
                ConnectedMs = _services.Clock.TickMs;
                if (_edgeNode.IsBorn)
                {
                    IsClockRight();
                }

                if (_edgeNode.HasRoundTrip && ConnectedMs - openedMs > SteadyMs)
                {
                    // Not before: a connection that ends soon after each birth would come back each second.
                    _backoff.Reset();
                }

                if (_services.Settings.IsOnTrial && _edgeNode.HasRoundTrip)
                {
                    _services.Settings.Confirm();
                }

                if (_services.Commissioning.IsSignalWanted)
                {
                    _services.Commissioning.PutSignal(_services.Network.MeasureSignalDbm());
                }

                // Before the question: what changes from here on is urgent, and then not all is told.
                DeliveredState = _isVisitor ? _edgeNode.State : 0;
                HasDelivered = _isVisitor && _edgeNode.IsDone && _told == _services.Events.Newest && !StayAwake.IsWanted(_services, ConnectedMs);
                if (!_edgeNode.IsBorn && IsVisitTooLong(VisitMs))
                {
                    status = LinkStatus.HostOffline;
                }
                else if (IsVisitTooLong(LongestVisitMs))
                {
                    status = LinkStatus.TimedOut;
                }
            }

            if (status != LinkStatus.Ok)
            {
                _services.Log.Write("link: lost, " + LinkStatusText.Of(status));
            }

            _edgeNode.Close();
        }

        private void TellUpdate()
        {
            long nowMs = _services.Clock.TickMs;
            lock (_table)
            {
                _table.SetText(NodeMetric.UpdateState, _services.Update.StateText, nowMs);
                _table.SetNumber(NodeMetric.UpdateProgress, _services.Update.Progress, nowMs);
                _table.SetText(NodeMetric.UpdateReason, _services.Update.ReasonText(0), nowMs);
                _table.SetText(NodeMetric.ModelReason, _services.Update.ReasonText(1), nowMs);
                _table.SetNumber(NodeMetric.SecurityCounter, _services.Update.Slots(0).State.SecurityCounter, nowMs);
                _table.MarkUrgent(NodeMetric.UpdateState);
            }
        }

        /// <summary>One event in each message; the newest, where it is the only one, in the birth.</summary>
        private void TellEvent()
        {
            if (_told == _services.Events.Newest || (!_edgeNode.IsBorn && _told + 1 != _services.Events.Newest))
            {
                return;
            }

            _told++;
            string text = _services.Events.Text(_told);
            if (text != null)
            {
                lock (_table)
                {
                    _table.SetText(NodeMetric.LastEvent, text, _services.Clock.TickMs);
                    _table.MarkUrgent(NodeMetric.LastEvent);
                }
            }
        }

        private void Rest(int pauseMs)
        {
            while (pauseMs > 0 && !IsStopping)
            {
                int stepMs = pauseMs > 1000 ? 1000 : pauseMs;
                _services.Clock.Sleep(stepMs);
                pauseMs -= stepMs;
                Progress++;
            }
        }
    }
}
