using SensorNode.Platform;
using SensorNode.Standins;

namespace System
{
    /// <summary>The node's console.</summary>
    public static class Console
    {
        public static void Write(string value)
        {
            NodePlatform platform = NodeRuntime.Enter();
            platform.Console.Write(platform.Scheduler.NowNs, value ?? "");
        }

        public static void WriteLine() => Write("\n");

        public static void WriteLine(string value) => Write(value + "\n");
    }
}
