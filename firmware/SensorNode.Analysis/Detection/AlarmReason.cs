namespace SensorNode.Detection
{
    /// <summary>Why an alarm stands.</summary>
    public static class AlarmReason
    {
        /// <summary>No alarm.</summary>
        public const int None = 0;

        /// <summary>The vibration has changed within a few decisions.</summary>
        public const int Acute = 1;

        /// <summary>The vibration has crept away over about a thousand decisions.</summary>
        public const int Chronic = 2;

        /// <summary>The machine is unsteady for longer than twice its longest healthy run.</summary>
        public const int Unsteady = 3;

        /// <summary>More than half of all bands have moved: an operating state that was not learned, or a severe fault.</summary>
        public const int UnknownState = 4;

        /// <summary>More windows are clipped, or have an axis that stands still, than twice what is healthy.</summary>
        public const int OutOfRange = 5;

        /// <summary>The words for a reason.</summary>
        public static string Name(int reason)
        {
            switch (reason)
            {
                case Acute: return "sudden change";
                case Chronic: return "slow change";
                case Unsteady: return "unsteady for too long";
                case UnknownState: return "operating state not learned, or severe fault";
                case OutOfRange: return "beyond the sensor's range, or an axis stuck, for too long";
                default: return "none";
            }
        }
    }
}
