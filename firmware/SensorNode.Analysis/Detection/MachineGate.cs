namespace SensorNode.Detection
{
    /// <summary>Tells a machine that stands still from one that runs, by the shape of its spectrum. Knows no level in advance.</summary>
    /// <remarks>
    /// A sensor on a machine that stands still shows its own noise, which is white: the bands of each axis lie close to their median, and
    /// all the power is little more than that floor. A slow machine near the noise has lines and uneven bands, so it counts as running
    /// as soon as what it adds on any axis is as strong as the noise. One quiet tone from next door does not start a machine.
    /// </remarks>
    public static class MachineGate
    {
        // Shape of a learned mean, and of one window, whose bands scatter by themselves. Octaves in Q8.
        private const int MeanReach = 128;
        private const int MeanExcess = 256;
        private const int WindowReach = 320;
        private const int WindowExcess = 256;
        private const int Octave = 256;
        private const int HalfOctave = 128;
        private const int LevelScatter = 64;

        /// <summary>True where a learned mean is a sensor's own noise on every axis.</summary>
        public static bool IsStandstill(short[] valuesQ8, int offset, int axisCount, int perAxis)
        {
            return IsWhite(valuesQ8, offset, axisCount, perAxis, MeanReach, MeanExcess);
        }

        /// <summary>Says which states of a baseline are the machine standing still.</summary>
        /// <remarks>
        /// Noise alone does not prove it: a machine that only hisses, or whose vibration is weaker than the noise, is white too. Standing still is
        /// what is white and by an octave quieter, on one axis at least, than a state that is not; and on no axis louder than that one. Where every
        /// state is white none is a standstill: then all windows are judged. And a sensor has one noise: a white state by half an octave louder
        /// than another white one is a machine that runs slowly, and its faults would be passed over.
        /// </remarks>
        internal static void MarkStandstill(Baseline baseline)
        {
            // First white or not, which is dear to find out; then 2 for white but running.
            for (int c = 0; c < baseline.CentroidCount; c++)
            {
                bool isWhite = IsStandstill(baseline.Means, c * baseline.Length, baseline.AxisCount, baseline.PerAxis);
                baseline.Standstill[c] = (byte)(isWhite ? 1 : 0);
            }

            for (int c = 0; c < baseline.CentroidCount; c++)
            {
                if (baseline.Standstill[c] != 0 && !IsStopped(baseline, c))
                {
                    baseline.Standstill[c] = 2;
                }
            }

            for (int c = 0; c < baseline.CentroidCount; c++)
            {
                baseline.Standstill[c] = (byte)(baseline.Standstill[c] & 1);
            }
        }

        // For a white state; here any Standstill but 0 means white.
        private static bool IsStopped(Baseline baseline, int state)
        {
            bool hasLouder = false;
            for (int c = 0; c < baseline.CentroidCount; c++)
            {
                if (baseline.Standstill[c] == 0)
                {
                    hasLouder = hasLouder || IsLouder(baseline, c, state, Octave);
                }
                else if (IsLouder(baseline, state, c, HalfOctave))
                {
                    return false;
                }
            }

            return hasLouder;
        }

        private static bool IsLouder(Baseline baseline, int state, int than, int by)
        {
            int most = 0;
            for (int i = baseline.PerAxis - 1; i < baseline.Length; i += baseline.PerAxis)
            {
                int louder = baseline.Means[(state * baseline.Length) + i] - baseline.Means[(than * baseline.Length) + i];
                if (louder < -LevelScatter)
                {
                    return false;
                }

                most = louder > most ? louder : most;
            }

            return most >= by;
        }

        /// <summary>True where one window looks like a sensor's own noise on every axis. Less strict: a single window scatters.</summary>
        private static bool IsQuietWindow(short[] valuesQ8, int axisCount, int perAxis)
        {
            return IsWhite(valuesQ8, 0, axisCount, perAxis, WindowReach, WindowExcess);
        }

        /// <summary>Decides for one window, given what was learned.</summary>
        /// <param name="baseline">The baseline.</param>
        /// <param name="state">Nearest state.</param>
        /// <param name="valuesQ8">The window.</param>
        /// <returns>True: the machine stands still.</returns>
        public static bool StandsStill(Baseline baseline, int state, short[] valuesQ8)
        {
            int perAxis = baseline.PerAxis;
            if (baseline.IsStandstill(state))
            {
                // Within an octave of the standstill that was learned, on every axis.
                for (int i = perAxis - 1; i < baseline.Length; i += perAxis)
                {
                    if (valuesQ8[i] > baseline.Means[(state * baseline.Length) + i] + Octave)
                    {
                        return false;
                    }
                }

                return true;
            }

            return baseline.KnowsStop && LooksStopped(baseline, valuesQ8);
        }

        /// <summary>True where a window looks as if a machine that never stood still while it was learned had stopped.</summary>
        /// <remarks>White, on no axis louder than its quietest state, and quieter on one. Never for a machine whose standstill was learned.</remarks>
        public static bool LooksStopped(Baseline baseline, short[] valuesQ8)
        {
            int perAxis = baseline.PerAxis;
            bool isQuieter = false;
            for (int i = perAxis - 1; i < baseline.Length; i += perAxis)
            {
                int quietest = 12288;
                for (int c = 0; c < baseline.CentroidCount; c++)
                {
                    if (baseline.IsStandstill(c))
                    {
                        return false;
                    }

                    int level = baseline.Means[(c * baseline.Length) + i];
                    quietest = level < quietest ? level : quietest;
                }

                if (valuesQ8[i] > quietest + LevelScatter)
                {
                    return false;
                }

                isQuieter = isQuieter || valuesQ8[i] < quietest - 128;
            }

            if (!isQuieter)
            {
                return false;
            }

            return IsQuietWindow(valuesQ8, baseline.AxisCount, perAxis);
        }

        private static bool IsWhite(short[] values, int offset, int axisCount, int perAxis, int reach, int excess)
        {
            int bands = perAxis - 1;
            for (int axis = 0; axis < axisCount; axis++)
            {
                int median = Median(values, offset, bands);
                int near = 0;
                for (int i = 0; i < bands; i++)
                {
                    int apart = values[offset + i] - median;
                    if (apart <= reach && apart >= -reach)
                    {
                        near++;
                    }
                }

                if (near * 4 < bands * 3 || values[offset + bands] > median + excess)
                {
                    return false;
                }

                offset += perAxis;
            }

            return true;
        }

        // The value with as many below as above: for 24 values quicker to count than to sort, and needs no memory.
        private static int Median(short[] values, int offset, int count)
        {
            int end = offset + count;
            for (int i = offset; i < end; i++)
            {
                int value = values[i];
                int below = 0;
                int same = 0;
                for (int j = offset; j < end; j++)
                {
                    int other = values[j];
                    if (other < value)
                    {
                        below++;
                    }
                    else if (other == value)
                    {
                        same++;
                    }
                }

                if (below <= count / 2 && below + same > count / 2)
                {
                    return value;
                }
            }

            return values[offset];
        }
    }
}
