using SensorNode.Acquisition;
using SensorNode.Contracts;
using SensorNode.Link;
using SensorNode.Sparkplug;
using SensorNode.Storage;

namespace SensorNode.Supervision
{
    /// <summary>Watches that the threads make progress and keeps the health metrics. Runs on the node's first thread.</summary>
    /// <remarks>A thread that does nothing for ten minutes has hung: the longest healthy silence is a TLS handshake with its time-outs, under two minutes.</remarks>
    public sealed class Supervisor
    {
        private const int StepMs = 2000;
        private const int HoldMs = 10000;
        private const int BlinkMs = 200;
        private const int HangMs = 600000;
        private const int HealthMs = 60000;
        private const int LateMs = 15000;
        private const int TrialMs = 600000;
        private const int LastResortMs = 43200000;

        private readonly NodeServices _services;
        private readonly MetricTable _table;
        private readonly ICommandTarget _requests;
        private readonly Sampler _sampler;
        private readonly IProgress _analysis;
        private readonly LinkLoop _linkLoop;
        private readonly EdgeNode _edgeNode;
        private readonly Recorder _recorder;
        private readonly TemperatureMonitor _temperature;
        private int _heldSteps;
        private readonly int[] _progress = new int[3];
        private readonly long[] _progressMs = new long[3];

        public Supervisor(NodeServices services, MetricTable table, ICommandTarget requests, Sampler sampler, IProgress analysis, LinkLoop linkLoop, EdgeNode edgeNode, Recorder recorder, TemperatureMonitor temperature)
        {
            _services = services;
            _table = table;
            _requests = requests;
            _sampler = sampler;
            _analysis = analysis;
            _linkLoop = linkLoop;
            _edgeNode = edgeNode;
            _recorder = recorder;
            _temperature = temperature;
        }

        /// <summary>Watches until a restart is due, and says why it is.</summary>
        public RestartReason Run()
        {
            long nextHealthMs = 0;
            for (int i = 0; i < _progressMs.Length; i++)
            {
                _progressMs[i] = _services.Clock.TickMs;
            }

            while (true)
            {
                long nowMs = _services.Clock.TickMs;
                if (nowMs >= nextHealthMs)
                {
                    nextHealthMs = nowMs + HealthMs;
                    _temperature.Measure(_table, nowMs);
                    UpdateHealth(nowMs);
                }

                if (_recorder.IsDue(nowMs, _edgeNode.IsBorn ? LateMs : 0))
                {
                    _recorder.Take(nowMs, false);
                }

                if (_requests.RestartAsked >= 0)
                {
                    return (RestartReason)_requests.RestartAsked;
                }

                if (_services.Update.IsRestartDue(nowMs))
                {
                    return RestartReason.Update;
                }

                if (HasHung(0, _sampler.Progress, nowMs) || HasHung(1, _analysis.Progress, nowMs) || HasHung(2, _linkLoop.Progress, nowMs))
                {
                    _services.Log.Write("watchdog: a thread has stopped");
                    return RestartReason.Watchdog;
                }

                if (_services.Settings.IsOnTrial && nowMs > TrialMs)
                {
                    _services.Settings.Withdraw();
                    return RestartReason.ConfigurationWithdrawn;
                }

                if (nowMs - _linkLoop.ConnectedMs > LastResortMs)
                {
                    return RestartReason.Network;
                }

                Wait(nowMs);
            }
        }

        /// <summary>Blinks while the node shows itself; looks at the button, which is seen every two seconds.</summary>
        private void Wait(long nowMs)
        {
            IPanel panel = _services.Panel;
            _heldSteps = panel.IsButtonDown ? _heldSteps + 1 : 0;
            if (_heldSteps > HoldMs / StepMs && FactoryReset.Ask(_services.Files, FactoryReset.ByButton) == FileStatus.Ok)
            {
                _services.Log.Write("button: factory reset");
                _requests.Restart(RestartReason.FactoryReset);
            }

            if (!panel.HasLed || nowMs >= _services.Commissioning.IdentifyUntilMs)
            {
                _services.Clock.Sleep(StepMs);
                return;
            }

            for (int waitedMs = 0; waitedMs < StepMs; waitedMs += 2 * BlinkMs)
            {
                panel.SetLed(true);
                _services.Clock.Sleep(BlinkMs);
                panel.SetLed(false);
                _services.Clock.Sleep(BlinkMs);
            }
        }

        private bool HasHung(int thread, int progress, long nowMs)
        {
            if (progress != _progress[thread])
            {
                _progress[thread] = progress;
                _progressMs[thread] = nowMs;
            }

            return nowMs - _progressMs[thread] > HangMs;
        }

        private void UpdateHealth(long nowMs)
        {
            _recorder.ReportHealth(nowMs);
            if (_services.Clock.IsUtcSet)
            {
                _services.ClockFloor.Keep(_services.Clock.UtcMs, false);
            }

            int freeHeapBytes = _services.System.MeasureFreeHeapBytes();
            lock (_table)
            {
                _table.SetNumber(NodeMetric.FreeHeap, freeHeapBytes, nowMs);
                _table.SetNumber(NodeMetric.UptimeMinutes, nowMs / 60000, nowMs);
                _table.SetNumber(NodeMetric.WindowCount, _sampler.WindowCount, nowMs);
                _table.SetNumber(NodeMetric.OverrunCount, _sampler.OverrunCount, nowMs);
                _table.SetNumber(NodeMetric.BusFaultCount, _sampler.BusFaultCount, nowMs);
                if (_linkLoop.ClockAskedMs >= 0)
                {
                    _table.SetNumber(NodeMetric.ClockAge, (nowMs - _linkLoop.ClockAskedMs) / 3600000, nowMs);
                }
            }
        }
    }
}
