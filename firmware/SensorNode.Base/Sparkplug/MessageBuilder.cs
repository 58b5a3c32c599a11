using SensorNode.Configuration;
using SensorNode.Contracts;

namespace SensorNode.Sparkplug
{
    /// <summary>Makes the payloads of birth, data and death messages from the metric table.</summary>
    /// <remarks>Memory: each message is one new byte[] of exactly its size, not kept here. Cost: two passes over the metrics, see <see cref="PayloadWriter"/>.</remarks>
    public sealed class MessageBuilder
    {
        private const int FieldTimestamp = 1;
        private const int FieldMetrics = 2;
        private const int FieldSequence = 3;
        private const int MetricName = 1;
        private const int MetricAlias = 2;
        private const int MetricTimestamp = 3;
        private const int MetricDatatype = 4;
        private const int MetricIsHistorical = 5;
        private const int MetricIsNull = 7;
        private const int MetricProperties = 9;
        private const int PropertyKeys = 1;
        private const int PropertyValues = 2;
        private const int ValueInteger = 10;
        private const int ValueLong = 11;
        private const int ValueFloat = 12;
        private const int ValueBoolean = 14;
        private const int ValueText = 15;
        private const int ValueBytes = 16;
        private const int RebirthMetric = 1;

        private readonly PayloadWriter _writer = new PayloadWriter();
        private readonly MetricDescription _description = new MetricDescription();
        private readonly ConfigurationItem _item = new ConfigurationItem();
        private readonly MetricTable _table;
        private readonly NodeConfiguration _configuration;
        private readonly int _settingFirst;
        private readonly IMetricTexts _texts;
        private long _lastMetricUtcMs;

        /// <param name="table">What to tell.</param>
        /// <param name="configuration">Of which the births tell every setting.</param>
        /// <param name="texts">For births with a sentence on each metric, which doubles their length; null for short ones.</param>
        public MessageBuilder(MetricTable table, NodeConfiguration configuration, IMetricTexts texts)
        {
            _table = table;
            _configuration = configuration;
            _settingFirst = table.Catalog.SettingFirst;

            // An application with other metrics has a catalog of its own, and the sentences are not on those.
            _texts = _settingFirst == Metric.ConfigurationFirst ? texts : null;
        }

        /// <summary>NBIRTH: every metric with name, alias, data type, value and properties; seq 0.</summary>
        /// <param name="bdSeq">1 to 127.</param>
        /// <param name="nowUtcMs">Time of the message, UTC ms.</param>
        public byte[] Birth(int bdSeq, long nowUtcMs)
        {
            _writer.BeginCount();
            WriteBirth(bdSeq, nowUtcMs);
            byte[] payload = new byte[_writer.Length];
            _writer.BeginWrite(payload);
            WriteBirth(bdSeq, nowUtcMs);
            _lastMetricUtcMs = nowUtcMs;
            _writer.End();
            return payload;
        }

        /// <summary>NDATA: the changed metrics by alias, each with the time it was measured.</summary>
        /// <param name="sequence">0 to 255.</param>
        /// <param name="nowUtcMs">Time of the message, UTC ms.</param>
        /// <param name="nowTickMs">The same moment in ms since boot.</param>
        public byte[] Data(int sequence, long nowUtcMs, long nowTickMs)
        {
            _writer.BeginCount();
            WriteData(sequence, nowUtcMs, nowTickMs);
            byte[] payload = new byte[_writer.Length];
            _writer.BeginWrite(payload);
            _lastMetricUtcMs = WriteData(sequence, nowUtcMs, nowTickMs);
            _writer.End();
            return payload;
        }

        /// <summary>NDATA with values of one past moment, historical.</summary>
        /// <param name="sequence">0 to 255.</param>
        /// <param name="nowUtcMs">Time of the message, UTC ms.</param>
        /// <param name="values">Asked twice.</param>
        /// <param name="utcMs">Time of the values.</param>
        public byte[] Stored(int sequence, long nowUtcMs, IStoredValues values, long utcMs)
        {
            _writer.BeginCount();
            WriteStored(sequence, nowUtcMs, values, utcMs);
            byte[] payload = new byte[_writer.Length];
            _writer.BeginWrite(payload);
            WriteStored(sequence, nowUtcMs, values, utcMs);
            _writer.End();
            return payload;
        }

        /// <summary>One number or text, for <see cref="IStoredValues"/>.</summary>
        public void AddStored(int metric, long utcMs, long value, string text)
        {
            _table.Describe(metric, _description, _item);
            BeginStored(metric, utcMs);
            WriteNumberOrText(value, text);
            _writer.EndNested();
        }

        /// <summary>One packed array, for <see cref="IStoredValues"/>.</summary>
        public void AddStoredArray(int metric, long utcMs, short[] values, int first, int count)
        {
            BeginStored(metric, utcMs);
            WriteArray(values, first, count);
            _writer.EndNested();
        }

        /// <summary>NDEATH: bdSeq and nothing else. Every byte is 1 to 127, because the will is carried as text.</summary>
        public byte[] Death(int bdSeq)
        {
            _writer.BeginCount();
            WriteBirthDeathSequence(bdSeq, 0);
            byte[] payload = new byte[_writer.Length];
            _writer.BeginWrite(payload);
            WriteBirthDeathSequence(bdSeq, 0);
            _writer.End();
            return payload;
        }

        /// <summary>A birth tells what holds now, so all of it carries the time of the message.</summary>
        private void WriteBirth(int bdSeq, long nowUtcMs)
        {
            _writer.WriteVarintField(FieldTimestamp, nowUtcMs);
            WriteBirthDeathSequence(bdSeq, nowUtcMs);
            for (int metric = RebirthMetric; metric < _table.Count; metric++)
            {
                _table.Describe(metric, _description, _item);
                _writer.BeginNested(FieldMetrics);
                _writer.WriteTextField(MetricName, _description.Name);
                if (metric != RebirthMetric)
                {
                    // A host must be able to ask for a rebirth by name before it knows any alias.
                    _writer.WriteVarintField(MetricAlias, metric);
                }

                _writer.WriteVarintField(MetricTimestamp, nowUtcMs);
                _writer.WriteVarintField(MetricDatatype, _description.Datatype);
                WriteNullFlag(metric);
                WriteProperties(metric);
                WriteValue(metric);
                _writer.EndNested();
            }

            _writer.WriteVarintField(FieldSequence, 0);
        }

        /// <summary>Oldest measurement first, as the specification asks; the few distinct times make the passes cheap.</summary>
        private long WriteData(int sequence, long nowUtcMs, long nowTickMs)
        {
            _writer.WriteVarintField(FieldTimestamp, nowUtcMs);
            long lastUtcMs = _lastMetricUtcMs;
            long tickMs = _table.NextChangeTickMs(-1);
            while (tickMs >= 0)
            {
                // Measurements keep their age in ms since boot, so that setting the clock cannot tear them apart. None goes back behind one sent before.
                long utcMs = nowUtcMs - (nowTickMs - tickMs);
                lastUtcMs = utcMs > lastUtcMs ? utcMs : lastUtcMs;
                WriteChangesOf(tickMs, lastUtcMs);
                tickMs = _table.NextChangeTickMs(tickMs);
            }

            _writer.WriteVarintField(FieldSequence, sequence);
            return lastUtcMs;
        }

        private void WriteChangesOf(long tickMs, long utcMs)
        {
            for (int metric = 0; metric < _table.Count; metric++)
            {
                if (_table.IsChanged(metric) && _table.TickMs(metric) == tickMs)
                {
                    _table.Describe(metric, _description, _item);
                    _writer.BeginNested(FieldMetrics);
                    _writer.WriteVarintField(MetricAlias, metric);
                    _writer.WriteVarintField(MetricTimestamp, utcMs);
                    WriteNullFlag(metric);
                    WriteValue(metric);
                    _writer.EndNested();
                }
            }
        }

        private void WriteBirthDeathSequence(int bdSeq, long utcMs)
        {
            _writer.BeginNested(FieldMetrics);
            _writer.WriteTextField(MetricName, "bdSeq");
            if (utcMs != 0)
            {
                _writer.WriteVarintField(MetricTimestamp, utcMs);
            }

            _writer.WriteVarintField(MetricDatatype, SparkplugDatatype.Int64);
            _writer.WriteVarintField(ValueLong, bdSeq);
            _writer.EndNested();
        }

        private void WriteStored(int sequence, long nowUtcMs, IStoredValues values, long utcMs)
        {
            _writer.WriteVarintField(FieldTimestamp, nowUtcMs);
            values.WriteTo(this, utcMs);
            _writer.WriteVarintField(FieldSequence, sequence);
        }

        private void BeginStored(int metric, long utcMs)
        {
            _writer.BeginNested(FieldMetrics);
            _writer.WriteVarintField(MetricAlias, metric);
            _writer.WriteVarintField(MetricTimestamp, utcMs);
            _writer.WriteVarintField(MetricIsHistorical, 1);
        }

        private void WriteNullFlag(int metric)
        {
            if (_table.IsNull(metric))
            {
                _writer.WriteVarintField(MetricIsNull, 1);
            }
        }

        private void WriteProperties(int metric)
        {
            string sentence = _texts == null ? null : metric >= _settingFirst ? _texts.OfSetting(metric - _settingFirst) : _texts.OfMetric(metric);
            bool hasRange = _description.Low != 0 || _description.High != 0;
            if (_description.Unit.Length == 0 && !hasRange && _description.Choices == null && sentence == null)
            {
                return;
            }

            _writer.BeginNested(MetricProperties);

            // All keys come before all values.
            for (int part = PropertyKeys; part <= PropertyValues; part++)
            {
                WriteTextProperty(part, "engUnit", _description.Unit);
                if (hasRange)
                {
                    WriteNumberProperty(part, "engLow", _description.Low);
                    WriteNumberProperty(part, "engHigh", _description.High);
                }

                WriteTextProperty(part, "choices", _description.Choices);
                WriteTextProperty(part, "description", sentence);
            }

            _writer.EndNested();
        }

        private void WriteTextProperty(int part, string key, string value)
        {
            if (value == null || value.Length == 0)
            {
                return;
            }

            if (part == PropertyKeys)
            {
                _writer.WriteTextField(PropertyKeys, key);
                return;
            }

            _writer.BeginNested(PropertyValues);
            _writer.WriteVarintField(1, SparkplugDatatype.String);
            _writer.WriteTextField(8, value);
            _writer.EndNested();
        }

        private void WriteNumberProperty(int part, string key, int value)
        {
            if (part == PropertyKeys)
            {
                _writer.WriteTextField(PropertyKeys, key);
                return;
            }

            _writer.BeginNested(PropertyValues);
            _writer.WriteVarintField(1, SparkplugDatatype.Int32);
            _writer.WriteVarintField(3, (uint)value);
            _writer.EndNested();
        }

        private void WriteValue(int metric)
        {
            if (metric >= _settingFirst)
            {
                WriteSetting(metric - _settingFirst);
                return;
            }

            if (_table.IsNull(metric))
            {
                return;
            }

            if (_description.Datatype == SparkplugDatatype.Int16Array)
            {
                WriteArray(_table.Array(metric), 0, _table.Array(metric).Length);
                return;
            }

            WriteNumberOrText(_table.Value(metric), _table.Text(metric));
        }

        private void WriteNumberOrText(long value, string text)
        {
            switch (_description.Datatype)
            {
                case SparkplugDatatype.Float: _writer.WriteFloatField(ValueFloat, (float)value / _description.Divisor); break;
                case SparkplugDatatype.Boolean: _writer.WriteVarintField(ValueBoolean, value); break;
                case SparkplugDatatype.String: _writer.WriteTextField(ValueText, text); break;
                default: _writer.WriteVarintField(ValueInteger, (uint)value); break;
            }
        }

        private void WriteSetting(int key)
        {
            if (_item.Kind == ConfigurationKind.Number)
            {
                _writer.WriteVarintField(ValueInteger, (uint)_configuration.Number(key));
            }
            else
            {
                _writer.WriteTextField(ValueText, _item.IsSecret ? "" : _configuration.Show(key));
            }
        }

        private void WriteArray(short[] values, int first, int count)
        {
            byte[] bytes = new byte[2 * count];
            for (int i = 0; i < count; i++)
            {
                bytes[2 * i] = (byte)values[first + i];
                bytes[2 * i + 1] = (byte)(values[first + i] >> 8);
            }

            _writer.WriteBytesField(ValueBytes, bytes, bytes.Length);
        }
    }
}
