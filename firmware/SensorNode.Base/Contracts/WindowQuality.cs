namespace SensorNode.Contracts
{
    /// <summary>What is wrong with a window, as bits, counted and published. Which of them the detector minds: <see cref="Unfit"/>.</summary>
    public static class WindowQuality
    {
        /// <summary>Every sample is there, in order and plausible.</summary>
        public const int Good = 0;

        /// <summary>The FIFO overran: samples are lost.</summary>
        public const int Overrun = 1;

        /// <summary>A transfer failed.</summary>
        public const int BusFault = 2;

        /// <summary>The sensor stopped giving samples.</summary>
        public const int Gap = 4;

        /// <summary>At least one sample stands at the end of the range.</summary>
        public const int Clipped = 8;

        /// <summary>An axis did not move by a single count: it is stuck, or quieter than the sensor can tell.</summary>
        public const int Constant = 16;

        /// <summary>
        /// The mean moved within the window: the node was turned or knocked, or the machine sways more slowly than a window lasts. Only said, not
        /// kept from the detector: one knock is no alarm anyway, and a machine that sways has to be watched too.
        /// </summary>
        public const int GravityShift = 32;

        /// <summary>The bits that keep a window from being learned and judged; clipped ones and stuck axes only until they have become too many.</summary>
        public const int Unfit = Overrun | BusFault | Gap | Clipped | Constant;

        /// <summary>Words for people: "good", or the reasons separated by blanks.</summary>
        public static string Text(int quality)
        {
            if (quality == Good)
            {
                return "good";
            }

            string text = "";
            text = Add(text, quality & Overrun, "overrun");
            text = Add(text, quality & BusFault, "bus-fault");
            text = Add(text, quality & Gap, "gap");
            text = Add(text, quality & Clipped, "clipped");
            text = Add(text, quality & Constant, "constant");
            return Add(text, quality & GravityShift, "gravity-shift");
        }

        private static string Add(string text, int bit, string word)
        {
            return bit == 0 ? text : text.Length == 0 ? word : text + " " + word;
        }
    }
}
