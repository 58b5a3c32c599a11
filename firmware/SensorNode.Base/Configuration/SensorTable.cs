namespace SensorNode.Configuration
{
    /// <summary>What each accelerometer can be asked for, and what it costs on the bus.</summary>
    /// <remarks>Source: the drivers' READMEs, which name the datasheets. A test compares the table with what the drivers accept.</remarks>
    public static class SensorTable
    {
        /// <summary>Words of sensor.part, in the order of their indexes.</summary>
        public const string Parts = "lsm6dso|adxl345|lis3dh|mpu6500|kx134";

        public const int Lsm6dso = 0;
        public const int Adxl345 = 1;
        public const int Lis3dh = 2;
        public const int Mpu6500 = 3;
        public const int Kx134 = 4;

        /// <summary>Rates that node.conf may name, in Hz, separated by '|', rising.</summary>
        public static string Rates(int part)
        {
            switch (part)
            {
                case Adxl345: return "100|200|400|800";
                case Lis3dh: return "100|200|400|1344";
                case Mpu6500: return "100|125|200|250|500|1000";
                case Kx134: return "100|200|400|800|1600|3200|6400|12800";
                default: return "104|208|417|833|1667|3333|6667";
            }
        }

        /// <summary>Ranges that node.conf may name, in g, separated by '|', rising.</summary>
        public static string Ranges(int part)
        {
            return part == Kx134 ? "8|16|32|64" : "2|4|8|16";
        }

        /// <summary>Clocks of the bus that one sample of three axes takes, addresses and acknowledgements included.</summary>
        public static int BusClocksPerSample(int part)
        {
            // The LSM6DSO sends a tag with each sample, the ADXL345 takes a transfer of its own for each.
            return part == Lsm6dso ? 70 : part == Adxl345 ? 100 : 60;
        }

        /// <summary>Why a bus cannot carry what a configuration asks for.</summary>
        /// <param name="configuration">Part and rate.</param>
        /// <param name="busClockHz">Clock of the board's bus.</param>
        /// <returns>Null where it can; otherwise the setting, the arithmetic, and what would be right.</returns>
        public static string BusRefusal(NodeConfiguration configuration, int busClockHz)
        {
            int part = configuration.Number(ConfigurationKey.SensorPart);
            int rateHz = configuration.Number(ConfigurationKey.SensorRateHz);
            int clocks = BusClocksPerSample(part);
            if (rateHz * clocks <= busClockHz)
            {
                return null;
            }

            string fits = "";
            string[] rates = Rates(part).Split('|');
            for (int i = 0; i < rates.Length; i++)
            {
                fits = int.Parse(rates[i]) * clocks <= busClockHz ? rates[i] : fits;
            }

            return "sensor.rate_hz: " + rateHz.ToString() + " samples a second of " + configuration.Show(ConfigurationKey.SensorPart) + " take " + rateHz.ToString() + " x " + clocks.ToString() + " = "
                + (rateHz * clocks).ToString() + " clocks, the bus has " + busClockHz.ToString() + "; at most " + fits + " Hz fit";
        }
    }
}
