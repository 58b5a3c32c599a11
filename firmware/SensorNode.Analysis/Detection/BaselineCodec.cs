using SensorNode.Storage;

namespace SensorNode.Detection
{
    /// <summary>The stored form of a baseline: versioned, bound to a configuration, checksummed. Little-endian.</summary>
    /// <remarks>
    /// <code>
    /// offset size  what
    ///  0     4     "SNBL"
    ///  4     2     format and algorithm version, 1
    ///  6     4     fingerprint of the settings it was learned with: sensor, range, rate, window, averaging
    /// 10     1     axes, 1 to 3
    /// 11     1     values an axis, 2 to 26
    /// 12     1     centroids, 1 to 10
    /// 13     1     unsteady windows allowed among 32
    /// 14     4     running windows learned
    /// 18     2     windows kept aside
    /// 20     2     usual healthy score, log2 Q8, signed
    /// 22     2     threshold, log2 Q8, signed
    /// 24     4     usual change from window to window, octave^2 Q16
    /// 28     1     1: a stop can be told from the run although no standstill was learned
    /// 29           for each centroid: int32 windows, byte standstill, int16 means[length], int16 weights[length]
    ///              int16 own coefficients[length], int16 neighbour coefficients[length]
    ///        4     CRC-32 of all before
    /// </code>
    /// Size: 3,119 bytes for ten centroids of 3 x 23 values. Any change in how features or scores are computed needs a new version.
    /// </remarks>
    public static class BaselineCodec
    {
        /// <summary>Format and algorithm version.</summary>
        public const int Version = 1;

        private const int HeaderSizeBytes = 29;

        /// <summary>Bytes that a baseline takes.</summary>
        public static int SizeBytes(Baseline baseline)
        {
            return SizeBytes(baseline.CentroidCount, baseline.Length);
        }

        /// <summary>Writes a baseline.</summary>
        /// <param name="baseline">The baseline.</param>
        /// <param name="fingerprint">Of the settings it was learned with.</param>
        /// <param name="buffer">Written from offset on: <see cref="SizeBytes(Baseline)"/> bytes.</param>
        /// <param name="offset">First byte written.</param>
        /// <returns>Bytes written.</returns>
        public static int Write(Baseline baseline, int fingerprint, byte[] buffer, int offset)
        {
            buffer[offset] = (byte)'S';
            buffer[offset + 1] = (byte)'N';
            buffer[offset + 2] = (byte)'B';
            buffer[offset + 3] = (byte)'L';
            ByteOrder.PutInt16(buffer, offset + 4, Version);
            ByteOrder.PutInt32(buffer, offset + 6, fingerprint);
            buffer[offset + 10] = (byte)baseline.AxisCount;
            buffer[offset + 11] = (byte)baseline.PerAxis;
            buffer[offset + 12] = (byte)baseline.CentroidCount;
            buffer[offset + 13] = (byte)baseline.UnsteadyLimit;
            ByteOrder.PutInt32(buffer, offset + 14, baseline.WindowCount);
            ByteOrder.PutInt16(buffer, offset + 18, baseline.AsideCount);
            ByteOrder.PutInt16(buffer, offset + 20, baseline.HealthyMeanQ8);
            ByteOrder.PutInt16(buffer, offset + 22, baseline.ThresholdQ8);
            ByteOrder.PutInt32(buffer, offset + 24, baseline.SpreadQ16);
            buffer[offset + 28] = (byte)(baseline.KnowsStop ? 1 : 0);
            int at = offset + HeaderSizeBytes;
            for (int c = 0; c < baseline.CentroidCount; c++)
            {
                ByteOrder.PutInt32(buffer, at, baseline.Counts[c]);
                buffer[at + 4] = baseline.Standstill[c];
                at = PutAll(buffer, at + 5, baseline.Means, c * baseline.Length, baseline.Length);
                at = PutAll(buffer, at, baseline.WeightsQ10, c * baseline.Length, baseline.Length);
            }

            at = PutAll(buffer, at, baseline.OwnQ10, 0, baseline.Length);
            at = PutAll(buffer, at, baseline.NeighbourQ10, 0, baseline.Length);
            ByteOrder.PutInt32(buffer, at, Crc32.Compute(buffer, offset, at - offset));
            return at + 4 - offset;
        }

        /// <summary>Reads a baseline. Any bytes give a baseline or a reason; none throws.</summary>
        /// <param name="buffer">Bytes.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="count">Bytes there are.</param>
        /// <param name="fingerprint">Of the settings in force.</param>
        /// <param name="reason">Why not, in words, or null.</param>
        /// <returns>The baseline, or null.</returns>
        public static Baseline TryParse(byte[] buffer, int offset, int count, int fingerprint, out string reason)
        {
            reason = Refuse(buffer, offset, count, fingerprint);
            if (reason != null)
            {
                return null;
            }

            Baseline baseline = new Baseline(buffer[offset + 10], buffer[offset + 11], buffer[offset + 12]);
            baseline.UnsteadyLimit = buffer[offset + 13];
            baseline.WindowCount = ByteOrder.GetInt32(buffer, offset + 14);
            baseline.AsideCount = ByteOrder.GetInt16(buffer, offset + 18);
            baseline.HealthyMeanQ8 = ByteOrder.GetInt16(buffer, offset + 20);
            baseline.ThresholdQ8 = ByteOrder.GetInt16(buffer, offset + 22);
            baseline.SpreadQ16 = ByteOrder.GetInt32(buffer, offset + 24);
            baseline.KnowsStop = buffer[offset + 28] != 0;
            int at = offset + HeaderSizeBytes;
            for (int c = 0; c < baseline.CentroidCount; c++)
            {
                baseline.Counts[c] = ByteOrder.GetInt32(buffer, at);
                baseline.Standstill[c] = buffer[at + 4];
                at = GetAll(buffer, at + 5, baseline.Means, c * baseline.Length, baseline.Length);
                at = GetAll(buffer, at, baseline.WeightsQ10, c * baseline.Length, baseline.Length);
            }

            at = GetAll(buffer, at, baseline.OwnQ10, 0, baseline.Length);
            GetAll(buffer, at, baseline.NeighbourQ10, 0, baseline.Length);
            if (!IsPlausible(baseline))
            {
                reason = "a value is out of range";
                return null;
            }

            return baseline;
        }

        private static string Refuse(byte[] buffer, int offset, int count, int fingerprint)
        {
            if (count < HeaderSizeBytes + 4 || buffer[offset] != 'S' || buffer[offset + 1] != 'N' || buffer[offset + 2] != 'B' || buffer[offset + 3] != 'L')
            {
                return "not a baseline";
            }

            if (ByteOrder.GetInt16(buffer, offset + 4) != Version)
            {
                return "made by another version of the detector";
            }

            int axes = buffer[offset + 10];
            int perAxis = buffer[offset + 11];
            int centroids = buffer[offset + 12];
            bool isKnown = axes >= 1 && axes <= 3 && perAxis >= 2 && perAxis <= 26 && centroids >= 1 && centroids <= BaselineLearner.CentroidCapacity;
            if (!isKnown || count != SizeBytes(centroids, axes * perAxis))
            {
                return "its length does not fit its header";
            }

            if (ByteOrder.GetInt32(buffer, offset + count - 4) != Crc32.Compute(buffer, offset, count - 4))
            {
                return "its checksum is wrong";
            }

            return ByteOrder.GetInt32(buffer, offset + 6) == fingerprint ? null : "learned with other settings";
        }

        // A checksum does not make a stranger's file harmless: weights of 0 or a standstill of 7 would not crash, but would mean nothing.
        private static bool IsPlausible(Baseline baseline)
        {
            bool isGood = baseline.SpreadQ16 >= 0 && baseline.WindowCount >= 0 && baseline.UnsteadyLimit <= 64 && baseline.ThresholdQ8 > baseline.HealthyMeanQ8;
            for (int i = 0; i < baseline.Means.Length; i++)
            {
                isGood = isGood && baseline.WeightsQ10[i] > 0 && baseline.Means[i] >= 0 && baseline.Means[i] < 12288;
            }

            for (int i = 0; i < baseline.Length; i++)
            {
                int neighbour = baseline.NeighbourQ10[i];
                isGood = isGood && baseline.OwnQ10[i] >= 1024 && baseline.OwnQ10[i] < 2400 && neighbour > -2400 && neighbour < 2400;
            }

            for (int c = 0; c < baseline.CentroidCount; c++)
            {
                isGood = isGood && baseline.Counts[c] > 0 && baseline.Standstill[c] <= 1;
            }

            return isGood;
        }

        private static int SizeBytes(int centroids, int length)
        {
            return HeaderSizeBytes + (centroids * (5 + (4 * length))) + (4 * length) + 4;
        }

        private static int PutAll(byte[] buffer, int at, short[] values, int first, int count)
        {
            for (int i = 0; i < count; i++)
            {
                ByteOrder.PutInt16(buffer, at, values[first + i]);
                at += 2;
            }

            return at;
        }

        private static int GetAll(byte[] buffer, int at, short[] values, int first, int count)
        {
            for (int i = 0; i < count; i++)
            {
                values[first + i] = (short)ByteOrder.GetInt16(buffer, at);
                at += 2;
            }

            return at;
        }
    }
}
