using System.Collections.Generic;
using SensorNode.Platform;

namespace System.Threading
{
    /// <summary>The one thread that makes the calls of all timers. It lives while calls wait; a call that is still waiting when its timer is due again is made once.</summary>
    internal static class TimerThread
    {
        private static readonly Queue<Timer> Waiting = new();
        private static bool s_isRunning;

        /// <summary>Called by the scheduler between threads.</summary>
        public static void Queue(NodePlatform platform, Timer timer)
        {
            if (timer.IsQueued)
            {
                return;
            }

            timer.IsQueued = true;
            Waiting.Enqueue(timer);
            if (!s_isRunning)
            {
                s_isRunning = true;
                platform.Scheduler.Start(platform.Process.CreateThread("timers", Run));
            }
        }

        private static void Run()
        {
            while (Waiting.TryDequeue(out Timer timer))
            {
                timer.IsQueued = false;
                timer.Call();
            }

            s_isRunning = false;
        }
    }
}
