using SensorNode.Contracts;
using SensorNode.Link;
using SensorNode.Storage;

namespace SensorNode.Sparkplug
{
    /// <summary>What a record of the journal says: the largest values of the windows since the record before, and what the metric table says now; told later as metrics.</summary>
    /// <remarks>What was measured before the record before is not told again: a record without a window of its own has no vibration values.</remarks>
    public sealed class NodeRecord : IRecordSource, IRetained
    {
        private const int ValuesOfAxis = 3;

        private readonly MetricTable _table;

        // Of each axis velocity RMS, acceleration RMS and peak, in the order of their metrics.
        private readonly int[] _largest = new int[3 * ValuesOfAxis];
        private bool _hasWindow;
        private bool _hasRun;
        private int _state;
        private int _scoreQ8;
        private int _alarm;
        private int _zone;

        public NodeRecord(MetricTable table)
        {
            _table = table;
            Begin();
        }

        /// <summary>Takes in the window that was just put into the table, whose lock the caller holds.</summary>
        /// <param name="tickMs">Its time.</param>
        public void AddWindow(long tickMs)
        {
            int alarm = AlarmOfTable();
            _alarm = alarm > _alarm ? alarm : _alarm;
            if (_table.IsNull(Metric.AxisFirst))
            {
                return;
            }

            _hasWindow = true;
            _state = (int)_table.Value(Metric.OperatingState);
            _hasRun |= _table.Value(Metric.IsRunning) != 0;
            for (int i = 0; i < _largest.Length; i++)
            {
                int value = (int)_table.Value(Metric.OfAxis(i / ValuesOfAxis, i % ValuesOfAxis));
                _largest[i] = value > _largest[i] ? value : _largest[i];
            }

            int score = (int)_table.Value(Metric.Score);
            _scoreQ8 = _table.TickMs(Metric.Score) == tickMs && !_table.IsNull(Metric.Score) && score > _scoreQ8 ? score : _scoreQ8;
            string text = _table.Text(Metric.Zone);
            int zone = text.Length == 1 ? text[0] - 'A' + 1 : 0;
            _zone = zone > _zone ? zone : _zone;
        }

        /// <inheritdoc/>
        public void Fill(JournalRecord record)
        {
            record.HasVibration = _hasWindow;
            for (int axis = 0; axis < 3; axis++)
            {
                record.VelocityMicrometerPerSecondRms[axis] = _largest[axis * ValuesOfAxis + Metric.AxisVelocityRms];
                record.AccelerationMicroGRms[axis] = _largest[axis * ValuesOfAxis + Metric.AxisAccelerationRms];
                record.AccelerationMicroGPeak[axis] = _largest[axis * ValuesOfAxis + Metric.AxisAccelerationPeak];
            }

            record.ScoreQ8 = _scoreQ8;
            record.TemperatureCentiC = NumberOrNone(NodeMetric.Temperature);
            record.OperatingState = _hasWindow ? _state : _table.IsNull(Metric.OperatingState) ? -1 : (int)_table.Value(Metric.OperatingState);
            record.IsRunning = _hasWindow ? _hasRun : _table.Value(Metric.IsRunning) != 0;
            int alarm = AlarmOfTable();
            record.AlarmLevel = alarm > _alarm ? alarm : _alarm;
            record.Zone = _zone;
            Begin();
        }

        /// <inheritdoc/>
        public void Keep(SleepState into)
        {
            for (int i = 0; i < _largest.Length; i++)
            {
                into.Put(_largest[i]);
            }

            into.Put((_hasWindow ? 1 : 0) | (_hasRun ? 2 : 0) | _alarm << 2 | _zone << 4 | (_state + 1) << 8);
            into.Put(_scoreQ8);
        }

        /// <inheritdoc/>
        public void Recall(SleepState from)
        {
            for (int i = 0; i < _largest.Length; i++)
            {
                _largest[i] = from.Take();
            }

            int packed = from.Take();
            _hasWindow = (packed & 1) != 0;
            _hasRun = (packed & 2) != 0;
            _alarm = packed >> 2 & 3;
            _zone = packed >> 4 & 15;
            _state = (packed >> 8) - 1;
            _scoreQ8 = from.Take();
        }

        /// <inheritdoc/>
        public int State()
        {
            return FirstLetter(Metric.Alarm) | FirstLetter(Metric.Zone) << 8 | FirstLetter(Metric.DetectorPhase) << 16 | FirstLetter(NodeMetric.TemperatureAlarm) << 24;
        }

        /// <inheritdoc/>
        public void WriteTo(JournalRecord record, MessageBuilder messages, long utcMs)
        {
            for (int axis = 0; axis < 3 && record.HasVibration; axis++)
            {
                messages.AddStored(Metric.OfAxis(axis, Metric.AxisVelocityRms), utcMs, record.VelocityMicrometerPerSecondRms[axis], null);
                messages.AddStored(Metric.OfAxis(axis, Metric.AxisAccelerationRms), utcMs, record.AccelerationMicroGRms[axis], null);
                messages.AddStored(Metric.OfAxis(axis, Metric.AxisAccelerationPeak), utcMs, record.AccelerationMicroGPeak[axis], null);
            }

            if (record.ScoreQ8 != JournalRecord.None)
            {
                messages.AddStored(Metric.Score, utcMs, record.ScoreQ8, null);
            }

            if (record.TemperatureCentiC != JournalRecord.None)
            {
                messages.AddStored(NodeMetric.Temperature, utcMs, record.TemperatureCentiC, null);
            }

            messages.AddStored(Metric.Alarm, utcMs, 0, record.AlarmLevel == 2 ? "alarm" : record.AlarmLevel == 1 ? "warning" : "none");
            messages.AddStored(Metric.IsRunning, utcMs, record.IsRunning ? 1 : 0, null);
            messages.AddStored(Metric.OperatingState, utcMs, record.OperatingState, null);
            if (record.Zone > 0)
            {
                messages.AddStored(Metric.Zone, utcMs, 0, new string((char)('A' + record.Zone - 1), 1));
            }
        }

        private void Begin()
        {
            System.Array.Clear(_largest, 0, _largest.Length);
            _hasWindow = false;
            _hasRun = false;
            _state = -1;
            _scoreQ8 = JournalRecord.None;
            _alarm = 0;
            _zone = 0;
        }

        private int AlarmOfTable()
        {
            string alarm = _table.Text(Metric.Alarm);
            return alarm == "alarm" ? 2 : alarm == "warning" ? 1 : 0;
        }

        private int FirstLetter(int metric)
        {
            string text = _table.Text(metric);
            return text.Length == 0 ? 0 : text[0] & 127;
        }

        private int NumberOrNone(int metric)
        {
            return _table.IsNull(metric) ? JournalRecord.None : (int)_table.Value(metric);
        }
    }
}
