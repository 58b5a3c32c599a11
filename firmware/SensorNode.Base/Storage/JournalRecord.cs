namespace SensorNode.Storage
{
    /// <summary>What one report interval was like, as it waits for the broker. One object is filled again and again.</summary>
    /// <remarks>Vibration, score, alarm level and zone are the largest of the windows that counted in it; the machine ran where it did in one of them; the rest is as at its end. Numbers are the node's own whole numbers; what <see cref="JournalFormat"/> makes of them stands there.</remarks>
    public sealed class JournalRecord
    {
        /// <summary>Value of <see cref="TemperatureCentiC"/> and <see cref="ScoreQ8"/> where there is none.</summary>
        public const int None = -32768;

        /// <summary>Counts from 1 up, never given twice. Set by the journal when the record is read.</summary>
        public int Number;

        /// <summary>When the interval ended, UTC ms; kept in whole seconds, 1970 to 2106.</summary>
        public long UtcMs;

        /// <summary>True where the time of day was not set by a server in that boot, so that UtcMs is an estimate.</summary>
        public bool IsTimeEstimated;

        /// <summary>False where no window of the interval counted; the vibration values are 0 then.</summary>
        public bool HasVibration;

        /// <summary>int[3], x y z, um/s; kept to 1.6 %.</summary>
        public readonly int[] VelocityMicrometerPerSecondRms = new int[3];

        /// <summary>int[3], x y z, ug; kept to 1.6 %, in steps of 32 or more.</summary>
        public readonly int[] AccelerationMicroGRms = new int[3];

        /// <summary>int[3], x y z, ug; kept to 1.6 %, in steps of 32 or more.</summary>
        public readonly int[] AccelerationMicroGPeak = new int[3];

        /// <summary>Abnormality, log2 x 256; kept in steps of 8, -16376 to 16376; <see cref="None"/> while learning.</summary>
        public int ScoreQ8;

        /// <summary>Index of the operating state, 0 to 14; -1 for none.</summary>
        public int OperatingState;

        /// <summary>0 none, 1 warning, 2 alarm.</summary>
        public int AlarmLevel;

        /// <summary>True where the machine ran.</summary>
        public bool IsRunning;

        /// <summary>ISO 20816-3 zone: 0 none, 1 to 4 for A to D.</summary>
        public int Zone;

        /// <summary>0.01 degC; kept in steps of 10, -20470 to 20470; <see cref="None"/> where there is no valid value.</summary>
        public int TemperatureCentiC;
    }
}
