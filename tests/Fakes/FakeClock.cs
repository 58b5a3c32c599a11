using System;
using SensorNode.Contracts;

namespace SensorNode.Fakes
{
    /// <summary>A clock that moves only when it is told to, or when somebody sleeps on it.</summary>
    /// <remarks>Stricter than the board: a sleep of zero or less is a mistake of the caller and throws.</remarks>
    public sealed class FakeClock : IClock
    {
        private long _tickMs;

        /// <summary>Sum of all sleeps, in ms.</summary>
        public long SleptMs;

        /// <summary>Number of sleeps.</summary>
        public int SleepCount;

        /// <summary>UTC at tick 0, in ms; negative while the time of day is not set.</summary>
        public long UtcAtBootMs = -1;

        /// <inheritdoc/>
        public long TickMs
        {
            get { return _tickMs; }
        }

        /// <inheritdoc/>
        public long UtcMs
        {
            get { return UtcAtBootMs < 0 ? 0 : UtcAtBootMs + _tickMs; }
        }

        /// <inheritdoc/>
        public bool IsUtcSet
        {
            get { return UtcAtBootMs >= 0; }
        }

        /// <inheritdoc/>
        public void Sleep(int milliseconds)
        {
            if (milliseconds <= 0)
            {
                throw new ArgumentException("Sleep of " + milliseconds.ToString() + " ms.");
            }

            SleptMs += milliseconds;
            SleepCount++;
            _tickMs += milliseconds;
        }

        /// <summary>Lets time pass that nobody slept: other threads, a slow bus.</summary>
        public void Advance(int milliseconds)
        {
            if (milliseconds < 0)
            {
                throw new ArgumentException("A clock never goes back.");
            }

            _tickMs += milliseconds;
        }
    }
}
