using System;
using SensorNode.Acquisition;
using SensorNode.Contracts;
using SensorNode.Sparkplug;

namespace SensorNode.Link
{
    /// <summary>One window and its spectra, kept to be sent in parts. Filled by the analysis, emptied by the link; callers lock it.</summary>
    /// <remarks>
    /// By command: sent from the window's own arrays; the sampler waits for them, five seconds for 1024 points. Where the connection ends first it has them back, and a
    ///             later window is taken instead.
    /// By alarm:   a copy, 6 bytes a sample of an axis, which waits for a connection if need be and goes on there with the axis it had come to. A node that begins to
    ///             learn drops it: learning needs the memory.
    /// Spectra:    each takes the place of its samples, once those have gone out.
    /// </remarks>
    public sealed class Snapshot : IStoredValues
    {
        /// <summary>Values of one part: 512 bytes on the wire.</summary>
        public const int PartLength = 256;

        private readonly short[][] _values = new short[3][];
        private ISpectrum _spectrum;
        private int _points;
        private int _next;
        private bool _isSpectrum;
        private bool _isOpen;
        private int _prepared;
        private CapturedWindow _window;
        private WindowExchange _exchange;

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
            get { return _spectrum != null; }
        }

        /// <summary>Axis of the present part.</summary>
        public int PartAxis { get; private set; }

        /// <summary>Metric of the present part: <see cref="NodeMetric.SnapshotWindow"/> or <see cref="NodeMetric.SnapshotSpectrum"/>.</summary>
        public int PartMetric
        {
            get { return _isSpectrum ? NodeMetric.SnapshotSpectrum : NodeMetric.SnapshotWindow; }
        }

        /// <summary>Index of the part's first value.</summary>
        public int PartOffset
        {
            get { return _next; }
        }

        /// <summary>Where the part's values stand.</summary>
        public short[] PartValues
        {
            get { return _values[PartAxis]; }
        }

        /// <summary>How many they are.</summary>
        public int PartCount
        {
            get
            {
                int rest = Length - _next;
                return rest < PartLength ? rest : PartLength;
            }
        }

        private int Length
        {
            get { return _isSpectrum ? (_points >> 1) + 1 : _points; }
        }

        /// <summary>Takes a good window where one is wanted and the one before has gone out. Locks this object itself.</summary>
        /// <param name="window">Its samples are lost where it is kept.</param>
        /// <param name="exchange">Where it is given back later.</param>
        /// <param name="isOfAlarm">It has just raised an alarm: wanted in any case, and copied.</param>
        /// <param name="spectrum">Makes the spectra when it is their turn.</param>
        /// <param name="nanoGPerCount">One count in nano-g.</param>
        /// <returns>True where it is kept.</returns>
        public bool Offer(CapturedWindow window, WindowExchange exchange, bool isOfAlarm, ISpectrum spectrum, int nanoGPerCount)
        {
            lock (this)
            {
                if (HasPart || !(isOfAlarm || (IsWanted && _isOpen)))
                {
                    return false;
                }

                IsWanted = false;
                _points = window.XCounts.Length;
                _values[0] = isOfAlarm ? Copy(window.XCounts) : window.XCounts;
                _values[1] = isOfAlarm ? Copy(window.YCounts) : window.YCounts;
                _values[2] = isOfAlarm ? Copy(window.ZCounts) : window.ZCounts;
                _window = isOfAlarm ? null : window;
                _exchange = exchange;
                _spectrum = spectrum;
                Number++;
                TickMs = window.TickMs;
                NanoGPerCount = nanoGPerCount;
                PartAxis = 0;
                _next = 0;
                _isSpectrum = false;
                return _window != null;
            }
        }

        /// <inheritdoc/>
        public void WriteTo(MessageBuilder messages, long utcMs)
        {
            messages.AddStored(NodeMetric.SnapshotNumber, utcMs, Number, null);
            messages.AddStored(NodeMetric.SnapshotAxis, utcMs, PartAxis, null);
            messages.AddStored(NodeMetric.SnapshotOffset, utcMs, PartOffset, null);
            messages.AddStored(NodeMetric.SnapshotScale, utcMs, NanoGPerCount, null);
            messages.AddStoredArray(PartMetric, utcMs, PartValues, PartOffset, PartCount);
        }

        /// <summary>Gets the present part ready to be written. Costs a transform where a spectrum begins.</summary>
        /// <returns>False where there is none, or its spectrum cannot be made now.</returns>
        public bool Prepare(long nowMs)
        {
            if (HasPart && _next == _points)
            {
                if (!_spectrum.TryReplace(_values[PartAxis], nowMs))
                {
                    return false;
                }

                _isSpectrum = true;
                _next = 0;
            }

            _prepared = Number;
            return HasPart;
        }

        /// <summary>Goes on to the next part, after the prepared one has gone out.</summary>
        public void Advance()
        {
            if (!HasPart || _prepared != Number)
            {
                // Dropped meanwhile.
                return;
            }

            _next += PartCount;
            if (_isSpectrum && _next == Length)
            {
                _values[PartAxis] = null;
                _next = 0;
                _isSpectrum = false;
                PartAxis++;
                if (PartAxis == _values.Length)
                {
                    Release();
                }
            }
        }

        /// <summary>A connection has begun: the samples or the spectrum of the present axis begin again.</summary>
        public void Open()
        {
            _isOpen = true;
            _next = 0;
        }

        /// <summary>The connection is gone.</summary>
        public void Close()
        {
            _isOpen = false;
            if (_window != null)
            {
                Release();
                IsWanted = true;
            }
        }

        /// <summary>Gives a copy's memory back. Locks this object itself.</summary>
        public void DropCopy()
        {
            lock (this)
            {
                if (_window == null)
                {
                    Release();
                }
            }
        }

        private void Release()
        {
            Array.Clear(_values, 0, _values.Length);
            _spectrum = null;
            if (_window != null)
            {
                _exchange.Return(_window);
                _window = null;
            }
        }

        private static short[] Copy(short[] counts)
        {
            short[] copy = new short[counts.Length];
            Array.Copy(counts, 0, copy, 0, counts.Length);
            return copy;
        }
    }
}
