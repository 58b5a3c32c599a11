using System;
using System.Threading;
using SensorNode.Contracts;

namespace SensorNode.Esp32
{
    /// <summary>The board's time.</summary>
    public sealed class DeviceClock : IClock
    {
        /// <summary>2025-01-01 in ms since 1970: a board that has not been told the time shows an earlier one.</summary>
        private const long EarliestUtcMs = 1735689600000;

        private const long UnixEpochTicks = 621355968000000000;

        /// <inheritdoc/>
        public long TickMs
        {
            get { return Environment.TickCount64; }
        }

        /// <inheritdoc/>
        public long UtcMs
        {
            get { return (DateTime.UtcNow.Ticks - UnixEpochTicks) / 10000; }
        }

        /// <inheritdoc/>
        public bool IsUtcSet
        {
            get { return UtcMs >= EarliestUtcMs; }
        }

        /// <inheritdoc/>
        public void Sleep(int milliseconds)
        {
            Thread.Sleep(milliseconds);
        }
    }
}
