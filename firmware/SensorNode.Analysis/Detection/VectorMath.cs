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
            int i = aOffset;
            int end = aOffset + length - 1;
            for (; i < end; i += 2)
            {
                int difference = a[i] - b[bOffset];
                int next = a[i + 1] - b[bOffset + 1];
                sum += (long)(difference * difference) + (next * next);
                bOffset += 2;
            }

            if (i == end)
            {
                int difference = a[i] - b[bOffset];
                sum += difference * difference;
            }

            long mean = sum / length;
            return mean >= (1 << 30) ? (1 << 30) - 1 : (int)mean;
        }
    }
}
