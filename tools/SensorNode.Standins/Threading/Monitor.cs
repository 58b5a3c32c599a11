using System.Runtime.CompilerServices;
using SensorNode.Platform;
using SensorNode.Standins;

namespace System.Threading
{
    /// <summary>Locks, held by threads of the node. The compiler's <c>lock</c> comes here.</summary>
    public static class Monitor
    {
        private static readonly ConditionalWeakTable<object, MonitorState> States = new();
        private static readonly object HostCaller = new();

        public static void Enter(object obj)
        {
            ArgumentNullException.ThrowIfNull(obj);
            NodePlatform platform = NodeRuntime.Enter();
            MonitorState state = States.GetOrCreateValue(obj);
            object self = (object)NodeThread.Current ?? HostCaller;
            while (state.Owner != null && state.Owner != self)
            {
                platform.Scheduler.Wait(platform.Process, [state.Queue], NodeScheduler.Infinite);
            }

            state.Owner = self;
            state.Count++;
        }

        public static void Exit(object obj)
        {
            ArgumentNullException.ThrowIfNull(obj);
            NodePlatform platform = NodeRuntime.Platform;
            object self = (object)NodeThread.Current ?? HostCaller;
            if (!States.TryGetValue(obj, out MonitorState state) || state.Owner != self)
            {
                // Without power a thread may leave a lock that it never got.
                platform.Scheduler.ThrowIfOff(platform.Process);
                throw new InvalidOperationException("Monitor.Exit without Enter.");
            }

            if (--state.Count == 0)
            {
                state.Owner = null;
                platform.Scheduler.WakeOne(state.Queue);
            }

            platform.Scheduler.ThrowIfOff(platform.Process);
        }

        private sealed class MonitorState
        {
            public readonly WaitQueue Queue = new();
            public object Owner;
            public int Count;
        }
    }
}
