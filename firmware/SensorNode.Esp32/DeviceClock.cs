using System;
using System.Threading;
using SensorNode.Contracts;

namespace SensorNode.Esp32
{
    /// <summary>The board's time.</summary>
    /// <remarks>
    /// The runtime's ticks stand still in light sleep and begin anew after deep sleep; the time of day goes on in both. So what has been slept is added here.
    /// After deep sleep the time from the chip's start to the runtime's is not known, and is left out.
    /// </remarks>
    public sealed class DeviceClock : IClock
    {
        /// <summary>2025-01-01 in ms since 1970: a board that has not been told the time shows an earlier one.</summary>
        private const long EarliestUtcMs = 1735689600000;

        private const long UnixEpochTicks = 621355968000000000;

        private long _sleptMs;

        /// <inheritdoc/>
        public long TickMs
        {
            get { return Environment.TickCount64 + _sleptMs; }
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

        /// <summary>Takes a light sleep into account that has just ended.</summary>
        /// <param name="beganUtcMs"><see cref="UtcMs"/> right before it, set or not.</param>
        /// <param name="beganTickMs"><see cref="TickMs"/> right before it.</param>
        public void PassSleep(long beganUtcMs, long beganTickMs)
        {
            long missingMs = UtcMs - beganUtcMs - (TickMs - beganTickMs);
            _sleptMs += missingMs > 0 ? missingMs : 0;
        }

        /// <summary>Goes on from a time, after a deep sleep.</summary>
        public void Continue(long tickMs)
        {
            _sleptMs = tickMs;
        }
    }
}
