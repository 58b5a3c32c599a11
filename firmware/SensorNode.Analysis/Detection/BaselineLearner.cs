using System;
using SensorNode.Dsp;

namespace SensorNode.Detection
{
    /// <summary>Learns what a healthy machine looks like, one window at a time, without keeping the windows.</summary>
    /// <remarks>
    /// Method:  online clustering. A window far from every centroid opens a new one; when all are taken, the two whose union adds least to
    ///          the scatter (Ward's rule) become one, with exact moments. Every fourth block of four windows is kept aside for the threshold.
    /// Format:  vectors are log2 values in Q8, 0 to 12287 (48 octaves). Means are Q16 (a short and a byte), variances octave^2 in Q16.
    /// Memory:  8 KB or less for three axes of 24 bands: see <see cref="SizeBytes"/>. Nothing is allocated after the constructor.
    /// Cost:    about 50,000 IL instructions a window with ten centroids of 75 values.
    /// </remarks>
    public sealed class BaselineLearner
    {
        /// <summary>Most centroids: more than a machine has operating states, so that a state that moves can have several.</summary>
        public const int CentroidCapacity = 10;

        internal const int BlockWindows = 4;
        private const int AsideEvery = 4;
        private const int RoughLeast = -512;
        private const int RoughMost = 384;

        // A window opens a centroid where its distance is beyond chance: the usual scatter and 4.5 standard deviations of a mean of squares, half
        // of the values being independent (2.1 times the scatter for 69 values, 2.9 for 23). And 0.02 octave^2 for machines steadier than our resolution.
        private const int NewCentroidDeviationsQ8 = 2304;
        private const int NewCentroidOffset = 1311;
        private const int FewWindows = 8;
        private const int CrossClamp = 512;

        private readonly int _axisCount;
        private readonly int _perAxis;
        private readonly int _length;
        private readonly int _newCentroidFactorQ8;
        private readonly short[] _mean;
        private readonly byte[] _meanFraction;
        private readonly int[] _variance;
        private readonly int[] _count;
        private readonly int[] _pairDistance;
        private readonly int[] _cross;
        private readonly AsideWindows _aside;
        private int _centroids;
        private int _seen;
        private bool _isAsideRunning;

        /// <param name="axisCount">Axes in a vector, 1 to 3.</param>
        /// <param name="perAxis">Values an axis, 2 to 26.</param>
        public BaselineLearner(int axisCount, int perAxis)
        {
            int length = axisCount * perAxis;
            _axisCount = axisCount;
            _perAxis = perAxis;
            _length = length;
            _newCentroidFactorQ8 = 256 + (NewCentroidDeviationsQ8 << 4) / (int)IntegerMath.Sqrt(length << 8);
            _mean = new short[CentroidCapacity * length];
            _meanFraction = new byte[CentroidCapacity * length];
            _variance = new int[CentroidCapacity * length];
            _count = new int[CentroidCapacity];
            _pairDistance = new int[CentroidCapacity * CentroidCapacity];
            _cross = new int[length];
            _aside = new AsideWindows(length);
        }

        /// <summary>Windows taken in so far, fitted and kept aside.</summary>
        public int WindowCount { get { return _seen; } }

        /// <summary>Centroids in use.</summary>
        public int CentroidCount { get { return _centroids; } }

        /// <summary>The windows kept aside for the threshold.</summary>
        public AsideWindows Aside { get { return _aside; } }

        /// <summary>Bytes of both objects and all arrays, by the runtime's object sizes.</summary>
        public int SizeBytes
        {
            get { return (_mean.Length * 7) + (_count.Length * 4) + (_pairDistance.Length * 4) + (_cross.Length * 4) + (6 * 20) + (15 * 12) + _aside.SizeBytes; }
        }

        /// <summary>Takes in one steady window.</summary>
        /// <param name="vectorQ8">short[length], read only.</param>
        /// <param name="spreadQ16">Usual half mean-square change from window to window, octave^2 in Q16.</param>
        /// <returns>False: the nearest centroid is a machine that stands still. Once the machine has run, such windows are always fitted: they say nothing about the threshold.</returns>
        public bool Learn(short[] vectorQ8, int spreadQ16)
        {
            int block = _seen / BlockWindows;
            _seen++;
            int distance;
            int nearest = Nearest(vectorQ8, out distance);
            int limit = Limit(spreadQ16);
            bool isRunning = nearest < 0 || distance > limit || !MachineGate.IsStandstill(_mean, nearest * _length, _axisCount, _perAxis);

            // A state that was never fitted cannot be kept aside: its score would say nothing about the threshold.
            bool isAside = block % AsideEvery == AsideEvery - 1;
            if (isAside && (isRunning || !_isAsideRunning) && nearest >= 0 && (distance >> 4) <= limit)
            {
                if (isRunning && !_isAsideRunning)
                {
                    // Until the machine has run, what looks like standstill is kept aside: it may be all that there is. From then on it says nothing.
                    _isAsideRunning = true;
                    _aside.Forget();
                }

                _aside.Keep(vectorQ8, RoughScore(vectorQ8, nearest, spreadQ16));
            }
            else if (nearest >= 0 && (distance <= limit || (_centroids == CentroidCapacity && !MakeRoom(nearest, distance))))
            {
                Update(nearest, vectorQ8);
                RefreshPairs(nearest);
            }
            else
            {
                Open(vectorQ8);
            }

            return isRunning;
        }

        /// <summary>Index of the nearest centroid, or -1 while there is none.</summary>
        /// <param name="vectorQ8">The window.</param>
        /// <param name="distanceQ16">Mean square distance in octave^2, at most 2^30.</param>
        public int Nearest(short[] vectorQ8, out int distanceQ16)
        {
            int best = -1;
            distanceQ16 = 1 << 30;
            for (int i = 0; i < _centroids; i++)
            {
                int distance = VectorMath.MeanSquare(vectorQ8, 0, _mean, i * _length, _length);
                if (distance < distanceQ16)
                {
                    distanceQ16 = distance;
                    best = i;
                }
            }

            return best;
        }

        /// <summary>True where the mean of one value lies below a level in one of the centroids, or there is none yet.</summary>
        public bool KnowsBelow(int index, int levelQ8)
        {
            for (int i = 0; i < _centroids; i++)
            {
                if (_mean[(i * _length) + index] < levelQ8)
                {
                    return true;
                }
            }

            return _centroids == 0;
        }

        /// <summary>Windows fitted to a centroid.</summary>
        public int Count(int centroid)
        {
            return _count[centroid];
        }

        /// <summary>One mean in Q8.</summary>
        public short Mean(int centroid, int index)
        {
            return _mean[(centroid * _length) + index];
        }

        /// <summary>One population variance in octave^2, Q16.</summary>
        public int Variance(int centroid, int index)
        {
            return _variance[(centroid * _length) + index];
        }

        /// <summary>Sum over fitted windows of the product of neighbouring deviations, octave^2 in Q14.</summary>
        public int Cross(int index)
        {
            return _cross[index];
        }

        /// <summary>Gives centroids of few windows to their neighbours and drops those seen once, unless none would be left. Call once, at the end.</summary>
        /// <param name="spreadQ16">Usual half mean-square change from window to window.</param>
        /// <remarks>
        /// An odd window founds a centroid, a few others join it, and its scatter stays unknown: faults would find shelter there. A rare state of its
        /// own, further from all others than twice the distance at which a centroid is opened, is kept.
        /// </remarks>
        public void Tidy(int spreadQ16)
        {
            int reach = 2 * Limit(spreadQ16);
            for (int i = _centroids - 1; i >= 0; i--)
            {
                int nearest = NearestOther(i);
                if (_count[i] < FewWindows && nearest >= 0 && _pairDistance[(i * CentroidCapacity) + nearest] <= reach)
                {
                    Merge(nearest, i);
                    RefreshPairs(nearest);
                    RemoveAt(i);
                }
            }

            for (int i = _centroids - 1; i >= 0 && _centroids > 1; i--)
            {
                if (_count[i] < 2)
                {
                    RemoveAt(i);
                }
            }
        }

        private int NearestOther(int centroid)
        {
            int best = -1;
            for (int i = 0; i < _centroids; i++)
            {
                int at = (centroid * CentroidCapacity) + i;
                if (i != centroid && (best < 0 || _pairDistance[at] < _pairDistance[(centroid * CentroidCapacity) + best]))
                {
                    best = i;
                }
            }

            return best;
        }

        private int Limit(int spreadQ16)
        {
            return (int)(((long)spreadQ16 * _newCentroidFactorQ8) >> 8) + NewCentroidOffset;
        }

        /// <summary>Starts from a baseline in force, to add states to it. Its threshold windows are gone.</summary>
        internal void Seed(Baseline baseline)
        {
            _centroids = baseline.CentroidCount;
            _seen = baseline.WindowCount;
            for (int c = 0; c < _centroids; c++)
            {
                _count[c] = baseline.Counts[c];
                for (int i = 0; i < _length; i++)
                {
                    int at = (c * _length) + i;
                    int deviation = (1 << 26) / baseline.WeightsQ10[at];
                    _mean[at] = baseline.Means[at];
                    _variance[at] = (int)(((long)deviation * deviation) >> 16);
                }

                // Pairs with centroids that are still to come are made again with those.
                RefreshPairs(c);
            }

            // The correlation that the old windows showed weighs as much as their scatter.
            int before = 0;
            for (int i = 0; i < _length; i++)
            {
                long scatter = 0;
                for (int c = 0; c < _centroids; c++)
                {
                    scatter += (long)_variance[(c * _length) + i] * _count[c];
                }

                int root = (int)IntegerMath.Sqrt(scatter);
                int correlationQ10 = (baseline.NeighbourQ10[i] << 10) / baseline.OwnQ10[i];
                _cross[i] = (int)(((long)root * before * correlationQ10) >> 12);
                before = root;
            }
        }

        private void Open(short[] vectorQ8)
        {
            int at = _centroids * _length;
            for (int i = 0; i < _length; i++)
            {
                _mean[at + i] = vectorQ8[i];
                _meanFraction[at + i] = 0;
                _variance[at + i] = 0;
            }

            _count[_centroids] = 1;
            _centroids++;
            RefreshPairs(_centroids - 1);
        }

        // Welford's update with the deviations before and after; also the product of neighbouring deviations, clamped to two octaves.
        private void Update(int centroid, short[] vectorQ8)
        {
            int count = _count[centroid] + 1;
            _count[centroid] = count;
            short[] means = _mean;
            byte[] fractions = _meanFraction;
            int[] variances = _variance;
            int[] cross = _cross;
            int length = _length;
            int at = centroid * length;
            int half = count >> 1;
            int before = 0;
            for (int i = 0; i < length; i++)
            {
                int value = vectorQ8[i];
                int mean = (means[at] << 8) | fractions[at];
                int deviation = value - (mean >> 8);
                mean += ((value << 8) - mean) / count;
                means[at] = (short)(mean >> 8);
                fractions[at] = (byte)mean;
                int variance = variances[at];
                int change = (deviation * (value - (mean >> 8))) - variance;
                variances[at] = variance + (change >= 0 ? (change + half) / count : (change - half) / count);
                if (count > 5)
                {
                    int clamped = deviation > CrossClamp ? CrossClamp : deviation < -CrossClamp ? -CrossClamp : deviation;
                    cross[i] += (clamped * before) >> 2;
                    before = clamped;
                }

                at++;
            }
        }

        private void RefreshPairs(int centroid)
        {
            for (int i = 0; i < _centroids; i++)
            {
                if (i != centroid)
                {
                    int distance = VectorMath.MeanSquare(_mean, centroid * _length, _mean, i * _length, _length);
                    _pairDistance[(centroid * CentroidCapacity) + i] = distance;
                    _pairDistance[(i * CentroidCapacity) + centroid] = distance;
                }
            }
        }

        // Merges the closest two centroids if that adds less scatter than giving the newcomer to its nearest. False: it did not.
        private bool MakeRoom(int nearest, int distance)
        {
            long best = (long)distance * _count[nearest] / (_count[nearest] + 1);
            int first = -1;
            int second = -1;
            for (int i = 1; i < _centroids; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    long scatter = (long)_pairDistance[(i * CentroidCapacity) + j] * _count[i] / (_count[i] + _count[j]) * _count[j];
                    if (scatter < best)
                    {
                        best = scatter;
                        first = j;
                        second = i;
                    }
                }
            }

            if (first < 0)
            {
                return false;
            }

            Merge(first, second);
            RemoveAt(second);
            RefreshPairs(first < _centroids ? first : second);
            return true;
        }

        private void Merge(int into, int from)
        {
            int a = into * _length;
            int b = from * _length;
            int countA = _count[into];
            int countB = _count[from];
            int count = countA + countB;
            for (int i = 0; i < _length; i++)
            {
                int meanA = (_mean[a] << 8) | _meanFraction[a];
                int meanB = (_mean[b] << 8) | _meanFraction[b];
                int apart = (meanB - meanA) >> 8;
                int mean = meanA + (int)((long)(meanB - meanA) * countB / count);
                long between = (long)(apart * apart) * countA / count * countB / count;
                _variance[a] = (int)((((long)_variance[a] * countA) + ((long)_variance[b] * countB)) / count + between);
                _mean[a] = (short)(mean >> 8);
                _meanFraction[a] = (byte)mean;
                a++;
                b++;
            }

            _count[into] = count;
        }

        // The last centroid takes the free place.
        private void RemoveAt(int centroid)
        {
            int last = _centroids - 1;
            if (centroid != last)
            {
                Array.Copy(_mean, last * _length, _mean, centroid * _length, _length);
                Array.Copy(_meanFraction, last * _length, _meanFraction, centroid * _length, _length);
                Array.Copy(_variance, last * _length, _variance, centroid * _length, _length);
                _count[centroid] = _count[last];
                for (int i = 0; i < last; i++)
                {
                    int distance = _pairDistance[(last * CentroidCapacity) + i];
                    _pairDistance[(centroid * CentroidCapacity) + i] = distance;
                    _pairDistance[(i * CentroidCapacity) + centroid] = distance;
                }
            }

            _centroids = last;
        }

        // log2 of the mean square deviation from the centroid as it is now, each variance drawn towards the usual change from window to window.
        private int RoughScore(short[] vectorQ8, int centroid, int spreadQ16)
        {
            int at = centroid * _length;
            long count = _count[centroid];
            long sum = 0;
            for (int i = 0; i < _length; i++)
            {
                long deviation = vectorQ8[i] - _mean[at];
                long variance = ((_variance[at] * count) + (5L * spreadQ16)) / (count + 4);
                sum += (deviation * deviation << 16) / (variance + 164);
                at++;
            }

            int score = IntegerMath.Log2Q8(sum / _length) - (16 << 8);
            return score < RoughLeast ? RoughLeast : score > RoughMost ? RoughMost : score;
        }
    }
}
