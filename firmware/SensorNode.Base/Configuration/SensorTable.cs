namespace SensorNode.Configuration
{
    /// <summary>What each accelerometer can be asked for, what it costs on the bus, and what its FIFO has to stand.</summary>
    /// <remarks>Source: the drivers' READMEs, which name the datasheets. A test compares the table with what the drivers accept.</remarks>
    public static class SensorTable
    {
        /// <summary>The platform's shortest sleep: between two drains at least this passes.</summary>
        public const int ShortestSleepMs = 10;

        /// <summary>What another thread may take of the sampler's time: the platform's quantum, begun as the sampler goes to sleep.</summary>
        public const int QuantumMs = 20;

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

        /// <summary>Samples of three axes that the FIFO holds.</summary>
        public static int FifoSamples(int part)
        {
            switch (part)
            {
                case Adxl345:
                case Lis3dh: return 32;
                case Mpu6500: return 85;
                case Kx134: return 84;
                default: return 512;
            }
        }

        /// <summary>Why bus and FIFO cannot carry what a configuration asks for.</summary>
        /// <param name="configuration">Part and rate.</param>
        /// <param name="busClockHz">Clock of the board's bus.</param>
        /// <returns>Null where they can; otherwise the setting, the arithmetic, and what would be right.</returns>
        public static string BusRefusal(NodeConfiguration configuration, int busClockHz)
        {
            int part = configuration.Number(ConfigurationKey.SensorPart);
            int rateHz = configuration.Number(ConfigurationKey.SensorRateHz);
            int clocks = BusClocksPerSample(part);
            bool isCarried = rateHz * clocks <= busClockHz;
            int fillUs = FifoSamples(part) * 1000000 / rateHz;
            int readUs = ReadingUs(rateHz * clocks, busClockHz);
            if (isCarried && fillUs - readUs >= QuantumMs * 1000)
            {
                return null;
            }

            string fits = "";
            string[] rates = Rates(part).Split('|');
            for (int i = 0; i < rates.Length; i++)
            {
                int other = int.Parse(rates[i]);
                bool isFit = other * clocks <= busClockHz && (FifoSamples(part) * 1000000 / other) - ReadingUs(other * clocks, busClockHz) >= QuantumMs * 1000;
                fits = isFit ? rates[i] : fits;
            }

            string name = configuration.Show(ConfigurationKey.SensorPart);
            string why = isCarried
                ? "the FIFO of " + name + " holds " + FifoSamples(part).ToString() + " samples, " + Milliseconds(fillUs) + " ms at " + rateHz.ToString() + " Hz; less " + Milliseconds(readUs)
                    + " ms to read what comes in a sleep of " + ShortestSleepMs.ToString() + " ms " + Milliseconds(fillUs - readUs) + " are left, and another thread may take " + QuantumMs.ToString()
                : rateHz.ToString() + " samples a second of " + name + " take " + rateHz.ToString() + " x " + clocks.ToString() + " = " + (rateHz * clocks).ToString() + " clocks, the bus has " + busClockHz.ToString();
            return "sensor.rate_hz: " + why + "; at most " + fits + " Hz fit";
        }

        /// <summary>Time to read what comes in the shortest sleep, and what comes while that is read.</summary>
        /// <param name="clocks">Bus clocks that the samples of a second take.</param>
        /// <param name="busClockHz">Clocks that there are.</param>
        private static int ReadingUs(int clocks, int busClockHz)
        {
            // Clocks in thousands: the product stays below 2^31 up to 100 MHz, and a second is the longest answer.
            int free = (busClockHz - clocks) / 1000;
            int readUs = free > 0 ? ShortestSleepMs * clocks / free : 1000000;
            return readUs < 1000000 ? readUs : 1000000;
        }

        private static string Milliseconds(int us)
        {
            int tenths = us / 100;
            return (tenths < 0 ? "-" : "") + (tenths < 0 ? -tenths / 10 : tenths / 10).ToString() + "." + (tenths < 0 ? -tenths % 10 : tenths % 10).ToString();
        }
    }
}
