using SensorNode.Storage;

namespace SensorNode.Detection
{
    /// <summary>Turns scores into warning and alarm: the mean of the last four log2 scores, with hysteresis.</summary>
    /// <remarks>
    /// A score counts for no more than three times the way from the usual healthy score to the threshold. So one disturbed window never
    /// raises a warning, and two in a row that are far beyond do: a jump shows after two decisions, a small change after about four.
    /// After a start nothing is known of what came before: until there are four, the mean is of the scores there are and half a usual one, so that
    /// fewer have to say more (5/4 of the way with two, 7/6 with three), and each counts for less, so that still none raises a warning alone.
    /// A fault that was there before shows with the second decision.
    /// Warning: the mean is above the threshold; ends below it by an eighth of that way. Alarm: the mean is an octave above the threshold,
    /// or the warning has stood for eight decisions. Chronic: a mean over one to two days of running
    /// (<see cref="SetInterval"/>) has gone half the way.
    /// </remarks>
    public sealed class Persistence
    {
        private const int AlarmAbove = 256;
        private const int AlarmAfter = 8;
        private const int DayMs = 86400000;
        private const int TrendShiftLeast = 6;
        private const int TrendShiftMost = 18;

        private readonly int[] _recent = new int[4];
        private int _next;
        private int _standing;
        private int _healthy;
        private int _threshold;
        private int _trendShift = 14;
        private bool _isWarning;
        private bool _isLoud;
        private bool _isChronic;

        /// <summary>Mean of the last four scores, or of fewer and half a usual one, log2 Q8.</summary>
        public int MeanQ8;

        /// <summary>Slow mean of the scores, log2 Q24. Configure sets it to the usual score.</summary>
        public int TrendQ24;

        /// <summary>None, warning or alarm: <see cref="AlarmLevel"/>.</summary>
        public int Level;

        /// <summary>Why: <see cref="AlarmReason"/>.</summary>
        public int Reason;

        /// <summary>Sets the usual healthy score and the threshold, both log2 Q8, and starts anew.</summary>
        public void Configure(int healthyQ8, int thresholdQ8)
        {
            _healthy = healthyQ8;
            _threshold = thresholdQ8;
            Restart();
        }

        /// <summary>Says how often a machine that runs is judged, so that the slow mean takes a day or more: the least power of two of decisions. As if 10 s until then.</summary>
        /// <param name="decisionMs">0: one after the other, and the longest, 2^18 decisions, is taken.</param>
        public void SetInterval(int decisionMs)
        {
            _trendShift = TrendShiftLeast;
            while (_trendShift < TrendShiftMost && decisionMs < DayMs >> _trendShift)
            {
                _trendShift++;
            }
        }

        /// <summary>Starts anew: forgets all scores.</summary>
        public void Restart()
        {
            _next = 0;
            _standing = 0;
            TrendQ24 = _healthy << 16;
            _isWarning = false;
            _isLoud = false;
            _isChronic = false;
            MeanQ8 = _healthy;
            Level = AlarmLevel.None;
            Reason = AlarmReason.None;
        }

        /// <summary>Puts what <see cref="Recall"/> takes back.</summary>
        public void Keep(SleepState into)
        {
            for (int i = 0; i < 4; i++)
            {
                into.Put(_recent[i]);
            }

            into.Put(_next);
            into.Put(_standing);
            into.Put(TrendQ24);
            into.Put((_isWarning ? 1 : 0) | (_isLoud ? 2 : 0) | (_isChronic ? 4 : 0) | Level << 3 | Reason << 8);
            into.Put(MeanQ8);
        }

        /// <summary>Goes on where <see cref="Keep"/> was called, after Configure with the same baseline.</summary>
        public void Recall(SleepState from)
        {
            for (int i = 0; i < 4; i++)
            {
                _recent[i] = from.Take();
            }

            _next = from.Take() & 7;
            _standing = from.Take();
            TrendQ24 = from.Take();
            int flags = from.Take();
            _isWarning = (flags & 1) != 0;
            _isLoud = (flags & 2) != 0;
            _isChronic = (flags & 4) != 0;
            Level = flags >> 3 & 31;
            Reason = flags >> 8;
            MeanQ8 = from.Take();
        }

        /// <summary>Takes in a judged window.</summary>
        /// <param name="scoreQ8">log2 score.</param>
        /// <param name="isUnsteady">The machine has been unsteady for longer than it ever was when healthy.</param>
        public void Judge(int scoreQ8, bool isUnsteady)
        {
            int way = _threshold - _healthy;
            int most = _healthy + (3 * way);
            int score = scoreQ8 < most ? scoreQ8 : most;
            _recent[_next & 3] = score;

            // 0 to 7: the lower two bits are the place, from 4 on all places are taken.
            _next = _next == 7 ? 4 : _next + 1;
            MeanQ8 = Mean(way);
            TrendQ24 += ((score << 16) - TrendQ24) >> _trendShift;

            if (MeanQ8 > _threshold)
            {
                _isWarning = true;
            }
            else if (MeanQ8 <= _threshold - (way >> 3))
            {
                _isWarning = false;
            }

            int slow = (TrendQ24 >> 16) - _healthy;
            if (slow * 2 > way)
            {
                _isChronic = true;
            }
            else if (slow * 3 < way)
            {
                _isChronic = false;
            }

            _isLoud = MeanQ8 > _threshold + AlarmAbove || (_isLoud && MeanQ8 > _threshold);
            SetLevel(isUnsteady);
        }

        // Weights are 2 for a score and 1 for the usual one. A score counts for no more than leaves the mean, by it alone, three quarters of the way up.
        private int Mean(int way)
        {
            if (_next >= 4)
            {
                return (_recent[0] + _recent[1] + _recent[2] + _recent[3]) >> 2;
            }

            int weights = (2 * _next) + 1;
            int most = _healthy + ((3 * weights * way) >> 3);
            int sum = _healthy;
            for (int i = 0; i < _next; i++)
            {
                sum += 2 * (_recent[i] < most ? _recent[i] : most);
            }

            return sum / weights;
        }

        private void SetLevel(bool isUnsteady)
        {
            bool isRaised = _isWarning || isUnsteady || _isChronic;
            _standing = isRaised ? _standing + 1 : 0;
            if (_standing > AlarmAfter)
            {
                _standing = AlarmAfter;
            }

            Level = !isRaised ? AlarmLevel.None : _isLoud || _standing == AlarmAfter ? AlarmLevel.Alarm : AlarmLevel.Warning;
            if (!isRaised)
            {
                Reason = AlarmReason.None;
            }
            else if (Reason == AlarmReason.None || (Reason == AlarmReason.Unsteady && !isUnsteady))
            {
                // The reason is how it began: a slow trend reaches its own border first, a jump passes the threshold first.
                Reason = _isWarning ? AlarmReason.Acute : _isChronic ? AlarmReason.Chronic : AlarmReason.Unsteady;
            }
        }
    }
}
