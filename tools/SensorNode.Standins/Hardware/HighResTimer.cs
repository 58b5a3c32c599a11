using System;
using System.Threading;
using SensorNode.Platform;
using SensorNode.Standins;

namespace nanoFramework.Hardware.Esp32
{
    /// <summary>The microsecond timer. Calls come from a thread of the node.</summary>
    public class HighResTimer : IDisposable
    {
        private TimelineEvent _due;

        public event HighResTimerExpiredEventHandler OnHighResTimerExpired;

        public static ulong GetCurrent() => (ulong)(NodeRuntime.Enter().Process.UptimeNs / 1000);

        public void Stop() => Cancel(NodeRuntime.Enter());

        public void StartOneShot(ulong timeout_us) => Start((long)timeout_us * 1000, 0);

        public void StartOnePeriodic(ulong period_us) => Start((long)period_us * 1000, (long)period_us * 1000);

        public void Dispose() => Dispose(true);

        protected virtual void Dispose(bool disposing) => Stop();

        private void Start(long dueNs, long periodNs)
        {
            NodePlatform platform = NodeRuntime.Enter();
            if (_due != null)
            {
                throw new InvalidOperationException("The timer runs.");
            }

            Arm(platform, dueNs, periodNs);
        }

        private void Arm(NodePlatform platform, long dueNs, long periodNs) => _due = platform.Scheduler.Post(dueNs, () => OnDue(platform, periodNs), platform.Process);

        private void OnDue(NodePlatform platform, long periodNs)
        {
            _due = null;
            if (periodNs > 0)
            {
                Arm(platform, periodNs, periodNs);
            }

            platform.Scheduler.Start(platform.Process.CreateThread("HighResTimer", () => OnHighResTimerExpired?.Invoke(this, null)));
        }

        private void Cancel(NodePlatform platform)
        {
            if (_due != null)
            {
                platform.Scheduler.Cancel(_due);
                _due = null;
            }
        }
    }
}
