using SensorNode.Storage;

namespace SensorNode.Detection
{
    /// <summary>Tells run-ups, run-downs and changes of state from steady running, by how much a window differs from the one before.</summary>
    /// <remarks>
    /// Unsteady: the spectrum has changed by four times more than usual, and the level of at least one axis by an octave of power or more.
    /// Learned: the usual change from window to window (a running median, so that half the windows may be unsteady), and how many of 32
    ///          windows a healthy machine is unsteady at most.
    /// Causal:  a window is compared with the one before only. So no decision waits, and after a step one window more is passed over.
    /// Not silent: faults make a signal unsteady too, or clip it. When more of the last 32 windows were unsteady or passed over than twice what
    ///          was learned (but at least four), windows are judged all the same and <see cref="IsOverdue"/> is an alarm of its own.
    /// Memory:  one vector.
    /// </remarks>
    public sealed class SteadinessGate
    {
        private const int LimitFactor = 4;
        private const int LimitOffset = 3277;
        private const int LevelStep = 256;
        private const int FirstSpreadMax = 65536;
        private const int AllowanceLeast = 4;

        private readonly int _perAxis;

        // Values are 0 or more: a first one below 0 says that there is none to compare with.
        private readonly short[] _previous;
        private uint _history;
        private int _pairs;

        /// <param name="axisCount">Axes in a vector.</param>
        /// <param name="perAxis">Values an axis; the last is log2 of the variance.</param>
        public SteadinessGate(int axisCount, int perAxis)
        {
            _perAxis = perAxis;
            _previous = new short[axisCount * perAxis];
            _previous[0] = -1;
        }

        /// <summary>Usual half mean-square change from window to window, octave^2 in Q16.</summary>
        public int SpreadQ16;

        /// <summary>The largest value that <see cref="SpreadQ16"/> had, after the first 32 changes: the most restless of the learned states.</summary>
        public int SpreadMostQ16;

        /// <summary>Most unsteady windows among 32 in a row while learning.</summary>
        public int LongestHealthy;

        /// <summary>More unsteady windows than twice what is healthy: the gate has opened.</summary>
        public bool IsOverdue;

        /// <summary>Unsteady windows allowed among the last 32 while watching. Set it to <see cref="LearnedAllowance"/>, or to what was stored.</summary>
        public int Allowance = AllowanceLeast;

        /// <summary>Twice what was learned, at least four; for a restless machine no more than half the way to all 32.</summary>
        public int LearnedAllowance
        {
            get
            {
                int twice = LongestHealthy * 2;
                int halfWay = (LongestHealthy + 32) / 2;
                int allowance = twice < halfWay ? twice : halfWay;
                return allowance > AllowanceLeast ? allowance : AllowanceLeast;
            }
        }

        /// <summary>No more unsteady windows and windows passed over were learned than any machine is allowed.</summary>
        public bool IsUsuallySteady { get { return Allowance <= AllowanceLeast; } }

        /// <summary>Forgets the window before: after a gap, at the start of a recording.</summary>
        public void Restart()
        {
            _previous[0] = -1;
            _history = 0;
            IsOverdue = false;
        }

        /// <summary>Puts what <see cref="Recall"/> takes back; what was learned stands in the baseline.</summary>
        public void Keep(SleepState into)
        {
            for (int i = 0; i < _previous.Length; i++)
            {
                into.PutShort(_previous[i]);
            }

            into.Put((int)_history);
            into.PutShort(IsOverdue ? 1 : 0);
        }

        /// <summary>Goes on where <see cref="Keep"/> was called.</summary>
        public void Recall(SleepState from)
        {
            for (int i = 0; i < _previous.Length; i++)
            {
                _previous[i] = (short)from.TakeShort();
            }

            _history = (uint)from.Take();
            IsOverdue = from.TakeShort() != 0;
        }

        /// <summary>Forgets all that was learned.</summary>
        public void Reset()
        {
            Restart();
            _pairs = 0;
            SpreadQ16 = 0;
            SpreadMostQ16 = 0;
            LongestHealthy = 0;
        }

        /// <summary>Takes in one window.</summary>
        /// <param name="vectorQ8">Copied.</param>
        /// <param name="isLearning">True: the usual change is learned from it too.</param>
        /// <returns>True where the window may be learned or judged.</returns>
        public bool Observe(short[] vectorQ8, bool isLearning)
        {
            bool isSteady = true;
            int length = _previous.Length;
            if (_previous[0] >= 0)
            {
                int change = VectorMath.MeanSquare(vectorQ8, 0, _previous, 0, length) >> 1;
                if (isLearning)
                {
                    LearnSpread(change);
                }

                isSteady = change <= (LimitFactor * SpreadQ16) + LimitOffset || LevelChange(vectorQ8) < LevelStep;
            }

            for (int i = 0; i < length; i++)
            {
                _previous[i] = vectorQ8[i];
            }

            // The first changes are judged by a spread that is not yet known.
            return Note(isSteady, isLearning, _pairs > 32);
        }

        /// <summary>Takes in a window that may not count: clipped, or with an axis that stands still. The next one has nothing to be compared with.</summary>
        /// <returns>True where such windows have become so many that they are judged all the same.</returns>
        public bool PassOver(bool isLearning)
        {
            _previous[0] = -1;
            return Note(false, isLearning, true);
        }

        private bool Note(bool isSteady, bool isLearning, bool isKnown)
        {
            _history = (_history << 1) | (isSteady ? 0u : 1u);
            int unsteady = 0;
            for (uint bits = _history; bits != 0; bits &= bits - 1)
            {
                unsteady++;
            }

            if (isLearning)
            {
                if (unsteady > LongestHealthy && isKnown)
                {
                    LongestHealthy = unsteady;
                }

                return isSteady;
            }

            IsOverdue = unsteady > Allowance;
            return isSteady || IsOverdue;
        }

        private int LevelChange(short[] vectorQ8)
        {
            int most = 0;
            for (int i = _perAxis - 1; i < _previous.Length; i += _perAxis)
            {
                int change = vectorQ8[i] - _previous[i];
                change = change < 0 ? -change : change;
                if (change > most)
                {
                    most = change;
                }
            }

            return most;
        }

        // Steps towards the median of the changes: up when above, down when below, by an eighth first and a thirty-second later.
        private void LearnSpread(int change)
        {
            _pairs++;
            if (_pairs == 1)
            {
                SpreadQ16 = change < FirstSpreadMax ? change : FirstSpreadMax;
                return;
            }

            int shift = _pairs < 16 ? 3 : _pairs < 64 ? 4 : 5;
            int step = (SpreadQ16 >> shift) + 1;
            SpreadQ16 += change > SpreadQ16 ? step : change < SpreadQ16 ? -step : 0;
            if (SpreadQ16 > SpreadMostQ16 && _pairs > 32)
            {
                SpreadMostQ16 = SpreadQ16;
            }
        }
    }
}
