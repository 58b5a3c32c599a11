using System;
using SensorNode.Configuration;

namespace SensorNode.Sparkplug
{
    /// <summary>The current value of every metric, and which of them the broker does not know yet. Written by the analysis, read by the link; callers lock it.</summary>
    /// <remarks>Memory: about 26 bytes a metric, allocated once. Setting a value allocates nothing.</remarks>
    public sealed class MetricTable
    {
        private readonly long[] _values = new long[Metric.Count];
        private readonly long[] _sentValues = new long[Metric.Count];
        private readonly string[] _texts = new string[Metric.Count];
        private readonly short[][] _arrays = new short[Metric.Count][];
        private readonly long[] _tickMs = new long[Metric.Count];
        private readonly int[] _deadBands = new int[Metric.Count];
        private readonly sbyte[] _deadBandKeys = new sbyte[Metric.Count];
        private readonly bool[] _isNull = new bool[Metric.Count];
        private readonly bool[] _isChanged = new bool[Metric.Count];
        private readonly NodeConfiguration _configuration;

        /// <param name="configuration">Dead bands; read anew at every change, so that they can be changed at run time.</param>
        public MetricTable(NodeConfiguration configuration)
        {
            _configuration = configuration;
            MetricDescription description = new MetricDescription();
            ConfigurationItem item = new ConfigurationItem();
            for (int metric = 0; metric < Metric.Count; metric++)
            {
                MetricCatalog.Describe(metric, description, item);
                _deadBands[metric] = description.DeadBand;
                _deadBandKeys[metric] = (sbyte)description.DeadBandKey;
                _isNull[metric] = !description.IsWritable;
                _texts[metric] = "";
            }
        }

        /// <summary>True once something was set that should not wait for the report interval.</summary>
        public bool IsUrgent { get; private set; }

        /// <summary>The node's whole number; 0 or 1 for booleans.</summary>
        public long Value(int metric)
        {
            return _values[metric];
        }

        /// <summary>Text of a string metric.</summary>
        public string Text(int metric)
        {
            return _texts[metric];
        }

        /// <summary>Numbers of an array metric, or null.</summary>
        public short[] Array(int metric)
        {
            return _arrays[metric];
        }

        /// <summary>Time since boot at which the value was measured.</summary>
        public long TickMs(int metric)
        {
            return _tickMs[metric];
        }

        /// <summary>True where there is no valid value.</summary>
        public bool IsNull(int metric)
        {
            return _isNull[metric];
        }

        /// <summary>True where the value moved out of its dead band since it was sent.</summary>
        public bool IsChanged(int metric)
        {
            return _isChanged[metric];
        }

        /// <summary>Sets a number or boolean.</summary>
        public void SetNumber(int metric, long value, long tickMs)
        {
            _values[metric] = value;
            _tickMs[metric] = tickMs;
            if (_isNull[metric] || (_deadBands[metric] >= 0 && IsBeyondDeadBand(metric, value)))
            {
                _isNull[metric] = false;
                _isChanged[metric] = true;
            }
        }

        private bool IsBeyondDeadBand(int metric, long value)
        {
            long sent = _sentValues[metric];
            long difference = value > sent ? value - sent : sent - value;
            int key = _deadBandKeys[metric];
            if (key < 0)
            {
                return difference > _deadBands[metric];
            }

            // A temperature's trend moves by a multiple of what the temperature does.
            long deadBand = _configuration.Number(key) << (metric == Metric.TemperatureTrend ? 2 : 0);
            return difference > deadBand && difference * 100 > (sent < 0 ? -sent : sent) * _configuration.Number(ConfigurationKey.ReportDeadBandPercent);
        }

        /// <summary>Sets a text.</summary>
        public void SetText(int metric, string value, long tickMs)
        {
            if (_isNull[metric] || _texts[metric] != value)
            {
                _texts[metric] = value;
                _tickMs[metric] = tickMs;
                _isNull[metric] = false;
                _isChanged[metric] = true;
            }
        }

        /// <summary>Sets an array of 16-bit numbers, copying it.</summary>
        public void SetArray(int metric, short[] values, int offset, int count, long tickMs)
        {
            if (_arrays[metric] == null || _arrays[metric].Length != count)
            {
                _arrays[metric] = new short[count];
            }

            System.Array.Copy(values, offset, _arrays[metric], 0, count);
            _tickMs[metric] = tickMs;
            _isNull[metric] = false;
        }

        /// <summary>Says that there is no valid value now.</summary>
        public void SetNull(int metric, long tickMs)
        {
            if (!_isNull[metric])
            {
                _isNull[metric] = true;
                _tickMs[metric] = tickMs;
                _isChanged[metric] = true;
            }
        }

        /// <summary>Asks for a report at once if the metric has changed.</summary>
        public void MarkUrgent(int metric)
        {
            if (_isChanged[metric])
            {
                IsUrgent = true;
            }
        }

        /// <summary>Asks that a metric is part of the next report, changed or not.</summary>
        public void Request(int metric)
        {
            if (!_isNull[metric])
            {
                _isChanged[metric] = true;
            }
        }

        /// <summary>Asks that the metrics which never cause a report are part of the next one.</summary>
        public void RequestQuiet()
        {
            for (int metric = 0; metric < Metric.Count; metric++)
            {
                if (_deadBands[metric] < 0 && !_isNull[metric] && (_arrays[metric] != null || _values[metric] != _sentValues[metric]))
                {
                    _isChanged[metric] = true;
                }
            }
        }

        /// <summary>The oldest time of a changed metric after a given one.</summary>
        /// <param name="afterTickMs">-1 for the oldest of all.</param>
        /// <returns>Time since boot, or -1 where there is none.</returns>
        public long NextChangeTickMs(long afterTickMs)
        {
            long next = -1;
            bool[] isChanged = _isChanged;
            for (int metric = 0; metric < isChanged.Length; metric++)
            {
                if (isChanged[metric] && _tickMs[metric] > afterTickMs && (next < 0 || _tickMs[metric] < next))
                {
                    next = _tickMs[metric];
                }
            }

            return next;
        }

        /// <summary>Notes that a birth has told every value: from here on changes count against these.</summary>
        public void MarkAllSent()
        {
            System.Array.Copy(_values, 0, _sentValues, 0, Metric.Count);
            System.Array.Clear(_isChanged, 0, Metric.Count);
            IsUrgent = false;
        }

        /// <summary>Notes that a data message has told every changed value.</summary>
        public void MarkSent()
        {
            for (int metric = 0; metric < Metric.Count; metric++)
            {
                if (_isChanged[metric])
                {
                    _sentValues[metric] = _values[metric];
                    _isChanged[metric] = false;
                }
            }

            IsUrgent = false;
        }
    }
}
