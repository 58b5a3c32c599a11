using System;
using SensorNode.Contracts;
using SensorNode.Storage;

namespace SensorNode.Detection
{
    /// <summary>Learns a healthy machine on the node, then says of each window how far it is from that. Bit-exact and deterministic.</summary>
    /// <remarks>
    /// Use:     one call of Process for each window, from one thread. No clock, no random, no allocation but at the end of learning.
    /// Phases:  learning until enough running windows have been seen or FinishLearning; then watching, with a baseline that never adapts.
    /// Memory:  learner 8 KB while learning, baseline 3.4 KB afterwards (three axes of 24 bands, ten centroids).
    /// Cost:    60,000 IL instructions a window or fewer, learning or watching.
    /// </remarks>
    public sealed class AnomalyDetector
    {
        // A variance of about one count^2: log2(16 v + 1) = 4.
        private const int QuietLevelQ8 = 1024;

        /// <summary>What turns scores into alarms: for its interval and its trend.</summary>
        public readonly Persistence Persistence;

        private readonly int _axisCount;
        private readonly int _perAxis;
        private readonly SteadinessGate _steadiness;
        private BaselineLearner _learner;
        private Baseline _baseline;
        private Baseline _extended;
        private int _learnWindows;
        private int _alarm;
        private int _reason;
        private bool _isKnown;

        /// <param name="axisCount">Axes in a vector, 1 to 3.</param>
        /// <param name="perAxis">Values an axis: the bands, then log2 of the variance. 2 to 26.</param>
        /// <param name="learnWindows">Running windows after which learning ends by itself; 0: only by FinishLearning.</param>
        public AnomalyDetector(int axisCount, int perAxis, int learnWindows)
        {
            if (axisCount < 1 || axisCount > 3 || perAxis < 2 || perAxis > 26 || learnWindows < 0)
            {
                throw new ArgumentException();
            }

            _axisCount = axisCount;
            _perAxis = perAxis;
            _learnWindows = learnWindows;
            _steadiness = new SteadinessGate(axisCount, perAxis);
            Persistence = new Persistence();
            _learner = new BaselineLearner(axisCount, perAxis);
        }

        /// <summary><see cref="DetectorPhase"/> at present.</summary>
        public int Phase
        {
            get { return _learner != null ? DetectorPhase.Learning : _baseline != null ? DetectorPhase.Watching : DetectorPhase.Waiting; }
        }

        /// <summary>Running windows learned so far, in this round of learning or for the baseline in force.</summary>
        public int LearnedWindows { get; private set; }

        /// <summary>The baseline in force, or null.</summary>
        public Baseline Baseline { get { return _baseline; } }

        /// <summary>Learns from a window or judges it.</summary>
        /// <param name="vectorQ8">short[axisCount * perAxis], values 0 to 12287. Read only.</param>
        /// <param name="quality">
        /// Bits of <see cref="WindowQuality"/>. Incomplete windows are neither learned nor judged. Clipped ones, and those in which an axis stands
        /// still that is known to move, are not learned, and judged only when there are more of them than a healthy machine gave, or clipped ones
        /// are all that was seen since the start.
        /// </param>
        /// <param name="result">Overwritten.</param>
        public void Process(short[] vectorQ8, int quality, DetectorResult result)
        {
            result.Phase = Phase;
            result.State = -1;
            result.MeanSquareQ16 = 0;
            result.ScoreQ8 = 0;
            result.IsRunning = false;
            result.IsChanged = false;
            if ((quality & WindowQuality.Unfit & ~(WindowQuality.Clipped | WindowQuality.Constant)) != 0)
            {
                // There are no features of it: what the vector says is of another window.
                _steadiness.Restart();
                result.Gate = GateReason.BadWindow;
            }
            else if ((quality & WindowQuality.Clipped) != 0 || ((quality & WindowQuality.Constant) != 0 && !IsQuiet(vectorQ8)))
            {
                Doubt(vectorQ8, quality, result);
            }
            else if (_learner != null)
            {
                Learn(vectorQ8, result);
            }
            else
            {
                Judge(vectorQ8, result);
            }

            result.Alarm = _alarm;
            result.Reason = _reason;
            result.MeanScoreQ8 = _baseline == null ? 0 : Persistence.MeanQ8 - _baseline.ThresholdQ8;
        }

        /// <summary>Forgets what came before: gate history, persistence, hysteresis. Keeps what was learned.</summary>
        public void Restart()
        {
            _steadiness.Restart();
            Persistence.Restart();
            _isKnown = false;
            _alarm = AlarmLevel.None;
            _reason = AlarmReason.None;
        }

        /// <summary>Ends learning now, whatever the count, and sets the threshold.</summary>
        /// <returns>False: not one usable window was learned; the detector then waits for Relearn or Load.</returns>
        public bool FinishLearning()
        {
            if (_learner == null)
            {
                return _baseline != null;
            }

            BaselineLearner learner = _learner;
            _learner = null;
            Baseline old = _extended;
            _extended = null;
            if (learner.CentroidCount == 0)
            {
                _baseline = old;
            }
            else
            {
                short[] scratch = new short[_axisCount * _perAxis];
                int spread = _steadiness.SpreadMostQ16 > _steadiness.SpreadQ16 ? _steadiness.SpreadMostQ16 : _steadiness.SpreadQ16;
                _baseline = BaselineBuilder.Build(learner, _axisCount, _perAxis, spread, _steadiness.LearnedAllowance, LearnedWindows, scratch);
                if (old != null)
                {
                    _baseline.Allow(old);
                }
            }

            return Adopt(_baseline);
        }

        /// <summary>Forgets the baseline and learns a new one.</summary>
        public void Relearn()
        {
            _baseline = null;
            _extended = null;
            _learner = new BaselineLearner(_axisCount, _perAxis);
            _steadiness.Reset();
            LearnedWindows = 0;
            Restart();
        }

        /// <summary>Goes on learning from the baseline in force: adds operating states to it. Without one, the same as Relearn.</summary>
        public void Extend()
        {
            if (_baseline == null)
            {
                Relearn();
                return;
            }

            _extended = _baseline;
            _learner = new BaselineLearner(_axisCount, _perAxis);
            _learner.Seed(_baseline);
            _baseline = null;
            LearnedWindows = 0;
            Restart();
        }

        /// <summary>Puts a stored baseline in force.</summary>
        /// <returns>False: it is for other axes or bands; nothing was changed.</returns>
        public bool Load(Baseline baseline)
        {
            if (baseline == null || baseline.AxisCount != _axisCount || baseline.PerAxis != _perAxis)
            {
                return false;
            }

            _learner = null;
            _extended = null;
            return Adopt(baseline);
        }

        /// <summary>Puts what <see cref="Recall"/> takes back. While watching only: what is being learned is not kept.</summary>
        public void Keep(SleepState into)
        {
            into.PutShort(_alarm);
            into.PutShort(_reason);
            into.PutShort(_isKnown ? 1 : 0);
            _steadiness.Keep(into);
            Persistence.Keep(into);
        }

        /// <summary>Goes on as if nothing had been between <see cref="Keep"/> and this, once <see cref="Load"/> has put the same baseline in force.</summary>
        public void Recall(SleepState from)
        {
            _alarm = from.TakeShort();
            _reason = from.TakeShort();
            _isKnown = from.TakeShort() != 0;
            _steadiness.Recall(from);
            Persistence.Recall(from);
        }

        private bool Adopt(Baseline baseline)
        {
            _baseline = baseline;
            if (baseline == null)
            {
                return false;
            }

            LearnedWindows = baseline.WindowCount;
            _steadiness.SpreadQ16 = baseline.SpreadQ16;
            _steadiness.Allowance = baseline.UnsteadyLimit;
            Persistence.Configure(baseline.HealthyMeanQ8, baseline.ThresholdQ8);
            Restart();
            return true;
        }

        private void Learn(short[] vectorQ8, DetectorResult result)
        {
            if (!_steadiness.Observe(vectorQ8, true))
            {
                result.Gate = GateReason.Unsteady;
                return;
            }

            // Standstill is a state like others and is learned too, but it does not count towards the running windows.
            result.IsRunning = _learner.Learn(vectorQ8, _steadiness.SpreadQ16);
            result.Gate = result.IsRunning ? GateReason.Running : GateReason.Standstill;
            if (result.IsRunning)
            {
                LearnedWindows++;
                if (LearnedWindows == _learnWindows)
                {
                    FinishLearning();
                }
            }
        }

        private void Judge(short[] vectorQ8, DetectorResult result)
        {
            bool isSteady = _steadiness.Observe(vectorQ8, false);
            if (_baseline == null)
            {
                result.Gate = isSteady ? GateReason.Running : GateReason.Unsteady;
                return;
            }

            Score(vectorQ8, result);
            if (MachineGate.StandsStill(_baseline, result.State, vectorQ8))
            {
                result.Gate = GateReason.Standstill;
                _isKnown = true;
                return;
            }

            // A run-up or a step leads away from a state that is known. What was not healthy once since the start is a fault's own unrest.
            if (!isSteady && _isKnown)
            {
                result.Gate = GateReason.Unsteady;
                return;
            }

            _isKnown = _isKnown || result.ScoreQ8 <= 0;
            result.Gate = GateReason.Running;
            result.IsRunning = true;
            Persistence.Judge(result.ScoreQ8 + _baseline.ThresholdQ8, _steadiness.IsOverdue);
            Explain(vectorQ8, result, false);
        }

        // A severe fault may clip every window: it must not hide behind the flag. A few clipped windows may be a knock on the housing.
        private void Doubt(short[] vectorQ8, int quality, DetectorResult result)
        {
            Score(vectorQ8, result);
            bool isOverdue = _steadiness.PassOver(_learner != null);
            result.Gate = GateReason.BadWindow;
            if (_learner != null || _baseline == null || IsStuck(vectorQ8))
            {
                return;
            }

            // A machine that hardly clipped while it was learned, and has not been healthy once since the start: that is no knock.
            bool isNew = !_isKnown && _steadiness.IsUsuallySteady && (quality & WindowQuality.Constant) == 0;
            if (!isOverdue && !isNew)
            {
                return;
            }

            _isKnown = _isKnown || result.ScoreQ8 <= 0;
            result.Gate = GateReason.Running;
            result.IsRunning = true;
            Persistence.Judge(result.ScoreQ8 + _baseline.ThresholdQ8, isOverdue);
            Explain(vectorQ8, result, isOverdue);
        }

        // Not one axis moves.
        private bool IsStuck(short[] vectorQ8)
        {
            for (int i = _perAxis - 1; i < vectorQ8.Length; i += _perAxis)
            {
                if (vectorQ8[i] != 0)
                {
                    return false;
                }
            }

            return true;
        }

        // An axis of a coarse sensor may not move by a single count on a quiet machine. It is stuck where it was never learned that quiet.
        private bool IsQuiet(short[] vectorQ8)
        {
            for (int i = _perAxis - 1; i < vectorQ8.Length; i += _perAxis)
            {
                bool isKnown = _learner != null ? _learner.KnowsBelow(i, QuietLevelQ8) : _baseline == null || _baseline.KnowsBelow(i, QuietLevelQ8);
                if (vectorQ8[i] < QuietLevelQ8 && !isKnown)
                {
                    return false;
                }
            }

            return !IsStuck(vectorQ8);
        }

        private void Score(short[] vectorQ8, DetectorResult result)
        {
            if (_baseline != null)
            {
                result.MeanSquareQ16 = _baseline.Score(vectorQ8, out result.State);
                result.ScoreQ8 = Baseline.LogScoreQ8(result.MeanSquareQ16) - _baseline.ThresholdQ8;
            }
        }

        private void Explain(short[] vectorQ8, DetectorResult result, bool isDoubtful)
        {
            // What began as an unknown state or out of range is not told again as something else while it lasts.
            int reason = Persistence.Reason;
            bool isSame = reason == _reason || _reason == AlarmReason.UnknownState || (reason == AlarmReason.Unsteady && _reason == AlarmReason.OutOfRange);
            if (Persistence.Level == _alarm && (_alarm == AlarmLevel.None || isSame))
            {
                return;
            }

            int beyondThree;
            int worst = _baseline.Worst(vectorQ8, result.State, out result.ReasonSigmaQ4, out beyondThree);
            result.ReasonAxis = worst / _perAxis;
            result.ReasonBand = worst % _perAxis;
            _alarm = Persistence.Level;
            _reason = reason == AlarmReason.Unsteady && isDoubtful ? AlarmReason.OutOfRange : reason;
            if (_reason == AlarmReason.Acute && beyondThree * 2 > _baseline.Length)
            {
                _reason = AlarmReason.UnknownState;
            }

            result.IsChanged = true;
        }
    }
}
