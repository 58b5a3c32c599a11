namespace SensorNode.Detection
{
    /// <summary>Distances of vectors.</summary>
    public static class VectorMath
    {
        /// <summary>Mean square difference of two stretches of Q8 values.</summary>
        /// <returns>Q16, capped at 2^30 - 1.</returns>
        public static int MeanSquare(short[] a, int aOffset, short[] b, int bOffset, int length)
        {
            // Differences stay below 2^14, so 128 squares stay below 2^35.
            long sum = 0;
            int end = aOffset + length;
            for (int i = aOffset; i < end; i++)
            {
                int difference = a[i] - b[bOffset];
                sum += difference * difference;
                bOffset++;
            }

            long mean = sum / length;
            return mean >= (1 << 30) ? (1 << 30) - 1 : (int)mean;
        }
    }
}
