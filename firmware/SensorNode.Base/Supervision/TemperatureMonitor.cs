using SensorNode.Configuration;
using SensorNode.Contracts;
using SensorNode.Sparkplug;

namespace SensorNode.Supervision
{
    /// <summary>Temperature as a measurement of its own: value, rise in an hour, limit and rate alarms. A failed sensor is marked, its last value is not repeated.</summary>
    /// <remarks>Trend: least-squares slope over the last 16 readings, one a minute. Memory: one int[16].</remarks>
    public sealed class TemperatureMonitor
    {
        /// <summary>Time between two readings.</summary>
        public const int IntervalMs = 60000;

        private const int HistoryLength = 16;
        private const int HysteresisCentiC = 100;

        private readonly int[] _historyCentiC = new int[HistoryLength];
        private readonly ITemperatureSensor _sensor;
        private readonly IAccelerometer _accelerometer;
        private readonly NodeConfiguration _configuration;
        private int _historyCount;
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
                Remember(temperatureCentiC);
            }
            else
            {
                _historyCount = 0;
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

            int limitCentiC = _configuration.Number(ConfigurationKey.TemperatureLimitCentiC);
            int rateLimit = _configuration.Number(ConfigurationKey.TemperatureRateLimitCentiCPerHour);
            _isOverLimit = temperatureCentiC > (_isOverLimit ? limitCentiC - HysteresisCentiC : limitCentiC);
            _isOverRate = hasSlope && slope > (_isOverRate ? rateLimit * 3 / 4 : rateLimit);
            table.SetText(NodeMetric.TemperatureAlarm, _isOverLimit ? "limit" : _isOverRate ? "rate" : "none", tickMs);
            table.MarkUrgent(NodeMetric.TemperatureAlarm);
        }

        private void Remember(int temperatureCentiC)
        {
            if (_historyCount == HistoryLength)
            {
                System.Array.Copy(_historyCentiC, 1, _historyCentiC, 0, HistoryLength - 1);
                _historyCount--;
            }

            _historyCentiC[_historyCount] = temperatureCentiC;
            _historyCount++;
        }

        /// <summary>With x = 2i - 15 the sum of squares over 16 readings is 1360, and one step of x is half a minute.</summary>
        private int SlopeCentiCPerHour()
        {
            long sum = 0;
            for (int i = 0; i < HistoryLength; i++)
            {
                sum += (2 * i - (HistoryLength - 1)) * _historyCentiC[i];
            }

            return (int)(sum * 120 / 1360);
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
