using SensorNode.Contracts;

namespace SensorNode.Storage
{
    /// <summary>Keeps the slow mean of a detector's scores in flash, so that a restart does not forget days of it.</summary>
    /// <remarks>
    /// Record:  a <see cref="TwinRecord"/>: the mean, and which baseline its scores were given by. With another baseline it does not count.
    /// Writing: once an hour. A power cut loses that hour. A write that failed is tried an hour later.
    /// </remarks>
    public sealed class TrendStore
    {
        private const int SizeBytes = 8;
        private const int EveryMs = 3600000;

        private readonly TwinRecord _record;
        private long _dueMs;

        /// <param name="files">Flash.</param>
        /// <param name="nowMs">Time since boot: the first write comes an hour later, so a wake from deep sleep writes nothing.</param>
        public TrendStore(IFileStore files, long nowMs)
        {
            _record = new TwinRecord(files, "trend", SizeBytes);
            _dueMs = nowMs + EveryMs;
        }

        /// <summary>The stored mean.</summary>
        /// <param name="mark">Of the baseline in force.</param>
        /// <param name="otherwise">Where none is stored for it.</param>
        public int Read(int mark, int otherwise)
        {
            byte[] bytes = new byte[SizeBytes];
            return _record.TryRead(bytes) && ByteOrder.GetInt32(bytes, 4) == mark ? ByteOrder.GetInt32(bytes, 0) : otherwise;
        }

        /// <summary>Stores the mean where an hour has passed. Call it after each window.</summary>
        public void Save(int mean, int mark, long nowMs)
        {
            if (nowMs >= _dueMs)
            {
                _dueMs = nowMs + EveryMs;
                byte[] bytes = new byte[SizeBytes];
                ByteOrder.PutInt32(bytes, 0, mean);
                ByteOrder.PutInt32(bytes, 4, mark);
                _record.Write(bytes);
            }
        }
    }
}
