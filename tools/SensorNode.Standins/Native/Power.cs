using SensorNode.Platform;
using SensorNode.Standins;

namespace nanoFramework.Runtime.Native
{
    /// <summary>Restart.</summary>
    public class Power
    {
        public static event RebootEventHandler OnRebootEvent
        {
            add => NodeRuntime.Own<Listeners>().OnReboot += value;
            remove => NodeRuntime.Own<Listeners>().OnReboot -= value;
        }

        public static void RebootDevice(RebootOption rebootOption = RebootOption.NormalReboot) => RebootDevice(0, rebootOption);

        public static void RebootDevice(int exeConstraintTimeout, RebootOption rebootOption = RebootOption.NormalReboot)
        {
            NodePlatform platform = NodeRuntime.Enter();
            NodeRuntime.Own<Listeners>().OnReboot?.Invoke();
            platform.Process.PowerOff(EndReason.Rebooted);
            platform.Scheduler.ThrowIfOff(platform.Process);
        }

        private sealed class Listeners
        {
            public RebootEventHandler OnReboot;
        }
    }
}
