namespace SensorNode.Detection
{
    /// <summary>Zones A to D of ISO 20816-3 by RMS velocity: an absolute guard beside the learned one.</summary>
    /// <remarks>
    /// Borders in um/s, A/B, B/C, C/D, on non-rotating parts, 10 to 1000 Hz. The standard means the whole band; a sensor that is honest in
    /// part of it gives a zone that is too good at most. Zone D is an alarm and zone C a warning whatever was learned.
    /// </remarks>
    public static class IsoZone
    {
        /// <summary>No machine class is configured.</summary>
        public const int None = 0;

        /// <summary>A newly commissioned machine.</summary>
        public const int A = 1;

        /// <summary>Unrestricted long-term operation.</summary>
        public const int B = 2;

        /// <summary>Not for long-term operation.</summary>
        public const int C = 3;

        /// <summary>Severe enough to cause damage.</summary>
        public const int D = 4;

        private static readonly int[] Borders = { 2300, 4500, 7100, 3500, 7100, 11000, 1400, 2800, 4500, 2300, 4500, 7100 };

        /// <summary>The zone of a velocity.</summary>
        /// <param name="machineClass">Index of machine.class: 0 none, 1 group 1 rigid, 2 group 1 flexible, 3 group 2 rigid, 4 group 2 flexible.</param>
        /// <param name="micrometerPerSecondRms">The worst axis.</param>
        public static int Of(int machineClass, int micrometerPerSecondRms)
        {
            if (machineClass < 1 || machineClass > 4)
            {
                return None;
            }

            int at = (machineClass - 1) * 3;
            return micrometerPerSecondRms <= Borders[at] ? A : micrometerPerSecondRms <= Borders[at + 1] ? B : micrometerPerSecondRms <= Borders[at + 2] ? C : D;
        }

        /// <summary>What a zone means for the alarm: none up to B, warning in C, alarm in D.</summary>
        public static int Alarm(int zone)
        {
            return zone == D ? AlarmLevel.Alarm : zone == C ? AlarmLevel.Warning : AlarmLevel.None;
        }

        /// <summary>The letter, or nothing.</summary>
        public static string Name(int zone)
        {
            return zone == A ? "A" : zone == B ? "B" : zone == C ? "C" : zone == D ? "D" : "";
        }
    }
}
