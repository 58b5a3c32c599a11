using SensorNode.Acquisition;
using SensorNode.Configuration;
using SensorNode.Contracts;
using SensorNode.Link;
using SensorNode.Sparkplug;
using SensorNode.Storage;

namespace SensorNode.Supervision
{
    /// <summary>Watches that the threads make progress and keeps the health metrics. Runs on the node's first thread.</summary>
    /// <remarks>
    /// A thread that does nothing for ten minutes, awake, has hung: the longest healthy silence is a TLS handshake with its time-outs, under two minutes.
    /// Without a <see cref="DutyCycle"/> the node never sleeps. Without a sampler, for want of an accelerometer, it looks for one, and restarts when it has come.
    /// </remarks>
    public sealed class Supervisor
    {
        private const int StepMs = 2000;
        private const int HoldMs = 10000;
        private const int BlinkMs = 200;
        private const int HangMs = 600000;
        private const int HealthMs = 60000;
        private const int HealthLateMs = 5000;
        private const int LateMs = 15000;
        private const int TrialMs = 600000;
        private const int LastResortMs = 43200000;
        private const long AgeMs = 450L * 86400000;
        private const int FailuresMax = 4;
        private const int SensorMs = 10000;

        private readonly NodeServices _services;
        private readonly MetricTable _table;
        private readonly ICommandTarget _requests;
        private readonly Sampler _sampler;
        private readonly IProgress _analysis;
        private readonly LinkLoop _linkLoop;
        private readonly EdgeNode _edgeNode;
        private readonly Recorder _recorder;
        private readonly TemperatureMonitor _temperature;
        private readonly DutyCycle _duty;
        private long _heldSinceMs;
        private long _sensorMs;
        private int _sensorTrials;
        private readonly int[] _progress = new int[3];
        private readonly long[] _progressMs = new long[3];

        public Supervisor(NodeServices services, MetricTable table, ICommandTarget requests, Sampler sampler, IProgress analysis, LinkLoop linkLoop, EdgeNode edgeNode, Recorder recorder, TemperatureMonitor temperature, DutyCycle duty)
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
            _duty = duty;
        }

        /// <summary>Watches until a restart is due, and says why it is.</summary>
        public RestartReason Run()
        {
            long nextHealthMs = 0;
            _heldSinceMs = _services.Clock.TickMs;
            for (int i = 0; i < _progressMs.Length; i++)
            {
                _progressMs[i] = _services.Clock.TickMs;
            }

            while (true)
            {
                long nowMs = _services.Clock.TickMs;
                // It collects garbage, which takes as long as a short FIFO holds out: between two windows, where there is a pause.
                bool isQuiet = _sampler == null || _sampler.IsResting || nowMs > nextHealthMs + HealthLateMs;
                if (nowMs >= nextHealthMs && isQuiet)
                {
                    nextHealthMs = nowMs + HealthMs;
                    _temperature.Measure(_table, nowMs);
                    UpdateHealth(nowMs);
                }

                // A node that sleeps makes a record of a window, not of the moment at which it wakes.
                if (_recorder.IsDue(nowMs, _edgeNode.IsBorn ? LateMs : 0) && (_duty == null || !_linkLoop.IsParked))
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

                if (_sampler == null && IsSensorBack(nowMs))
                {
                    return RestartReason.Sensor;
                }

                bool hasHung = _sampler != null && (HasHung(0, _sampler.Progress, nowMs) || HasHung(1, _analysis.Progress, nowMs));
                if (hasHung || HasHung(2, _linkLoop.Progress, nowMs))
                {
                    _services.Log.Write("watchdog: a thread has stopped");
                    return RestartReason.Watchdog;
                }

                if (_services.Settings.IsOnTrial && nowMs > TrialMs)
                {
                    _services.Settings.Withdraw();
                    return RestartReason.ConfigurationWithdrawn;
                }

                if (nowMs - _linkLoop.ConnectedMs > LastResortMs && (_duty == null || _duty.Failures >= FailuresMax))
                {
                    return RestartReason.Network;
                }

                if (nowMs > AgeMs)
                {
                    return RestartReason.Age;
                }

                LookAtButton();
                long sleptMs = 0;
                if (nowMs < _services.Commissioning.IdentifyUntilMs)
                {
                    Wait(nowMs);
                }
                else if (_duty != null)
                {
                    sleptMs = _duty.Step();
                }
                else if (_linkLoop.IsParked)
                {
                    sleptMs = SleepWithoutSensor(nowMs);
                }
                else
                {
                    Wait(nowMs);
                }

                // A thread is not to blame for standing still while the whole board does; and nobody saw the button meanwhile.
                _heldSinceMs = sleptMs > 0 ? _services.Clock.TickMs : _heldSinceMs;
                for (int i = 0; i < _progressMs.Length; i++)
                {
                    _progressMs[i] += sleptMs;
                }
            }
        }

        private bool IsSensorBack(long nowMs)
        {
            if (nowMs - _sensorMs < SensorMs)
            {
                return false;
            }

            _sensorMs = nowMs;
            _sensorTrials++;
            lock (_table)
            {
                _table.SetNumber(NodeMetric.BusFaultCount, _sensorTrials, nowMs);
            }

            return SensorStart.Try(_services) == SensorStatus.Ok;
        }

        /// <summary>A node that sleeps between windows and has none comes once in each of their intervals all the same, and says so.</summary>
        private long SleepWithoutSensor(long nowMs)
        {
            _services.Network.TakeDown();
            bool hasSlept = !StayAwake.IsWanted(_services, nowMs) && _services.System.LightSleep(_services.Configuration.Number(ConfigurationKey.WindowIntervalMs));
            if (!hasSlept)
            {
                _services.Clock.Sleep(StepMs);
            }

            long wokenMs = _services.Clock.TickMs;
            _linkLoop.Visit(wokenMs);
            return hasSlept ? wokenMs - nowMs : 0;
        }

        /// <summary>The button is seen at each step.</summary>
        private void LookAtButton()
        {
            long nowMs = _services.Clock.TickMs;
            if (!_services.Panel.IsButtonDown)
            {
                _heldSinceMs = nowMs;
            }
            else if (nowMs - _heldSinceMs > HoldMs && FactoryReset.Ask(_services.Files, FactoryReset.ByButton) == FileStatus.Ok)
            {
                _services.Log.Write("button: factory reset");
                _requests.Restart(RestartReason.FactoryReset);
            }
        }

        /// <summary>Blinks while the node shows itself.</summary>
        private void Wait(long nowMs)
        {
            IPanel panel = _services.Panel;
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
            if (_services.Clock.IsUtcSet && _duty == null)
            {
                _services.ClockFloor.Keep(_services.Clock.UtcMs, false);
            }

            int freeHeapBytes = _services.System.MeasureFreeHeapBytes();
            lock (_table)
            {
                _table.SetNumber(NodeMetric.FreeHeap, freeHeapBytes, nowMs);
                _table.SetNumber(NodeMetric.UptimeMinutes, nowMs / 60000, nowMs);
                if (_sampler != null)
                {
                    _table.SetNumber(NodeMetric.WindowCount, _sampler.WindowCount, nowMs);
                    _table.SetNumber(NodeMetric.SkippedWindows, _sampler.SkippedCount, nowMs);
                    _table.SetNumber(NodeMetric.OverrunCount, _sampler.OverrunCount, nowMs);
                    _table.SetNumber(NodeMetric.BusFaultCount, _sampler.BusFaultCount, nowMs);
                }

                if (_linkLoop.ClockAskedMs >= 0)
                {
                    _table.SetNumber(NodeMetric.ClockAge, (nowMs - _linkLoop.ClockAskedMs) / 3600000, nowMs);
                }
            }
        }
    }
}
