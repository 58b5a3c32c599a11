namespace SensorNode.Contracts
{
    /// <summary>Words for people. The device prints an enum as its number.</summary>
    public static class RestartReasonText
    {
        public static string Of(RestartReason reason)
        {
            switch (reason)
            {
                case RestartReason.Command: return "command";
                case RestartReason.Configuration: return "configuration";
                case RestartReason.Update: return "update";
                case RestartReason.Fault: return "fault";
                case RestartReason.Watchdog: return "watchdog";
                case RestartReason.Network: return "network";
                case RestartReason.ConfigurationWithdrawn: return "changed configuration withdrawn: no connection with it";
                case RestartReason.FactoryReset: return "factory reset";
                case RestartReason.Sensor: return "the accelerometer answers again";
                case RestartReason.Age: return "450 days without a restart";
                case RestartReason.Wake: return "wake from deep sleep";
                default: return "power-on";
            }
        }
    }
}
