namespace SensorNode.Detection
{
    /// <summary>Levels of an alarm after persistence.</summary>
    public static class AlarmLevel
    {
        /// <summary>Nothing to report.</summary>
        public const int None = 0;

        /// <summary>Beyond the threshold for a few decisions.</summary>
        public const int Warning = 1;

        /// <summary>Far beyond it, or beyond it for long.</summary>
        public const int Alarm = 2;

        /// <summary>The word for a level.</summary>
        public static string Name(int level)
        {
            return level == Alarm ? "alarm" : level == Warning ? "warning" : "none";
        }
    }
}
