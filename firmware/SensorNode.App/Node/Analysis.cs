using SensorNode.Acquisition;
using SensorNode.Configuration;
using SensorNode.Contracts;
using SensorNode.Detection;
using SensorNode.Features;
using SensorNode.Link;
using SensorNode.Sparkplug;
using SensorNode.Storage;
using SensorNode.Supervision;

namespace SensorNode.Node
{
    /// <summary>Takes each window through features and detector, and puts what they say into the metric table.</summary>
    /// <remarks>Thread: its own. Nothing is allocated for a window; a change of the alarm makes its text.</remarks>
    public sealed class Analysis : IProgress, IRetained
    {
        private const int AxisCount = 3;
        private const int WaitMs = 5000;
        private const int LentStepMs = 50;

        private readonly WindowExchange _exchange;
        private readonly MetricTable _table;
        private readonly NodeRequests _requests;
        private readonly Snapshot _snapshot;
        private readonly NodeRecord _record;
        private readonly int _nanoGPerCount;
        private readonly ILog _log;
        private readonly IClock _clock;
        private readonly FeatureExtractor _extractor;
        private readonly AnomalyDetector _detector;
        private readonly DetectorResult _result = new DetectorResult();
        private readonly BaselineStore _baselines;
        private readonly TrendStore _trend;
        private readonly NodeServices _services;
        private Baseline _storedBaseline;
        private readonly NodeConfiguration _configuration;
        private int _invalidCount;
        private int _envelopeAxis;
        private long _envelopeDueMs;
        private string _zone = "";
        private readonly LearningWatch _learning = new LearningWatch();

        public Analysis(NodeServices services, WindowExchange exchange, MetricTable table, NodeRequests requests, Snapshot snapshot, NodeRecord record)
        {
            _exchange = exchange;
            _table = table;
            _requests = requests;
            _snapshot = snapshot;
            _record = record;
            _log = services.Log;
            _clock = services.Clock;
            _services = services;
            NodeConfiguration configuration = services.Configuration;
            IAccelerometer sensor = services.Accelerometer;
            int points = configuration.Number(ConfigurationKey.WindowPoints);
            _configuration = configuration;
            _nanoGPerCount = sensor.NanoGPerCount;
            _extractor = new FeatureExtractor(points, AxisCount, sensor.OutputRateMilliHz, sensor.BandwidthMilliHz, sensor.NanoGPerCount, sensor.ClipCounts, 1);
            Work = new WorkMemory(_extractor);
            _detector = new AnomalyDetector(AxisCount, WindowFeatures.PerAxis, configuration.Number(ConfigurationKey.DetectorLearnWindows));
            _baselines = new BaselineStore(services.Files, services.Update, configuration, services.Settings.IsOnTrial);
            _trend = new TrendStore(services.Files, services.Clock.TickMs);
            LoadBaseline();
            _detector.Persistence.SetInterval(configuration.Number(ConfigurationKey.WindowIntervalMs));
            table.SetNumber(Metric.VelocityBandLow, _extractor.VelocityLowMilliHz, services.Clock.TickMs);
            table.SetNumber(Metric.VelocityBandHigh, _extractor.VelocityHighMilliHz, services.Clock.TickMs);
        }

        /// <summary>The work arrays, to be lent to a birth message.</summary>
        public WorkMemory Work { get; }

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
                if (_requests.TakeRelearn())
                {
                    _detector.Relearn();
                    _baselines.Forget();
                    _storedBaseline = null;
                    BeginLearning();
                }

                if (_requests.TakeExtend())
                {
                    _detector.Extend();
                    BeginLearning();
                }

                CapturedWindow window = _exchange.Take(WaitMs);
                if (window != null)
                {
                    if (_storedBaseline == null && _baselines.IsUnread)
                    {
                        LoadBaseline();
                    }

                    bool isWhole = window.Quality == WindowQuality.Good;
                    bool isKept = Analyse(window);
                    if (isWhole)
                    {
                        _services.Update.NoteWindow();
                    }

                    _services.Update.IsBusy = _detector.Phase == DetectorPhase.Learning || _result.Alarm != AlarmLevel.None;
                    if (!isKept)
                    {
                        _exchange.Return(window);
                    }

                    StoreBaseline();
                    if (_storedBaseline != null)
                    {
                        _trend.Save(_detector.Persistence.TrendQ24, _storedBaseline.Mark, _clock.TickMs);
                    }
                }
            }
        }

        /// <inheritdoc/>
        public void Keep(SleepState into)
        {
            if (_detector.Baseline == null || _detector.Baseline != _storedBaseline || _snapshot.HasPart)
            {
                // It learns, the baseline is not stored, or a snapshot waits to be sent.
                into.IsRefused = true;
                return;
            }

            _detector.Keep(into);
            _result.Keep(into);
            into.Put(_invalidCount);
            into.PutShort(_envelopeAxis);
            into.PutLong(_envelopeDueMs);
            for (int axis = 0; axis < AxisCount; axis++)
            {
                into.Put(_extractor.Last.Axes[axis].EnvelopeMilliHz);
                into.PutShort(_extractor.Last.Axes[axis].EnvelopeDepthPermille);
            }
        }

        /// <inheritdoc/>
        public void Recall(SleepState from)
        {
            _detector.Recall(from);
            _result.Recall(from);
            _table.SetText(Metric.AlarmReason, ReasonText.Of(_result, _extractor), _clock.TickMs);
            _invalidCount = from.Take();
            _envelopeAxis = (from.TakeShort() & 3) % AxisCount;
            _envelopeDueMs = from.TakeLong();
            for (int axis = 0; axis < AxisCount; axis++)
            {
                _extractor.Last.Axes[axis].EnvelopeMilliHz = from.Take();
                _extractor.Last.Axes[axis].EnvelopeDepthPermille = from.TakeShort();
                TellEnvelope(axis, _clock.TickMs);
            }
        }

        /// <summary>What was said of the baseline before holds no longer.</summary>
        private void BeginLearning()
        {
            _snapshot.DropCopy();
            long nowMs = _clock.TickMs;
            _result.Alarm = AlarmLevel.None;
            lock (_table)
            {
                WindowMetrics.EndAlarm(_table, nowMs);
            }
        }

        private void LoadBaseline()
        {
            _storedBaseline = _baselines.Load(out string reason);
            _log.Write(_detector.Load(_storedBaseline) ? "baseline loaded" : "learning; baseline: " + reason);
            if (_storedBaseline != null)
            {
                _detector.Persistence.TrendQ24 = _trend.Read(_storedBaseline.Mark, _detector.Persistence.TrendQ24);
            }
        }

        /// <summary>Once, after learning has ended. A write that failed is tried again after the next window.</summary>
        private void StoreBaseline()
        {
            Baseline baseline = _detector.Baseline;
            if (baseline != null && baseline != _storedBaseline && _baselines.Save(baseline) == FileStatus.Ok)
            {
                _storedBaseline = baseline;
                _log.Write("baseline stored: " + baseline.LearnedWindows.ToString() + " windows, " + baseline.StateCount.ToString() + " states");
            }
        }

        /// <returns>True where the snapshot has kept the window, and gives it back.</returns>
        private bool Analyse(CapturedWindow window)
        {
            WindowFeatures features = null;
            int quality = window.Quality;
            if (quality == WindowQuality.Good)
            {
                features = Extract(window);
                if (features == null)
                {
                    return false;
                }

                quality = features.Quality;
                if (_services.Commissioning.IsReady)
                {
                    _services.Commissioning.Judge(window, _services.Accelerometer, features.VectorQ8, WindowFeatures.PerAxis, _table);
                }
            }

            // A window that does not count is told to the detector too, so that it never compares neighbours across a gap.
            _detector.Process(_extractor.Last.VectorQ8, quality, _result);
            bool isGood = (quality & WindowQuality.Unfit) == 0 || _result.Gate != GateReason.BadWindow;
            if (!isGood)
            {
                _invalidCount++;
            }

            lock (_table)
            {
                _table.SetNumber(Metric.InvalidWindowCount, _invalidCount, window.TickMs);
                _table.SetText(Metric.WindowQuality, WindowQuality.Text(quality), window.TickMs);
                PutFeatures(isGood ? features : null, window.TickMs);
                PutResult(quality, window.TickMs);
                _record.AddWindow(window.TickMs);
            }

            // What raised an alarm is worth a closer look.
            if (isGood && _snapshot.Offer(window, _exchange, _result.IsChanged && _result.Alarm != AlarmLevel.None, Work, _nanoGPerCount))
            {
                return true;
            }

            if (isGood)
            {
                PutEnvelope(window);
            }

            return false;
        }

        /// <summary>One axis after the other, each once in three report intervals: it costs more than an axis' other features together. The window's samples are lost.</summary>
        private void PutEnvelope(CapturedWindow window)
        {
            if (window.TickMs < _envelopeDueMs)
            {
                return;
            }

            int axis = _envelopeAxis;
            lock (Work)
            {
                if (Work.IsLent(_clock.TickMs) || !_extractor.FindEnvelope(axis, axis == 0 ? window.XCounts : axis == 1 ? window.YCounts : window.ZCounts))
                {
                    return;
                }
            }

            _envelopeDueMs = window.TickMs + _configuration.Number(ConfigurationKey.ReportIntervalSeconds) * 1000L;
            _envelopeAxis = axis == AxisCount - 1 ? 0 : axis + 1;
            lock (_table)
            {
                TellEnvelope(axis, window.TickMs);
            }
        }

        private void TellEnvelope(int axis, long tickMs)
        {
            AxisFeatures values = _extractor.Last.Axes[axis];
            WindowMetrics.PutEnvelope(_table, axis, values.EnvelopeMilliHz, values.EnvelopeDepthPermille, tickMs);
        }

        /// <summary>Null where the node is stopping.</summary>
        private WindowFeatures Extract(CapturedWindow window)
        {
            while (!IsStopping)
            {
                lock (Work)
                {
                    if (!Work.IsLent(_clock.TickMs))
                    {
                        _extractor.Begin();
                        _extractor.AddWindow(window.XCounts, window.YCounts, window.ZCounts, 0, WindowQuality.Good);
                        return _extractor.Finish();
                    }
                }

                _clock.Sleep(LentStepMs);
                Progress++;
            }

            return null;
        }

        private void PutFeatures(WindowFeatures features, long tickMs)
        {
            if (features == null)
            {
                WindowMetrics.SetNull(_table, tickMs);
                return;
            }

            int worstVelocity = 0;
            for (int axis = 0; axis < AxisCount; axis++)
            {
                int first = Metric.OfAxis(axis, 0);
                AxisFeatures values = features.Axes[axis];
                _table.SetNumber(first + Metric.AxisVelocityRms, values.VelocityMicrometerPerSecondRms, tickMs);
                _table.SetNumber(first + Metric.AxisAccelerationRms, values.AccelerationMicroGRms, tickMs);
                _table.SetNumber(first + Metric.AxisAccelerationPeak, values.AccelerationMicroGPeak, tickMs);
                _table.SetNumber(first + Metric.AxisCrestFactor, values.CrestFactorCenti, tickMs);
                _table.SetNumber(first + Metric.AxisKurtosis, values.KurtosisCenti, tickMs);
                _table.SetNumber(first + Metric.AxisDominantFrequency, values.LineMilliHz[0], tickMs);
                _table.SetNumber(first + Metric.AxisDominantAmplitude, values.LineMicroG[0], tickMs);
                _table.SetArray(first + Metric.AxisBandLevels, features.VectorQ8, axis * WindowFeatures.PerAxis, WindowFeatures.BandCount, tickMs);
                if (values.VelocityMicrometerPerSecondRms > worstVelocity)
                {
                    worstVelocity = values.VelocityMicrometerPerSecondRms;
                }
            }

            int machineClass = _configuration.Number(ConfigurationKey.MachineClass);
            if (machineClass == ConfigurationSchema.MachineClassNone)
            {
                _table.SetNull(Metric.Zone, tickMs);
                return;
            }

            string zone = Iso20816Zone.Of(machineClass, worstVelocity);
            _table.SetText(Metric.Zone, zone, tickMs);
            if (zone != _zone)
            {
                // The same zone again after a window that did not count is no news.
                _zone = zone;
                _table.MarkUrgent(Metric.Zone);
            }
        }

        private void PutResult(int quality, long tickMs)
        {
            _table.SetText(Metric.DetectorPhase, DetectorPhase.Name(_detector.Phase), tickMs);
            _table.MarkUrgent(Metric.DetectorPhase);
            _table.SetNumber(Metric.LearnedWindows, _detector.LearnedWindows, tickMs);
            _table.SetNumber(Metric.IsRunning, _result.IsRunning ? 1 : 0, tickMs);
            _table.SetNumber(Metric.OperatingState, _result.State, tickMs);
            if (_result.Phase == DetectorPhase.Watching && _result.IsRunning)
            {
                _table.SetNumber(Metric.Score, _result.MeanScoreQ8, tickMs);
            }

            _learning.Take(_table, _result.Phase == DetectorPhase.Learning && _result.Gate >= GateReason.Unsteady, quality, tickMs);
            if (_result.IsChanged)
            {
                _result.ReasonMilliHz = _extractor.PeakMilliHz(_result.ReasonAxis, _result.ReasonBand);
                string reason = ReasonText.Of(_result, _extractor);
                _log.Write("alarm: " + AlarmLevel.Name(_result.Alarm) + ", " + reason);
                _table.SetText(Metric.AlarmReason, reason, tickMs);
                _table.MarkUrgent(Metric.AlarmReason);
            }

            _table.SetText(Metric.Alarm, AlarmLevel.Name(_result.Alarm), tickMs);
            if (_result.IsChanged)
            {
                WindowMetrics.Request(_table);
                _table.MarkUrgent(Metric.Alarm);
            }
        }
    }
}
