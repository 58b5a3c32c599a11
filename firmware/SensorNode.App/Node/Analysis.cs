using SensorNode.Contracts;
using SensorNode.Features;
using SensorNode.Sparkplug;

namespace SensorNode.Node
{
    /// <summary>Takes each window and puts what it says into the metric table.</summary>
    public sealed class Analysis
    {
        private const int WaitMs = 1000;

        private readonly NodeServices _services;
        private readonly WindowExchange _exchange;
        private readonly MetricTable _table;
        private readonly NodeRequests _requests;
        private int _invalidCount;

        public Analysis(NodeServices services, WindowExchange exchange, MetricTable table, NodeRequests requests)
        {
            _services = services;
            _exchange = exchange;
            _table = table;
            _requests = requests;
        }

        /// <summary>Grows with every step; the supervisor sees by it that the thread is alive.</summary>
        public int Progress { get; private set; }

        /// <summary>Asks the thread to end.</summary>
        public bool IsStopping { get; set; }

        /// <summary>The thread's body.</summary>
        public void Run()
        {
            while (!IsStopping)
            {
                Progress++;
                CapturedWindow window = _exchange.Take(WaitMs);
                if (window != null)
                {
                    Analyse(window);
                    _exchange.Return(window);
                }
            }
        }

        private void Analyse(CapturedWindow window)
        {
            lock (_table)
            {
                if (window.Quality != WindowQuality.Good)
                {
                    _invalidCount++;
                }

                _table.SetNumber(Metric.InvalidWindowCount, _invalidCount, window.TickMs);
                _table.SetText(Metric.WindowQuality, WindowQuality.Text(window.Quality), window.TickMs);
            }
        }
    }
}
