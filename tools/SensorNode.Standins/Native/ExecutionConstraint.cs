using SensorNode.Standins;

namespace nanoFramework.Runtime.Native
{
    /// <summary>Time limits for a stretch of code. Accepted, not enforced: the emulator's clock does not run while code computes.</summary>
    public static class ExecutionConstraint
    {
        public static void Install(int timeoutMilliseconds, int priority) => NodeRuntime.Enter();
    }
}
