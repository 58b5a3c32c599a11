using System.Collections.Generic;
using SensorNode.Platform;
using SensorNode.Standins;

namespace System.Threading
{
    /// <summary>The one thread that makes the calls of all timers. It lives while calls wait; a call that is still waiting when its timer is due again is made once.</summary>
    internal static class TimerThread
    {
        private static Due Mine => NodeRuntime.Own<Due>();

        /// <summary>Called by the scheduler between threads.</summary>
        public static void Queue(NodePlatform platform, Timer timer)
        {
            if (timer.IsQueued)
            {
                return;
            }

            Due due = NodeRuntime.Own<Due>(platform);
            timer.IsQueued = true;
            due.Timers.Enqueue(timer);
            if (!due.IsServed)
            {
                due.IsServed = true;
                platform.Scheduler.Start(platform.Process.CreateThread("timers", Run));
            }
        }

        private static void Run()
        {
            Due due = Mine;
            while (due.Timers.TryDequeue(out Timer timer))
            {
                timer.IsQueued = false;
                timer.Call();
            }

            due.IsServed = false;
        }

        private sealed class Due
        {
            public readonly Queue<Timer> Timers = new();
            public bool IsServed;
        }
    }
}
