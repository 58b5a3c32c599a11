using SensorNode.Configuration;
using SensorNode.Contracts;
using SensorNode.Sparkplug;
using SensorNode.Storage;

namespace SensorNode.Supervision
{
    /// <summary>Temperature as a measurement of its own: value, rise in an hour, limit and rate alarms. A failed sensor is marked, its last value is not repeated.</summary>
    /// <remarks>Trend: least-squares slope over the last 16 readings, one a minute, or one a window of a node that sleeps. Begins anew after a gap. Memory: one int[16].</remarks>
    public sealed class TemperatureMonitor : IRetained
    {
        private const int HistoryLength = 16;
        private const int HysteresisCentiC = 100;

        private readonly int[] _historyCentiC = new int[HistoryLength];
        private readonly ITemperatureSensor _sensor;
        private readonly IAccelerometer _accelerometer;
        private readonly NodeConfiguration _configuration;
        private int _historyCount;
        private long _lastMs;
        private long _spanMs;
        private bool _isOverLimit;
        private bool _isOverRate;

        public TemperatureMonitor(ITemperatureSensor sensor, IAccelerometer accelerometer, NodeConfiguration configuration)
        {
            _sensor = sensor;
            _accelerometer = accelerometer;
            _configuration = configuration;
        }

        /// <summary>Takes one reading of both sensors and puts it into the table. The caller holds the table's lock only here.</summary>
        public void Measure(MetricTable table, long tickMs)
        {
            SensorStatus status = _sensor.Read(out int temperatureCentiC);
            SensorStatus dieStatus = _accelerometer.ReadDieTemperature(out int dieCentiC);
            if (status == SensorStatus.Ok)
            {
                Remember(temperatureCentiC, tickMs);
            }
            else
            {
                _historyCount = 0;
                _isOverLimit = false;
                _isOverRate = false;
            }

            lock (table)
            {
                if (status == SensorStatus.Ok)
                {
                    Put(table, temperatureCentiC, tickMs);
                }
                else
                {
                    table.SetNull(NodeMetric.Temperature, tickMs);
                    table.SetNull(NodeMetric.TemperatureTrend, tickMs);
                    table.SetNull(NodeMetric.TemperatureAlarm, tickMs);
                }

                table.SetText(NodeMetric.TemperatureStatus, StatusText(status), tickMs);
                if (dieStatus == SensorStatus.Ok)
                {
                    table.SetNumber(NodeMetric.DieTemperature, dieCentiC, tickMs);
                }
                else
                {
                    table.SetNull(NodeMetric.DieTemperature, tickMs);
                }
            }
        }

        /// <inheritdoc/>
        public void Keep(SleepState into)
        {
            for (int i = 0; i < HistoryLength; i++)
            {
                into.PutShort(_historyCentiC[i]);
            }

            into.PutShort(_historyCount | (_isOverLimit ? 64 : 0) | (_isOverRate ? 128 : 0));
            into.PutLong(_lastMs);
            into.PutLong(_spanMs);
        }

        /// <inheritdoc/>
        public void Recall(SleepState from)
        {
            for (int i = 0; i < HistoryLength; i++)
            {
                _historyCentiC[i] = from.TakeShort();
            }

            int flags = from.TakeShort();
            _historyCount = (flags & 63) > HistoryLength ? 0 : flags & 63;
            _isOverLimit = (flags & 64) != 0;
            _isOverRate = (flags & 128) != 0;
            _lastMs = from.TakeLong();
            _spanMs = from.TakeLong();
        }

        private void Put(MetricTable table, int temperatureCentiC, long tickMs)
        {
            table.SetNumber(NodeMetric.Temperature, temperatureCentiC, tickMs);
            int slope = 0;
            bool hasSlope = _historyCount == HistoryLength;
            if (hasSlope)
            {
                slope = SlopeCentiCPerHour();
                table.SetNumber(NodeMetric.TemperatureTrend, slope, tickMs);
            }
            else
            {
                table.SetNull(NodeMetric.TemperatureTrend, tickMs);
            }

            int limitCentiC = _configuration.Number(ConfigurationKey.TemperatureLimitCentiC);
            int rateLimit = _configuration.Number(ConfigurationKey.TemperatureRateLimitCentiCPerHour);
            _isOverLimit = temperatureCentiC > (_isOverLimit ? limitCentiC - HysteresisCentiC : limitCentiC);
            _isOverRate = hasSlope && slope > (_isOverRate ? rateLimit * 3 / 4 : rateLimit);
            table.SetText(NodeMetric.TemperatureAlarm, _isOverLimit ? "limit" : _isOverRate ? "rate" : "none", tickMs);
            table.MarkUrgent(NodeMetric.TemperatureAlarm);
        }

        private void Remember(int temperatureCentiC, long tickMs)
        {
            long pauseMs = tickMs - _lastMs;
            if (_historyCount < 2 || pauseMs * (_historyCount - 1) > 3 * _spanMs)
            {
                // The first pause of a history is known with its second reading.
                _historyCount = _historyCount == 1 ? 1 : 0;
                _spanMs = 0;
            }

            if (_historyCount == HistoryLength)
            {
                System.Array.Copy(_historyCentiC, 1, _historyCentiC, 0, HistoryLength - 1);
                _historyCount--;
                _spanMs -= _spanMs / _historyCount;
            }

            _spanMs += _historyCount == 0 ? 0 : pauseMs;
            _historyCentiC[_historyCount] = temperatureCentiC;
            _historyCount++;
            _lastMs = tickMs;
        }

        /// <summary>With x = 2i - 15 the sum of squares over 16 readings is 1360; one step of x is half of the mean pause, a thirtieth of the span.</summary>
        private int SlopeCentiCPerHour()
        {
            long sum = 0;
            for (int i = 0; i < HistoryLength; i++)
            {
                sum += (2 * i - (HistoryLength - 1)) * _historyCentiC[i];
            }

            return (int)(sum * 108000000 / (1360 * _spanMs));
        }

        private static string StatusText(SensorStatus status)
        {
            switch (status)
            {
                case SensorStatus.Ok: return "valid";
                case SensorStatus.NotSupported: return "none fitted";
                case SensorStatus.WrongChip: return "another chip answers";
                case SensorStatus.ImplausibleValue: return "implausible value";
                default: return "no answer";
            }
        }
    }
}
