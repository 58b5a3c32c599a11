using SensorNode.Contracts;
using SensorNode.Storage;

namespace SensorNode.Detection
{
    /// <summary>Keeps the slow mean of the scores in flash, so that a restart does not forget days of it.</summary>
    /// <remarks>
    /// Record:  a <see cref="TwinRecord"/>: the mean, log2 Q24, and which baseline its scores were given by. With another baseline it does not count.
    /// Writing: once an hour, while there is a baseline. A power cut loses that hour. A write that failed is tried an hour later.
    /// </remarks>
    public sealed class TrendStore
    {
        private const int SizeBytes = 8;
        private const int EveryMs = 3600000;

        private readonly TwinRecord _record;
        private long _dueMs;

        /// <summary>Gives the stored mean to a detector that has loaded its baseline.</summary>
        /// <param name="files">Flash.</param>
        /// <param name="detector">With its baseline, or without one.</param>
        /// <param name="nowMs">Time since boot: the first write comes an hour later, so a wake from deep sleep writes nothing.</param>
        public TrendStore(IFileStore files, AnomalyDetector detector, long nowMs)
        {
            _record = new TwinRecord(files, "trend", SizeBytes);
            _dueMs = nowMs + EveryMs;
            byte[] bytes = new byte[SizeBytes];
            if (_record.TryRead(bytes) && detector.Baseline != null && ByteOrder.GetInt32(bytes, 4) == detector.Baseline.Mark)
            {
                detector.Persistence.TrendQ24 = ByteOrder.GetInt32(bytes, 0);
            }
        }

        /// <summary>Stores the mean where an hour has passed. Call it after each window.</summary>
        public void Save(AnomalyDetector detector, long nowMs)
        {
            if (nowMs >= _dueMs && detector.Baseline != null)
            {
                _dueMs = nowMs + EveryMs;
                byte[] bytes = new byte[SizeBytes];
                ByteOrder.PutInt32(bytes, 0, detector.Persistence.TrendQ24);
                ByteOrder.PutInt32(bytes, 4, detector.Baseline.Mark);
                _record.Write(bytes);
            }
        }
    }
}
