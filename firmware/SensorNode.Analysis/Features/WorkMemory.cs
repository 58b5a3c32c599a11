using SensorNode.Contracts;

namespace SensorNode.Features
{
    /// <summary>Heap that two need, but never at once: the transform's work arrays, and a birth message with the copy that the MQTT client makes of it.</summary>
    /// <remarks>
    /// Lock:   this object's. The analysis holds it while it computes; the link takes it for a moment before it makes a birth, and for the spectra of a snapshot.
    /// Birth:  the work arrays go, and stay away for <see cref="LentMs"/>, by when the message has left the heap. Windows wait so long; one after the other, some are skipped.
    /// Saving: the smaller of the two, about 14 KB of the peak with 1024 points. Costs the making of the tables again, once a birth.
    /// </remarks>
    public sealed class WorkMemory : ILendable, ISpectrum
    {
        /// <summary>How long a birth has the memory.</summary>
        public const int LentMs = 3000;

        private readonly FeatureExtractor _extractor;
        private long _untilMs;

        public WorkMemory(FeatureExtractor extractor)
        {
            _extractor = extractor;
        }

        /// <summary>Frees the work arrays, after the window being analysed.</summary>
        public void Lend(long nowMs)
        {
            lock (this)
            {
                _extractor.ReleaseWork();
                _untilMs = nowMs + LentMs;
            }
        }

        /// <inheritdoc/>
        public bool TryReplace(short[] samples, long nowMs)
        {
            lock (this)
            {
                if (IsLent(nowMs))
                {
                    return false;
                }

                _extractor.ReplaceBySpectrum(samples);
                return true;
            }
        }

        /// <summary>True while the arrays are not to be made again. Ask with the lock held.</summary>
        public bool IsLent(long nowMs)
        {
            return nowMs < _untilMs;
        }
    }
}
