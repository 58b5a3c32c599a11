namespace SensorNode.Detection
{
    /// <summary>Zones of ISO 20816-3 by RMS velocity: an absolute guard beside the learned one. A: as new; B: for long-term operation; C: for a limited time; D: damage to be expected.</summary>
    /// <remarks>Source: ISO 20816-3, zone borders in mm/s: group 1 (300 kW to 50 MW), group 2 (15 to 300 kW), on rigid or flexible supports.</remarks>
    public static class Iso20816Zone
    {
        /// <summary>The zone of the worst axis.</summary>
        /// <param name="machineClass">Index of machine.class: 0 none, 1 group1-rigid, 2 group1-flexible, 3 group2-rigid, 4 group2-flexible.</param>
        /// <param name="velocityMicrometerPerSecondRms">Largest RMS velocity of the axes.</param>
        /// <returns>"A" to "D", or an empty string for class 0.</returns>
        public static string Of(int machineClass, int velocityMicrometerPerSecondRms)
        {
            switch (machineClass)
            {
                case 1: return Of(velocityMicrometerPerSecondRms, 2300, 4500, 7100);
                case 2: return Of(velocityMicrometerPerSecondRms, 3500, 7100, 11000);
                case 3: return Of(velocityMicrometerPerSecondRms, 1400, 2800, 4500);
                case 4: return Of(velocityMicrometerPerSecondRms, 2300, 4500, 7100);
                default: return "";
            }
        }

        private static string Of(int velocity, int borderAb, int borderBc, int borderCd)
        {
            return velocity < borderAb ? "A" : velocity < borderBc ? "B" : velocity < borderCd ? "C" : "D";
        }
    }
}
