using SensorNode.Link;
using SensorNode.Storage;

namespace SensorNode.Sparkplug
{
    /// <summary>What a record of the journal says: taken from the metric table, and told later as metrics.</summary>
    /// <remarks>What was measured before the record before is not told again: a record without a window of its own has no vibration values.</remarks>
    public sealed class NodeRecord : IRecordSource
    {
        private readonly MetricTable _table;
        private long _recordedMs = -1;

        public NodeRecord(MetricTable table)
        {
            _table = table;
        }

        /// <inheritdoc/>
        public void Fill(JournalRecord record)
        {
            bool hasWindow = _table.TickMs(Metric.AxisFirst) > _recordedMs;
            record.HasVibration = hasWindow && !_table.IsNull(Metric.AxisFirst);
            for (int axis = 0; axis < 3; axis++)
            {
                int first = Metric.OfAxis(axis, 0);
                record.VelocityMicrometerPerSecondRms[axis] = (int)_table.Value(first + Metric.AxisVelocityRms);
                record.AccelerationMicroGRms[axis] = (int)_table.Value(first + Metric.AxisAccelerationRms);
                record.AccelerationMicroGPeak[axis] = (int)_table.Value(first + Metric.AxisAccelerationPeak);
            }

            record.ScoreQ8 = _table.TickMs(Metric.Score) > _recordedMs ? NumberOrNone(Metric.Score) : JournalRecord.None;
            _recordedMs = hasWindow ? _table.TickMs(Metric.AxisFirst) : _recordedMs;
            record.TemperatureCentiC = NumberOrNone(NodeMetric.Temperature);
            record.OperatingState = (int)_table.Value(Metric.OperatingState);
            record.IsRunning = _table.Value(Metric.IsRunning) != 0;
            string alarm = _table.Text(Metric.Alarm);
            record.AlarmLevel = alarm == "alarm" ? 2 : alarm == "warning" ? 1 : 0;
            string zone = _table.Text(Metric.Zone);
            record.Zone = record.HasVibration && zone.Length == 1 ? zone[0] - 'A' + 1 : 0;
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
