namespace SensorNode.Detection
{
    /// <summary>Why a window was judged or not.</summary>
    public static class GateReason
    {
        /// <summary>Runs steadily: judged, or learned.</summary>
        public const int Running = 0;

        /// <summary>The machine stands still.</summary>
        public const int Standstill = 1;

        /// <summary>Run-up, run-down or a change of state.</summary>
        public const int Unsteady = 2;

        /// <summary>Clipped, incomplete, constant or impossible samples.</summary>
        public const int BadWindow = 3;
    }
}
