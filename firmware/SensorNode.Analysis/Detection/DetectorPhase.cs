namespace SensorNode.Detection
{
    /// <summary>What the detector does with a window.</summary>
    public static class DetectorPhase
    {
        /// <summary>Gathers healthy windows.</summary>
        public const int Learning = 0;

        /// <summary>Judges against a frozen baseline.</summary>
        public const int Watching = 1;

        /// <summary>Learning ended without a usable window.</summary>
        public const int Waiting = 2;

        /// <summary>The word for a phase.</summary>
        public static string Name(int phase)
        {
            return phase == Learning ? "learning" : phase == Watching ? "watching" : "waiting";
        }
    }
}
