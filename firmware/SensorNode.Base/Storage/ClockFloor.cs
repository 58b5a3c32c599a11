using SensorNode.Contracts;

namespace SensorNode.Storage
{
    /// <summary>The latest time of day that this node is known to have lived through. A board without a battery starts in the past; it cannot be earlier than this.</summary>
    /// <remarks>Cost: one small write an hour, 4,400 a year to each of two files.</remarks>
    public sealed class ClockFloor
    {
        private const int IntervalMs = 3600000;
        private const int SizeBytes = 8;
        private const long EarliestUtcMs = 1735689600000;

        private readonly TwinRecord _record;
        private readonly byte[] _bytes = new byte[SizeBytes];

        public ClockFloor(IFileStore files)
        {
            _record = new TwinRecord(files, "clock", SizeBytes);
            long stored = _record.TryRead(_bytes) ? ByteOrder.GetInt64(_bytes, 0) : 0;
            UtcMs = stored > EarliestUtcMs ? stored : EarliestUtcMs;
        }

        /// <summary>Milliseconds since 1970 UTC; 2025-01-01 where nothing was stored.</summary>
        public long UtcMs { get; private set; }

        /// <summary>Stores a time of day, if it is an hour or more beyond the stored one.</summary>
        /// <param name="utcMs">From a clock that was set.</param>
        /// <param name="isPlanned">True right before a restart: any later time is stored.</param>
        public void Keep(long utcMs, bool isPlanned)
        {
            long ahead = utcMs - UtcMs;
            if (ahead >= IntervalMs || (isPlanned && ahead > 0))
            {
                Put(utcMs);
            }
        }

        /// <summary>Stores a time of day that is before the stored one, which then was wrong.</summary>
        public void Put(long utcMs)
        {
            ByteOrder.PutInt64(_bytes, 0, utcMs);
            if (_record.Write(_bytes) == FileStatus.Ok)
            {
                UtcMs = utcMs;
            }
        }
    }
}
