using SensorNode.Configuration;

namespace SensorNode.Sparkplug
{
    /// <summary>The current value of every metric, and which of them the broker does not know yet. Written by the analysis, read by the link; callers lock it.</summary>
    /// <remarks>
    /// Memory: 17 bytes a metric, 12 more a text or array, 1 a setting, allocated once. Setting a value allocates nothing but the first array of a metric.
    /// Times:  ms after a base, which moves on every six days; what is older than six days then counts as no older.
    /// Values: 32 bits, as they go on the wire. Settings have no value here, only the note that they have changed.
    /// </remarks>
    public sealed class MetricTable
    {
        private const int NullFlag = 1;
        private const int ChangedFlag = 2;
        private const int ArrayFlag = 4;
        private const int AgeMsMax = 1 << 30;

        private readonly int[] _values;
        private readonly int[] _sentValues;
        private readonly object[] _contents;
        private readonly byte[] _contentSlots;
        private readonly short[] _deadBands;
        private readonly sbyte[] _deadBandKeys;
        private readonly int[] _afterBaseMs;
        private readonly byte[] _flags;
        private readonly NodeConfiguration _configuration;
        private long _baseMs;

        /// <param name="catalog">What there is.</param>
        /// <param name="configuration">Dead bands; read anew at every change, so that they can be changed at run time.</param>
        public MetricTable(IMetricCatalog catalog, NodeConfiguration configuration)
        {
            Catalog = catalog;
            _configuration = configuration;
            int count = catalog.SettingFirst;
            _values = new int[count];
            _sentValues = new int[count];
            _contentSlots = new byte[count];
            _deadBands = new short[count];
            _deadBandKeys = new sbyte[count];
            _afterBaseMs = new int[count];
            _flags = new byte[count + ConfigurationKey.Count];
            MetricDescription description = new MetricDescription();
            int slots = 0;
            for (int metric = 0; metric < count; metric++)
            {
                Describe(metric, description, null);
                _deadBands[metric] = (short)description.DeadBand;
                _deadBandKeys[metric] = (sbyte)description.DeadBandKey;
                _flags[metric] = (byte)(description.IsWritable ? 0 : NullFlag);
                if (description.Datatype == SparkplugDatatype.String || description.Datatype == SparkplugDatatype.Int16Array)
                {
                    _contentSlots[metric] = (byte)slots;
                    slots++;
                }
            }

            // Texts and arrays only: an element of an object array takes 12 bytes.
            _contents = new object[slots];
        }

        /// <summary>What there is.</summary>
        public IMetricCatalog Catalog { get; }

        /// <summary>Metrics, settings included.</summary>
        public int Count
        {
            get { return _flags.Length; }
        }

        /// <summary>True once something was set that should not wait for the report interval.</summary>
        public bool IsUrgent { get; private set; }

        /// <summary>Fills the description of any metric.</summary>
        /// <param name="metric">0 to <see cref="Count"/> - 1.</param>
        /// <param name="into">Overwritten.</param>
        /// <param name="item">Overwritten where the metric is a setting.</param>
        public void Describe(int metric, MetricDescription into, ConfigurationItem item)
        {
            if (metric < NodeMetric.Count)
            {
                NodeMetric.Describe(metric, into);
            }
            else if (metric < _values.Length)
            {
                Catalog.Describe(metric, into);
            }
            else
            {
                ConfigurationSchema.Describe(metric - _values.Length, item);
                into.SetSetting(item);
            }
        }

        /// <summary>The node's whole number; 0 or 1 for booleans.</summary>
        public long Value(int metric)
        {
            return _values[metric];
        }

        /// <summary>Text of a string metric; empty where there is none now.</summary>
        public string Text(int metric)
        {
            string text = (string)_contents[_contentSlots[metric]];
            return text == null || IsNull(metric) ? "" : text;
        }

        /// <summary>Numbers of an array metric, or null.</summary>
        public short[] Array(int metric)
        {
            return (short[])_contents[_contentSlots[metric]];
        }

        /// <summary>Time since boot at which the value was measured.</summary>
        public long TickMs(int metric)
        {
            return _baseMs + _afterBaseMs[metric];
        }

        /// <summary>True where there is no valid value.</summary>
        public bool IsNull(int metric)
        {
            return (_flags[metric] & NullFlag) != 0;
        }

        /// <summary>True where the value moved out of its dead band since it was sent.</summary>
        public bool IsChanged(int metric)
        {
            return (_flags[metric] & ChangedFlag) != 0;
        }

        /// <summary>Sets a number or boolean.</summary>
        public void SetNumber(int metric, long value, long tickMs)
        {
            _values[metric] = (int)value;
            SetTime(metric, tickMs);
            if (IsNull(metric) || (_deadBands[metric] >= 0 && IsBeyondDeadBand(metric, value)))
            {
                _flags[metric] = (byte)((_flags[metric] & ~NullFlag) | ChangedFlag);
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

            long deadBand = (long)_configuration.Number(key) * _deadBands[metric];
            return difference > deadBand && difference * 100 > (sent < 0 ? -sent : sent) * _configuration.Number(ConfigurationKey.ReportDeadBandPercent);
        }

        private void SetTime(int metric, long tickMs)
        {
            if (tickMs - _baseMs >= AgeMsMax)
            {
                long movedMs = tickMs - (AgeMsMax / 2) - _baseMs;
                _baseMs += movedMs;
                for (int i = 0; i < _afterBaseMs.Length; i++)
                {
                    _afterBaseMs[i] = _afterBaseMs[i] > movedMs ? (int)(_afterBaseMs[i] - movedMs) : 0;
                }
            }

            _afterBaseMs[metric] = (int)(tickMs - _baseMs);
        }

        /// <summary>Sets a text. The same text again has its new time, and is no change.</summary>
        public void SetText(int metric, string value, long tickMs)
        {
            SetTime(metric, tickMs);
            if (IsNull(metric) || (string)_contents[_contentSlots[metric]] != value)
            {
                _contents[_contentSlots[metric]] = value;
                _flags[metric] = (byte)((_flags[metric] & ~NullFlag) | ChangedFlag);
            }
        }

        /// <summary>Sets an array of 16-bit numbers, copying it.</summary>
        public void SetArray(int metric, short[] values, int offset, int count, long tickMs)
        {
            short[] copy = (short[])_contents[_contentSlots[metric]];
            if (copy == null || copy.Length != count)
            {
                copy = new short[count];
                _contents[_contentSlots[metric]] = copy;
            }

            System.Array.Copy(values, offset, copy, 0, count);
            SetTime(metric, tickMs);
            _flags[metric] = (byte)((_flags[metric] & ~NullFlag) | ArrayFlag);
        }

        /// <summary>Says that there is no valid value now.</summary>
        public void SetNull(int metric, long tickMs)
        {
            if (!IsNull(metric))
            {
                SetTime(metric, tickMs);
                _flags[metric] = (byte)(_flags[metric] | NullFlag | ChangedFlag);
            }
        }

        /// <summary>Asks for a report at once if the metric has changed.</summary>
        public void MarkUrgent(int metric)
        {
            if (IsChanged(metric))
            {
                IsUrgent = true;
            }
        }

        /// <summary>Asks that a metric is part of the next report, changed or not.</summary>
        public void Request(int metric)
        {
            if (!IsNull(metric))
            {
                _flags[metric] = (byte)(_flags[metric] | ChangedFlag);
            }
        }

        /// <summary>Asks that the metrics which never cause a report are part of the next one.</summary>
        public void RequestQuiet()
        {
            for (int metric = 0; metric < _values.Length; metric++)
            {
                if (_deadBands[metric] < 0 && ((_flags[metric] & ArrayFlag) != 0 || _values[metric] != _sentValues[metric]))
                {
                    Request(metric);
                }
            }
        }

        /// <summary>The oldest time of a changed metric after a given one.</summary>
        /// <param name="afterTickMs">-1 for the oldest of all.</param>
        /// <returns>Time since boot, or -1 where there is none.</returns>
        public long NextChangeTickMs(long afterTickMs)
        {
            long next = -1;
            byte[] flags = _flags;
            for (int metric = 0; metric < _afterBaseMs.Length; metric++)
            {
                if ((flags[metric] & ChangedFlag) != 0 && TickMs(metric) > afterTickMs && (next < 0 || TickMs(metric) < next))
                {
                    next = TickMs(metric);
                }
            }

            return next;
        }

        /// <summary>Notes that a birth has told every value: from here on changes count against these.</summary>
        public void MarkAllSent()
        {
            System.Array.Copy(_values, 0, _sentValues, 0, _values.Length);
            MarkSent();
        }

        /// <summary>Notes that a data message has told every changed value.</summary>
        public void MarkSent()
        {
            for (int metric = 0; metric < _flags.Length; metric++)
            {
                if (IsChanged(metric))
                {
                    _flags[metric] = (byte)(_flags[metric] & ~ChangedFlag);
                    if (metric < _values.Length)
                    {
                        _sentValues[metric] = _values[metric];
                    }
                }
            }

            IsUrgent = false;
        }
    }
}
