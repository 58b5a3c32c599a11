using SensorNode.Contracts;

namespace SensorNode.Supervision
{
    /// <summary>What a node that sleeps between windows stays awake for, and connected.</summary>
    public static class StayAwake
    {
        /// <summary>True while something is going on that a sleep would spoil.</summary>
        /// <param name="services">Asked.</param>
        /// <param name="nowMs">Time since boot.</param>
        public static bool IsWanted(NodeServices services, long nowMs)
        {
            return services.Settings.IsOnTrial
                || services.Update.IsAtWork(nowMs)
                || services.Commissioning.IsCheckWanted
                || nowMs < services.Commissioning.IdentifyUntilMs
                || services.Panel.IsButtonDown;
        }
    }
}
