namespace SensorNode.Sparkplug
{
    /// <summary>What is done to all metrics of a window at once. The caller holds the table's lock.</summary>
    public static class WindowMetrics
    {
        /// <summary>The last window does not count: nothing that only a window can say is known.</summary>
        public static void SetNull(MetricTable table, long tickMs)
        {
            for (int metric = Metric.AxisFirst; metric < Metric.ConfigurationFirst; metric++)
            {
                table.SetNull(metric, tickMs);
            }

            table.SetNull(Metric.Zone, tickMs);
        }

        /// <summary>Asks that all of it is in the next report: whoever is woken by an alarm wants to see by what.</summary>
        public static void Request(MetricTable table)
        {
            for (int metric = Metric.AxisFirst; metric < Metric.ConfigurationFirst; metric++)
            {
                table.Request(metric);
            }

            table.Request(Metric.Score);
        }

        /// <summary>Puts the envelope line of one axis; null where there is none.</summary>
        public static void PutEnvelope(MetricTable table, int axis, int milliHz, int depthPermille, long tickMs)
        {
            int frequency = Metric.OfAxis(axis, Metric.AxisEnvelopeFrequency);
            int depth = Metric.OfAxis(axis, Metric.AxisEnvelopeDepth);
            if (milliHz == 0)
            {
                table.SetNull(frequency, tickMs);
                table.SetNull(depth, tickMs);
                return;
            }

            table.SetNumber(frequency, milliHz, tickMs);
            table.SetNumber(depth, depthPermille, tickMs);
        }

        /// <summary>Learning begins: what was said of the baseline before holds no longer.</summary>
        public static void EndAlarm(MetricTable table, long tickMs)
        {
            table.SetNull(Metric.Score, tickMs);
            table.SetText(Metric.Alarm, "none", tickMs);
            table.SetText(Metric.AlarmReason, "none", tickMs);
            table.MarkUrgent(Metric.Alarm);
            table.MarkUrgent(Metric.AlarmReason);
        }
    }
}
