using SensorNode.Storage;

namespace SensorNode.Sparkplug
{
    /// <summary>What a record of the journal says, as metrics.</summary>
    public sealed class HistoryValues : IStoredValues
    {
        private readonly JournalRecord _record;

        /// <param name="record">Read at each message.</param>
        public HistoryValues(JournalRecord record)
        {
            _record = record;
        }

        /// <inheritdoc/>
        public void WriteTo(MessageBuilder messages, long utcMs)
        {
            JournalRecord record = _record;
            messages.AddStored(Metric.RecordNumber, utcMs, record.Number, null);
            messages.AddStored(Metric.RecordTimeIsEstimated, utcMs, record.IsTimeEstimated ? 1 : 0, null);
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
                messages.AddStored(Metric.Temperature, utcMs, record.TemperatureCentiC, null);
            }

            messages.AddStored(Metric.Alarm, utcMs, 0, record.AlarmLevel == 2 ? "alarm" : record.AlarmLevel == 1 ? "warning" : "none");
            messages.AddStored(Metric.IsRunning, utcMs, record.IsRunning ? 1 : 0, null);
            messages.AddStored(Metric.OperatingState, utcMs, record.OperatingState, null);
            if (record.Zone > 0)
            {
                messages.AddStored(Metric.Zone, utcMs, 0, new string((char)('A' + record.Zone - 1), 1));
            }
        }
    }
}
