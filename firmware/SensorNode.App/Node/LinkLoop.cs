using SensorNode.Contracts;
using SensorNode.Sparkplug;

namespace SensorNode.Node
{
    /// <summary>Keeps the edge node connected: network, clock, connection, in this order, with back-off between attempts.</summary>
    /// <remarks>Thread: its own, the only one that touches network and link.</remarks>
    public sealed class LinkLoop
    {
        private const int ServeMs = 200;

        private readonly INetwork _network;
        private readonly IClock _clock;
        private readonly ILog _log;
        private readonly EdgeNode _edgeNode;
        private readonly MetricTable _table;
        private readonly Backoff _backoff;
        private int _openedCount;

        public LinkLoop(NodeServices services, EdgeNode edgeNode, MetricTable table)
        {
            _network = services.Network;
            _clock = services.Clock;
            _log = services.Log;
            _edgeNode = edgeNode;
            _table = table;
            _backoff = new Backoff(services.System);
        }

        /// <summary>Grows with every step; the supervisor sees by it that the thread is alive.</summary>
        public int Progress { get; private set; }

        /// <summary>Asks the thread to end, with a death message if it is connected.</summary>
        public bool IsStopping { get; set; }

        /// <summary>True once the thread has ended.</summary>
        public bool HasEnded { get; private set; }

        /// <summary>The thread's body.</summary>
        public void Run()
        {
            while (!IsStopping)
            {
                if (TryOpen())
                {
                    Serve();
                }

                if (!IsStopping)
                {
                    Rest(_backoff.NextDelayMs());
                }
            }

            _edgeNode.Close();
            HasEnded = true;
        }

        private bool TryOpen()
        {
            Progress++;
            if (!_network.IsUp && !_network.BringUp(30000))
            {
                _log.Write("link: no network");
                return false;
            }

            // Time stamps are part of every message: without the time of day there is nothing right to say.
            if (!_clock.IsUtcSet && !_network.SetClockFromNetwork())
            {
                _log.Write("link: no time of day from the time server");
                return false;
            }

            LinkStatus status = _edgeNode.Open();
            if (status != LinkStatus.Ok)
            {
                _log.Write("link: " + LinkStatusText.Of(status));
                return false;
            }

            _log.Write("link: connected");
            lock (_table)
            {
                _table.SetNumber(Metric.ReconnectCount, _openedCount, _clock.TickMs);
            }

            _openedCount++;
            return true;
        }

        private void Serve()
        {
            LinkStatus status = LinkStatus.Ok;
            while (status == LinkStatus.Ok && !IsStopping)
            {
                status = _edgeNode.Serve(ServeMs);
                Progress++;
                if (_edgeNode.IsBorn)
                {
                    _backoff.Reset();
                }
            }

            if (status != LinkStatus.Ok)
            {
                _log.Write("link: lost, " + LinkStatusText.Of(status));
            }
        }

        private void Rest(int pauseMs)
        {
            while (pauseMs > 0 && !IsStopping)
            {
                int stepMs = pauseMs > 1000 ? 1000 : pauseMs;
                _clock.Sleep(stepMs);
                pauseMs -= stepMs;
                Progress++;
            }
        }
    }
}
