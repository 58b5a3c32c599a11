using SensorNode.Contracts;
using SensorNode.Storage;

namespace SensorNode.Detection
{
    /// <summary>What the detector says about one window. Reused: overwritten by each decision.</summary>
    public sealed class DetectorResult : IRetained
    {
        /// <summary><see cref="DetectorPhase"/> in which the window was taken in.</summary>
        public int Phase;

        /// <summary>The machine runs, and steadily: the window was learned or judged.</summary>
        public bool IsRunning;

        /// <summary>Why not: <see cref="GateReason"/>.</summary>
        public int Gate;

        /// <summary>Nearest learned state, or -1 while there is none.</summary>
        public int State;

        /// <summary>Mean square deviation in squared standard deviations, Q16, 1 or more; 0 while there is no baseline. Also set where not running.</summary>
        public long MeanSquareQ16;

        /// <summary>log2 of it relative to the node's own threshold, Q8: 0 is the threshold, 256 twice as much.</summary>
        public int ScoreQ8;

        /// <summary>Mean of the last four judged scores, fewer after a start, relative to the threshold, Q8.</summary>
        public int MeanScoreQ8;

        /// <summary><see cref="AlarmLevel"/> after persistence.</summary>
        public int Alarm;

        /// <summary>True where <see cref="Alarm"/> or <see cref="Reason"/> differs from the window before.</summary>
        public bool IsChanged;

        /// <summary><see cref="AlarmReason"/>.</summary>
        public int Reason;

        /// <summary>Axis of the band that deviates most, 0 to 2. Set at changes, kept between them.</summary>
        public int ReasonAxis;

        /// <summary>That band, from 0.</summary>
        public int ReasonBand;

        /// <summary>Its deviation in sixteenths of a standard deviation; negative: less power than learned.</summary>
        public int ReasonSigmaQ4;

        /// <summary>Frequency that was strongest in that band then, 0 where it is the overall level. Set by whoever has the features.</summary>
        public int ReasonMilliHz;

        /// <summary>Alarm and reason only: the rest is of one window.</summary>
        public void Keep(SleepState into)
        {
            into.Put(Alarm | Reason << 4 | ReasonAxis << 8 | ReasonBand << 12);
            into.Put(ReasonSigmaQ4);
            into.Put(ReasonMilliHz);
        }

        /// <inheritdoc/>
        public void Recall(SleepState from)
        {
            int packed = from.Take();
            Alarm = packed & 15;
            Reason = packed >> 4 & 15;
            ReasonAxis = packed >> 8 & 15;
            ReasonBand = packed >> 12;
            ReasonSigmaQ4 = from.Take();
            ReasonMilliHz = from.Take();
        }
    }
}
