using SensorNode.Acquisition;
using SensorNode.Contracts;
using SensorNode.Sparkplug;

namespace SensorNode.Supervision
{
    /// <summary>What an engineer asks of a fresh node: identify yourself, test the sensor, judge the mounting. Explained in firmware/docs/commissioning.md.</summary>
    /// <remarks>Commands set what is wanted on the link thread, which then listens for the access point; the sampler runs the self-test, the analysis judges the next whole window. Memory: one text.</remarks>
    public sealed class Commissioning
    {
        /// <summary>How long a node blinks.</summary>
        public const int IdentifyMs = 30000;

        private const int TiltDegreesMax = 15;
        private const int GravityMilliGMin = 900;
        private const int GravityMilliGMax = 1100;

        // Below it packets are lost and sent again.
        private const int SignalDbmMin = -75;

        // 12 dB: four doublings of power.
        private const int ResonanceQ8 = 4 * 256;

        /// <summary>Time since boot until which the node shows itself.</summary>
        public long IdentifyUntilMs;

        /// <summary>True from the command to the verdict.</summary>
        public bool IsCheckWanted;

        private string _selfTest;
        private bool _hasSignal;
        private int _signalDbm;

        /// <summary>True where the next whole window is to be judged.</summary>
        public bool IsReady
        {
            get { return IsCheckWanted && _selfTest != null && _hasSignal; }
        }

        /// <summary>True where the sampler has something to do for it before the next window would be due.</summary>
        public bool IsSamplerWanted
        {
            get { return IsCheckWanted && (_selfTest == null || _hasSignal); }
        }

        /// <summary>True where <see cref="PutSignal"/> is waited for.</summary>
        public bool IsSignalWanted
        {
            get { return IsCheckWanted && !_hasSignal; }
        }

        /// <summary>Takes the signal strength. The link's thread.</summary>
        /// <param name="dbm">0 where it is not known.</param>
        public void PutSignal(int dbm)
        {
            _signalDbm = dbm;
            _hasSignal = true;
        }

        /// <summary>Runs the chip's self-test, once for each command. The sampler's thread.</summary>
        /// <returns>True where the chip has to be configured anew.</returns>
        public bool TrySelfTest(IAccelerometer accelerometer)
        {
            if (!IsCheckWanted || _selfTest != null)
            {
                return false;
            }

            ISelfTest part = accelerometer as ISelfTest;
            if (part == null)
            {
                _selfTest = "not supported";
                return false;
            }

            int[] moved = new int[3];
            SensorStatus status = part.SelfTest(moved);
            _selfTest = status == SensorStatus.Ok ? "passed"
                : status == SensorStatus.ImplausibleValue ? "failed, moved " + moved[0].ToString() + " " + moved[1].ToString() + " " + moved[2].ToString() + " mg"
                : "failed, no answer";
            return true;
        }

        /// <summary>Puts the verdict into the table. The analysis's thread, before the samples are used up.</summary>
        /// <param name="window">Whole; clipped or not.</param>
        /// <param name="sensor">Scale and rate.</param>
        /// <param name="levelsQ8">Log levels of equal bands from 0 to half the rate, axis after axis.</param>
        /// <param name="perAxis">Levels of an axis; the last one is no band.</param>
        /// <param name="table">Gets the text.</param>
        public void Judge(CapturedWindow window, IAccelerometer sensor, short[] levelsQ8, int perAxis, MetricTable table)
        {
            int points = window.XCounts.Length;
            int clipped = 0;
            int[] milliG = new int[3];
            for (int axis = 0; axis < 3; axis++)
            {
                short[] counts = axis == 0 ? window.XCounts : axis == 1 ? window.YCounts : window.ZCounts;
                long sum = 0;
                for (int i = 0; i < points; i++)
                {
                    int value = counts[i];
                    sum += value;
                    clipped += value >= sensor.ClipCounts || value <= -sensor.ClipCounts ? 1 : 0;
                }

                milliG[axis] = (int)(sum * sensor.NanoGPerCount / points / 1000000);
            }

            string text = Text(milliG, (int)(clipped * 1000L / (3 * points)), clipped > 0, Resonance(levelsQ8, perAxis, sensor.OutputRateMilliHz), _selfTest, _signalDbm);
            _selfTest = null;
            _hasSignal = false;
            IsCheckWanted = false;
            lock (table)
            {
                table.SetText(NodeMetric.Check, text, window.TickMs);
                table.Request(NodeMetric.Check);
                table.MarkUrgent(NodeMetric.Check);
            }
        }

        /// <summary>The verdict in words.</summary>
        /// <param name="milliG">int[3]: mean of x, y and z.</param>
        /// <param name="clippedPermille">Share of values at the end of the range.</param>
        /// <param name="isClipped">True where there is at least one.</param>
        /// <param name="resonance">Where a band stands out, or null.</param>
        /// <param name="selfTest">passed, failed .., not supported.</param>
        /// <param name="signalDbm">Of the access point; 0 where it is not known.</param>
        public static string Text(int[] milliG, int clippedPermille, bool isClipped, string resonance, string selfTest, int signalDbm)
        {
            int up = 0;
            long squares = 0;
            for (int axis = 0; axis < 3; axis++)
            {
                squares += (long)milliG[axis] * milliG[axis];
                up = Size(milliG[axis]) > Size(milliG[up]) ? axis : up;
            }

            int gravity = Root(squares);
            int centiG = (gravity + 5) / 10;
            int side = Root(squares - (long)milliG[up] * milliG[up]);
            int tilt = Degrees(side, Size(milliG[up]));
            bool isBad = gravity < GravityMilliGMin || gravity > GravityMilliGMax || selfTest.StartsWith("failed");
            bool isLook = tilt > TiltDegreesMax || isClipped || resonance != null || signalDbm < SignalDbmMin;
            return (isBad ? "bad" : isLook ? "look" : "good") + ": self-test " + selfTest
                + "; " + (up == 0 ? "x" : up == 1 ? "y" : "z") + (milliG[up] < 0 ? " down" : " up") + ", tilt " + tilt.ToString() + " deg, "
                + (centiG / 100).ToString() + "." + (centiG % 100).ToString("D2") + " g; clipping "
                + (clippedPermille / 10).ToString() + "." + (clippedPermille % 10).ToString() + " %; " + (resonance ?? "no resonance seen")
                + "; signal " + (signalDbm == 0 ? "not known" : signalDbm.ToString() + " dBm");
        }

        /// <summary>Where the strongest band of an axis lies in the upper half and stands out; null where none does.</summary>
        /// <param name="levelsQ8">As for Judge.</param>
        /// <param name="perAxis">As for Judge.</param>
        /// <param name="rateMilliHz">Output data rate.</param>
        public static string Resonance(short[] levelsQ8, int perAxis, int rateMilliHz)
        {
            int bands = perAxis - 1;
            for (int axis = 0; axis < 3; axis++)
            {
                int first = axis * perAxis;
                int strongest = 0;
                int sum = 0;
                for (int band = 0; band < bands; band++)
                {
                    sum += levelsQ8[first + band];
                    strongest = levelsQ8[first + band] > levelsQ8[first + strongest] ? band : strongest;
                }

                if (strongest * 2 >= bands && levelsQ8[first + strongest] - sum / bands >= ResonanceQ8)
                {
                    return (axis == 0 ? "x" : axis == 1 ? "y" : "z") + " stands out near " + (rateMilliHz / 1000 * (2 * strongest + 1) / (4 * bands)).ToString() + " Hz: resonance?";
                }
            }

            return null;
        }

        private static int Size(int value)
        {
            return value < 0 ? -value : value;
        }

        /// <summary>Integer square root.</summary>
        private static int Root(long square)
        {
            int root = 0;
            for (int bit = 1 << 17; bit > 0; bit >>= 1)
            {
                int next = root | bit;
                root = (long)next * next <= square ? next : root;
            }

            return root;
        }

        /// <summary>Arc tangent of a ratio, to a quarter of a degree, rounded: 45 r + 15.64 r (1 - r) for r up to 1.</summary>
        private static int Degrees(int side, int up)
        {
            if (up == 0)
            {
                return 90;
            }

            bool isSteep = side > up;
            int r = isSteep ? up * 1000 / side : side * 1000 / up;
            int centi = (4500 * r + 1564 * (r * (1000 - r) / 1000)) / 1000;
            return ((isSteep ? 9000 - centi : centi) + 50) / 100;
        }
    }
}
