using System.Threading;

namespace SensorNode.Acquisition
{
    /// <summary>Hands windows from the sampler to the analysis and back.</summary>
    /// <remarks>
    /// One window:  sampler and analysis take turns; the sampler waits until it has it back. For windows with a pause between them.
    /// Two windows: the sampler never waits. At most one window waits for the analysis; one that finds it busy is
    ///              dropped, and so is one that is replaced by a newer one; both are counted.
    /// </remarks>
    public sealed class WindowExchange
    {
        private readonly object _lock = new object();
        private readonly AutoResetEvent _arrived = new AutoResetEvent(false);
        private readonly AutoResetEvent _returned = new AutoResetEvent(false);
        private CapturedWindow _waiting;
        private CapturedWindow _spare;
        private CapturedWindow _refused;

        /// <param name="spare">The second window, or null where there is one only.</param>
        public WindowExchange(CapturedWindow spare)
        {
            _spare = spare;
            HasTwo = spare != null;
        }

        /// <summary>True where a second window goes round.</summary>
        public bool HasTwo { get; }

        /// <summary>Windows that the analysis had no time for.</summary>
        public int SkippedCount { get; private set; }

        /// <summary>True while no window waits for the analysis or is with it. For one window only.</summary>
        public bool IsEmpty
        {
            get
            {
                lock (_lock)
                {
                    return _spare != null;
                }
            }
        }

        /// <summary>Gives a full window. Never blocks for long.</summary>
        public void Give(CapturedWindow full)
        {
            lock (_lock)
            {
                if (HasTwo && _waiting == null && _spare == null)
                {
                    // The analysis holds the other one: fill this one again.
                    _refused = full;
                    SkippedCount++;
                    return;
                }

                if (_waiting != null)
                {
                    _refused = _waiting;
                    SkippedCount++;
                }

                _waiting = full;
                _arrived.Set();
            }
        }

        /// <summary>Takes a window to fill, after <see cref="Give"/>.</summary>
        /// <returns>The window; null where the only one has not come back in time. With two it comes at once.</returns>
        public CapturedWindow TakeEmpty(int timeoutMs)
        {
            CapturedWindow empty = TryTakeEmpty();
            if (empty == null)
            {
                _returned.WaitOne(timeoutMs, false);
                empty = TryTakeEmpty();
            }

            return empty;
        }

        /// <summary>Waits for a full window.</summary>
        /// <returns>The window, to be given back with <see cref="Return"/>; null where none came in time.</returns>
        public CapturedWindow Take(int timeoutMs)
        {
            _arrived.WaitOne(timeoutMs, false);
            lock (_lock)
            {
                CapturedWindow taken = _waiting;
                _waiting = null;
                return taken;
            }
        }

        /// <summary>Gives a window back after analysis.</summary>
        public void Return(CapturedWindow window)
        {
            lock (_lock)
            {
                _spare = window;
                _returned.Set();
            }
        }

        private CapturedWindow TryTakeEmpty()
        {
            lock (_lock)
            {
                CapturedWindow empty = _refused;
                if (empty != null)
                {
                    _refused = null;
                    return empty;
                }

                empty = _spare;
                _spare = null;
                return empty;
            }
        }
    }
}
