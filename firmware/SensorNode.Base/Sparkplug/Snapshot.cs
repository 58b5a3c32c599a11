using System;

namespace SensorNode.Sparkplug
{
    /// <summary>One window and its spectra, kept to be sent in parts. Filled by the analysis, emptied by the link; callers lock it.</summary>
    /// <remarks>Memory: nothing until one is wanted, then 9 bytes a sample of an axis until its last part is sent.</remarks>
    public sealed class Snapshot : IStoredValues
    {
        /// <summary>Values of one part: 512 bytes on the wire.</summary>
        public const int PartLength = 256;

        private short[] _samples;
        private short[] _spectra;
        private int _points;
        private int _bins;
        private int _nextInAxis;

        /// <summary>Set by a command; taken by the next good window.</summary>
        public bool IsWanted;

        /// <summary>Counts from 1.</summary>
        public int Number { get; private set; }

        /// <summary>Time since boot of the window.</summary>
        public long TickMs { get; private set; }

        /// <summary>One count in nano-g.</summary>
        public int NanoGPerCount { get; private set; }

        /// <summary>True while there are parts to send.</summary>
        public bool HasPart
        {
            get { return _samples != null; }
        }

        /// <summary>Axis of the present part.</summary>
        public int PartAxis { get; private set; }

        /// <summary>Metric of the present part: <see cref="NodeMetric.SnapshotWindow"/> or <see cref="NodeMetric.SnapshotSpectrum"/>.</summary>
        public int PartMetric
        {
            get { return _nextInAxis < _points ? NodeMetric.SnapshotWindow : NodeMetric.SnapshotSpectrum; }
        }

        /// <summary>Index of the part's first value in its axis.</summary>
        public int PartOffset
        {
            get { return _nextInAxis < _points ? _nextInAxis : _nextInAxis - _points; }
        }

        /// <summary>Where the part's values stand.</summary>
        public short[] PartValues
        {
            get { return _nextInAxis < _points ? _samples : _spectra; }
        }

        /// <summary>Index of the first of them there.</summary>
        public int PartFirst
        {
            get { return PartOffset + PartAxis * (_nextInAxis < _points ? _points : _bins); }
        }

        /// <summary>How many they are.</summary>
        public int PartCount
        {
            get
            {
                int rest = (_nextInAxis < _points ? _points : _points + _bins) - _nextInAxis;
                return rest < PartLength ? rest : PartLength;
            }
        }

        /// <summary>Takes a copy of a window. Only where <see cref="HasPart"/> is false: the one before is not sent yet otherwise.</summary>
        /// <param name="x">short[N], counts.</param>
        /// <param name="y">short[N], counts.</param>
        /// <param name="z">short[N], counts.</param>
        /// <param name="spectra">short[3 * (N / 2 + 1)], x, y, z one after the other; kept.</param>
        /// <param name="tickMs">Time since boot of the window.</param>
        /// <param name="nanoGPerCount">One count in nano-g.</param>
        public void Take(short[] x, short[] y, short[] z, short[] spectra, long tickMs, int nanoGPerCount)
        {
            IsWanted = false;
            _points = x.Length;
            _bins = (_points >> 1) + 1;
            short[] samples = new short[3 * _points];
            Array.Copy(x, 0, samples, 0, _points);
            Array.Copy(y, 0, samples, _points, _points);
            Array.Copy(z, 0, samples, 2 * _points, _points);
            _spectra = spectra;
            Number++;
            TickMs = tickMs;
            NanoGPerCount = nanoGPerCount;
            PartAxis = 0;
            _nextInAxis = 0;
            _samples = samples;
        }

        /// <inheritdoc/>
        public void WriteTo(MessageBuilder messages, long utcMs)
        {
            messages.AddStored(NodeMetric.SnapshotNumber, utcMs, Number, null);
            messages.AddStored(NodeMetric.SnapshotAxis, utcMs, PartAxis, null);
            messages.AddStored(NodeMetric.SnapshotOffset, utcMs, PartOffset, null);
            messages.AddStored(NodeMetric.SnapshotScale, utcMs, NanoGPerCount, null);
            messages.AddStoredArray(PartMetric, utcMs, PartValues, PartFirst, PartCount);
        }

        /// <summary>Goes on to the next part; after the last one the memory is given back.</summary>
        public void Advance()
        {
            _nextInAxis += PartCount;
            if (_nextInAxis < _points + _bins)
            {
                return;
            }

            _nextInAxis = 0;
            PartAxis++;
            if (PartAxis == 3)
            {
                _samples = null;
                _spectra = null;
            }
        }

        /// <summary>Begins with the first part again, for a new connection.</summary>
        public void Rewind()
        {
            _nextInAxis = 0;
            PartAxis = 0;
        }
    }
}
