namespace SensorNode.Update
{
    /// <summary>What this deployment of Base demands of a release, and how long it waits for what. Explained in firmware/docs/update.md.</summary>
    public static class UpdateLimits
    {
        /// <summary>Product that a manifest must name.</summary>
        public const string Product = "sensornode";

        /// <summary>Version 1.0.0.0 of SensorNode.Base, as <see cref="ReleaseManifest.BaseVersion"/>. Raise it with every change that an application can notice.</summary>
        public const long BaseVersion = 0x0001000000000000;

        /// <summary>Lowest security counter of a release, whatever flash says or has forgotten. Raise it when a deployment by cable closes a hole.</summary>
        public const int SecurityCounterFloor = 0;

        /// <summary>Longest head that a node takes.</summary>
        public const int HeadBytesMax = 4096;

        /// <summary>Longest model; an application may have FlashBudget.SlotSizeBytesMax.</summary>
        public const int ModelBytesMax = 4096;

        /// <summary>Starts of one round of trying.</summary>
        public const int StartsMax = 3;

        /// <summary>Rounds with one release.</summary>
        public const int RoundsMax = 3;

        /// <summary>Crashes in a row after which the release in force is left.</summary>
        public const int CrashesMax = 5;

        /// <summary>Time from a start to its confirmation.</summary>
        public const int TrialMs = 900000;

        /// <summary>An application that has not asked for so long whether it should restart has hung.</summary>
        public const int HangMs = 300000;

        /// <summary>Time since boot after which crashes of the release in force are forgotten, though no broker was there.</summary>
        public const int CrashFreeMs = 86400000;

        /// <summary>Time in which a broker sends the offers that it keeps, after a connection.</summary>
        public const int RollCallMs = 5000;

        /// <summary>An application that was asked to restart has so long to do it in good order.</summary>
        public const int FarewellMs = 60000;

        /// <summary>Shortest time from a reply to the next request.</summary>
        public const int RequestIntervalMs = 500;

        /// <summary>First pause without a reply; doubled each time.</summary>
        public const int PauseMs = 15000;

        /// <summary>Longest pause.</summary>
        public const int PauseMsMax = 900000;

        /// <summary>A refused release is looked at again after this; a release that went back waits so long for its next round.</summary>
        public const int RefusedMs = 3600000;

        /// <summary>Longest wait for a quiet moment to restart.</summary>
        public const int BusyMsMax = 86400000;

        /// <summary>The same for a security release.</summary>
        public const int BusySecurityMsMax = 3600000;

        /// <summary>Shortest time between two states of which only the bytes received differ.</summary>
        public const int StateIntervalMs = 10000;
    }
}
