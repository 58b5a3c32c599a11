using SensorNode.Platform;
using SensorNode.Standins;

namespace System.Threading
{
    /// <summary>A thread of the node. Priorities are kept and have no effect: the scheduler goes round robin.</summary>
    public sealed class Thread
    {
        private readonly NodeThread _thread;

        public Thread(ThreadStart start)
        {
            ArgumentNullException.ThrowIfNull(start);
            NodePlatform platform = NodeRuntime.Enter();
            _thread = platform.Process.CreateThread(start.Method.DeclaringType?.Name + "." + start.Method.Name, start.Invoke);
            _thread.Tag = this;
        }

        private Thread(NodeThread thread)
        {
            _thread = thread;
            if (thread != null)
            {
                thread.Tag = this;
            }
        }

        public static Thread CurrentThread => NodeThread.Current?.Tag as Thread ?? new Thread(NodeThread.Current);

        public ThreadPriority Priority { get; set; } = ThreadPriority.Normal;

        public int ManagedThreadId => _thread?.Id ?? 0;

        public bool IsAlive => ThreadState != ThreadState.Unstarted && ThreadState != ThreadState.Stopped;

        public ThreadState ThreadState
        {
            get
            {
                NodeRuntime.Enter();
                return (_thread?.State ?? NodeThreadState.Running) switch
                {
                    NodeThreadState.Unstarted => ThreadState.Unstarted,
                    NodeThreadState.Waiting => ThreadState.WaitSleepJoin,
                    NodeThreadState.Ended => ThreadState.Stopped,
                    _ => ThreadState.Running
                };
            }
        }

        public void Start()
        {
            NodePlatform platform = NodeRuntime.Enter();
            platform.Scheduler.Start(_thread);
        }

        /// <summary>Not emulated: .NET cannot abort a thread.</summary>
        public void Abort() => throw new NotSupportedException("Thread.Abort is not emulated.");

        /// <summary>Not emulated.</summary>
        public void Suspend() => throw new NotSupportedException("Thread.Suspend is not emulated.");

        /// <summary>Not emulated.</summary>
        public void Resume() => throw new NotSupportedException("Thread.Resume is not emulated.");

        public void Join() => Join(Timeout.Infinite);

        public bool Join(TimeSpan timeout) => Join((int)timeout.TotalMilliseconds);

        public bool Join(int millisecondsTimeout)
        {
            NodePlatform platform = NodeRuntime.Enter();
            if (_thread.State != NodeThreadState.Ended && millisecondsTimeout != 0)
            {
                platform.Scheduler.Wait(platform.Process, [_thread.EndedQueue], NodeRuntime.TimeoutNs(millisecondsTimeout));
            }

            return _thread.State == NodeThreadState.Ended;
        }

        public static void Sleep(TimeSpan timeout) => Sleep((int)timeout.TotalMilliseconds);

        public static void Sleep(int millisecondsTimeout)
        {
            NodePlatform platform = NodeRuntime.Enter();
            if (millisecondsTimeout == Timeout.Infinite)
            {
                platform.Scheduler.Wait(platform.Process, [], NodeScheduler.Infinite);
            }

            platform.Scheduler.Sleep(platform.Process, NodeRuntime.TimeoutNs(millisecondsTimeout));
        }

        public static void SpinWait(int iterations)
        {
            NodePlatform platform = NodeRuntime.Enter();
            platform.Scheduler.Charge(platform.Process, Math.Max(0, iterations) * 1000L);
        }
    }
}
