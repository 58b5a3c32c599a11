using SensorNode.Platform;
using SensorNode.Standins;

namespace System.Threading
{
    /// <summary>Base of the events.</summary>
    public abstract class WaitHandle : MarshalByRefObject
    {
        public const int WaitTimeout = 258;

        private readonly WaitQueue _queue = new();
        private bool _isSet;

        protected WaitHandle()
        {
        }

        private protected virtual bool IsConsumedByWait => false;

        public virtual bool WaitOne() => WaitOne(Timeout.Infinite, false);

        public virtual bool WaitOne(int millisecondsTimeout, bool exitContext) => WaitAny([this], millisecondsTimeout, exitContext) == 0;

        public static int WaitAny(WaitHandle[] waitHandles) => WaitAny(waitHandles, Timeout.Infinite, false);

        public static int WaitAny(WaitHandle[] waitHandles, int millisecondsTimeout, bool exitContext)
        {
            int Take()
            {
                for (int i = 0; i < waitHandles.Length; i++)
                {
                    if (waitHandles[i]._isSet)
                    {
                        waitHandles[i]._isSet = !waitHandles[i].IsConsumedByWait;
                        return i;
                    }
                }

                return WaitTimeout;
            }

            return WaitFor(waitHandles, millisecondsTimeout, Take);
        }

        public static bool WaitAll(WaitHandle[] waitHandles) => WaitAll(waitHandles, Timeout.Infinite, false);

        public static bool WaitAll(WaitHandle[] waitHandles, int millisecondsTimeout, bool exitContext)
        {
            int Take()
            {
                foreach (WaitHandle handle in waitHandles)
                {
                    if (!handle._isSet)
                    {
                        return WaitTimeout;
                    }
                }

                foreach (WaitHandle handle in waitHandles)
                {
                    handle._isSet = !handle.IsConsumedByWait;
                }

                return 0;
            }

            return WaitFor(waitHandles, millisecondsTimeout, Take) == 0;
        }

        private protected bool Raise()
        {
            NodePlatform platform = NodeRuntime.Enter();
            _isSet = true;
            if (IsConsumedByWait)
            {
                platform.Scheduler.WakeOne(_queue);
            }
            else
            {
                platform.Scheduler.WakeAll(_queue);
            }

            return true;
        }

        private protected bool Lower()
        {
            NodeRuntime.Enter();
            _isSet = false;
            return true;
        }

        private protected void SetInitially(bool isSet) => _isSet = isSet;

        private static int WaitFor(WaitHandle[] handles, int millisecondsTimeout, Func<int> take)
        {
            ArgumentNullException.ThrowIfNull(handles);
            NodePlatform platform = NodeRuntime.Enter();
            long timeoutNs = NodeRuntime.TimeoutNs(millisecondsTimeout);
            long deadlineNs = timeoutNs == NodeScheduler.Infinite ? timeoutNs : platform.Scheduler.NowNs + timeoutNs;
            var queues = new WaitQueue[handles.Length];
            for (int i = 0; i < handles.Length; i++)
            {
                queues[i] = handles[i]._queue;
            }

            while (true)
            {
                int taken = take();
                long leftNs = deadlineNs == NodeScheduler.Infinite ? deadlineNs : deadlineNs - platform.Scheduler.NowNs;
                if (taken != WaitTimeout || leftNs <= 0)
                {
                    return taken;
                }

                platform.Scheduler.Wait(platform.Process, queues, leftNs);
            }
        }
    }
}
