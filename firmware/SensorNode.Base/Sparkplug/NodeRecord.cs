using SensorNode.Contracts;
using SensorNode.Link;
using SensorNode.Storage;

namespace SensorNode.Sparkplug
{
    /// <summary>What a record of the journal says: the largest values of the windows since the record before, and what the metric table says now; told later as metrics.</summary>
    /// <remarks>What was measured before the record before is not told again: a record without a window of its own has no vibration values.</remarks>
    public sealed class NodeRecord : IRecordSource, IRetained
    {
        // After velocity RMS, acceleration RMS and peak of each axis, in the order of their metrics.
        private const int ScoreAt = 9;
        private const int AlarmAt = 10;
        private const int ZoneAt = 11;
        private const int RanAt = 12;

        // Of the last window, and 2; 0 where there was none.
        private const int StateAt = 13;

        private readonly MetricTable _table;
        private readonly int[] _largest = new int[14];

        public NodeRecord(MetricTable table)
        {
            _table = table;
            Begin();
        }

        /// <summary>Takes in the window that was just put into the table, whose lock the caller holds.</summary>
        /// <param name="tickMs">Its time.</param>
        public void AddWindow(long tickMs)
        {
            RaiseAlarm();
            if (_table.IsNull(Metric.AxisFirst))
            {
                return;
            }

            for (int i = 0; i < ScoreAt; i++)
            {
                Raise(i, (int)_table.Value(Metric.OfAxis(i / 3, i % 3)));
            }

            if (_table.TickMs(Metric.Score) == tickMs)
            {
                Raise(ScoreAt, NumberOrNone(Metric.Score));
            }

            Raise(ZoneAt, FirstLetter(Metric.Zone) - 'A' + 1);
            Raise(RanAt, (int)_table.Value(Metric.IsRunning));
            _largest[StateAt] = (int)_table.Value(Metric.OperatingState) + 2;
        }

        /// <inheritdoc/>
        public void Fill(JournalRecord record)
        {
            RaiseAlarm();
            record.HasVibration = _largest[StateAt] != 0;
            for (int axis = 0; axis < 3; axis++)
            {
                record.VelocityMicrometerPerSecondRms[axis] = _largest[axis * 3 + Metric.AxisVelocityRms];
                record.AccelerationMicroGRms[axis] = _largest[axis * 3 + Metric.AxisAccelerationRms];
                record.AccelerationMicroGPeak[axis] = _largest[axis * 3 + Metric.AxisAccelerationPeak];
            }

            record.ScoreQ8 = _largest[ScoreAt];
            record.TemperatureCentiC = NumberOrNone(NodeMetric.Temperature);
            record.OperatingState = record.HasVibration ? _largest[StateAt] - 2 : NumberOrNone(Metric.OperatingState);
            record.IsRunning = record.HasVibration ? _largest[RanAt] != 0 : _table.Value(Metric.IsRunning) != 0;
            record.AlarmLevel = _largest[AlarmAt];
            record.Zone = _largest[ZoneAt];
            Begin();
        }

        /// <inheritdoc/>
        public void Keep(SleepState into)
        {
            for (int i = 0; i < _largest.Length; i++)
            {
                into.Put(_largest[i]);
            }
        }

        /// <inheritdoc/>
        public void Recall(SleepState from)
        {
            for (int i = 0; i < _largest.Length; i++)
            {
                _largest[i] = from.Take();
            }
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
            _largest[ScoreAt] = JournalRecord.None;
        }

        private void Raise(int index, int value)
        {
            _largest[index] = value > _largest[index] ? value : _largest[index];
        }

        private void RaiseAlarm()
        {
            int letter = FirstLetter(Metric.Alarm);
            Raise(AlarmAt, letter == 'a' ? 2 : letter == 'w' ? 1 : 0);
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
