using SensorNode.Standins;

namespace System.Threading
{
    /// <summary>Waits without letting go.</summary>
    public struct SpinWait
    {
        public void SpinOnce() => NodeRuntime.Enter();

        public static void SpinUntil(TimeSpan timeout) => SpinUntil((int)timeout.TotalMilliseconds);

        public static void SpinUntil(int millisecondsTimeout)
        {
            var platform = NodeRuntime.Enter();
            platform.Scheduler.Charge(platform.Process, millisecondsTimeout * 1_000_000L);
        }
    }
}
