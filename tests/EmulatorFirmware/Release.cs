namespace SensorNode.EmulatorFirmware
{
    /// <summary>The word that a test changes.</summary>
    internal static class Release
    {
        internal static string Name()
        {
            return "one";
        }
    }
}
