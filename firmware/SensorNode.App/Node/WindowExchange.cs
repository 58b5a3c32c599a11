using System.Threading;

namespace SensorNode.Node
{
    /// <summary>Hands windows from the sampler to the analysis and back. At most one waits; a newer one replaces it and is counted.</summary>
    public sealed class WindowExchange
    {
        private readonly object _lock = new object();
        private readonly AutoResetEvent _arrived = new AutoResetEvent(false);
        private CapturedWindow _waiting;
        private CapturedWindow _spare;

        public WindowExchange(CapturedWindow spare)
        {
            _spare = spare;
        }

        /// <summary>Windows that were replaced before the analysis took them.</summary>
        public int SkippedCount { get; private set; }

        /// <summary>Gives a full window and returns one to fill. Never blocks for long.</summary>
        public CapturedWindow Give(CapturedWindow full)
        {
            lock (_lock)
            {
                CapturedWindow next = _waiting;
                if (next != null)
                {
                    SkippedCount++;
                }
                else
                {
                    next = _spare;
                    _spare = null;
                }

                if (next == null)
                {
                    // The analysis holds the other one: fill this one again.
                    SkippedCount++;
                    return full;
                }

                _waiting = full;
                _arrived.Set();
                return next;
            }
        }

        /// <summary>Waits for a window.</summary>
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
            }
        }
    }
}
