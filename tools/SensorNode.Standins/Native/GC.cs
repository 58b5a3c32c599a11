using SensorNode.Standins;

namespace nanoFramework.Runtime.Native
{
    /// <summary>The heap. The emulator says what it was told to say; the cost meter counts.</summary>
    public static class GC
    {
        public static uint Run(bool compactHeap)
        {
            var platform = NodeRuntime.Enter();

            // A collection stops every thread.
            platform.Scheduler.Charge(platform.Process, 30_000_000);
            return (uint)platform.FreeHeapBytes;
        }

        public static void EnableGCMessages(bool enable) => NodeRuntime.Enter();
    }
}
