namespace SensorNode.UnitReplay
{
    /// <summary>The windows replayed: a made-up machine in integer arithmetic, so that every runtime makes the same ones.</summary>
    public static class ReplayWindows
    {
        /// <summary>Samples of a window.</summary>
        public const int Points = 1024;

        /// <summary>Windows.</summary>
        public const int Count = 24;

        /// <summary>Windows that the detector learns from; the last of the others have a line that was not there before.</summary>
        public const int LearnCount = 14;

        /// <summary>Writes the samples of one window.</summary>
        public static void Fill(int window, short[] x, short[] y, short[] z)
        {
            uint state = (uint)window * 2654435761 + 12345;
            int fault = window >= Count - 4 ? 3 : 0;
            for (int n = 0; n < Points; n++)
            {
                int turn = Triangle(n * 2477 + window * 9001);
                int fast = Triangle(n * 17011 + window * 331);
                state = state * 1664525 + 1013904223;
                int noise = (int)(state >> 25) - 64;
                x[n] = (short)(turn / 64 + noise);
                y[n] = (short)(turn / 128 + fast * fault / 64 - noise / 2);
                z[n] = (short)(4096 + turn / 96 + fast * fault / 48 + noise);
            }
        }

        /// <summary>-16384 to 16383 with a period of 65536.</summary>
        private static int Triangle(int phase)
        {
            int p = phase & 65535;
            return p < 32768 ? p - 16384 : 49151 - p;
        }
    }
}
