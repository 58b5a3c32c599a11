using SensorNode.Platform;
using SensorNode.Standins;

namespace System.Threading
{
    /// <summary>Calls back after a time, again and again if asked. All timers of a node share one thread, as on the device.</summary>
    public sealed class Timer : MarshalByRefObject, IDisposable
    {
        private readonly TimerCallback _callback;
        private readonly object _state;
        private readonly NodePlatform _platform;
        private TimelineEvent _due;
        private long _periodNs;

        public Timer(TimerCallback callback, object state, int dueTime, int period)
        {
            ArgumentNullException.ThrowIfNull(callback);
            _platform = NodeRuntime.Enter();
            _callback = callback;
            _state = state;
            Change(dueTime, period);
        }

        public Timer(TimerCallback callback, object state, TimeSpan dueTime, TimeSpan period)
            : this(callback, state, (int)dueTime.TotalMilliseconds, (int)period.TotalMilliseconds)
        {
        }

        internal bool IsQueued { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period) => Change((int)dueTime.TotalMilliseconds, (int)period.TotalMilliseconds);

        public bool Change(int dueTime, int period)
        {
            NodePlatform platform = NodeRuntime.Enter();
            Stop(platform);
            _periodNs = NodeRuntime.TimeoutNs(period == 0 ? Timeout.Infinite : period);
            long dueNs = NodeRuntime.TimeoutNs(dueTime);
            if (dueNs != NodeScheduler.Infinite)
            {
                _due = platform.Scheduler.Post(dueNs, OnDue, platform.Process);
            }

            return true;
        }

        public void Dispose() => Stop(NodeRuntime.Enter());

        internal void Call() => _callback(_state);

        private void Stop(NodePlatform platform)
        {
            if (_due != null)
            {
                platform.Scheduler.Cancel(_due);
                _due = null;
            }
        }

        private void OnDue()
        {
            // On the timeline, not on a thread of the node.
            _due = _periodNs == NodeScheduler.Infinite ? null : _platform.Scheduler.Post(_periodNs, OnDue, _platform.Process);
            TimerThread.Queue(_platform, this);
        }
    }
}
