using System;
using System.Threading;
using SensorNode.Contracts;
using SensorNode.Link;
using SensorNode.Sparkplug;

namespace SensorNode.Supervision
{
    /// <summary>What every application does at its start and at its end; it stands here because an application that came over the air stays in the heap.</summary>
    public static class NodeLife
    {
        private const int EndMs = 5000;

        /// <summary>Puts what does not change into the table.</summary>
        public static void FillProperties(MetricTable table, NodeServices services, string version)
        {
            long tickMs = services.Clock.TickMs;
            table.SetText(NodeMetric.FirmwareVersion, version, tickMs);
            table.SetText(NodeMetric.BoardName, services.BoardName, tickMs);
            table.SetText(NodeMetric.HardwareAddress, services.System.HardwareAddress, tickMs);
            table.SetText(NodeMetric.AccelerometerPart, services.Accelerometer.PartName, tickMs);
            if (services.Accelerometer.OutputRateMilliHz > 0)
            {
                table.SetNumber(NodeMetric.SampleRate, services.Accelerometer.OutputRateMilliHz, tickMs);
            }

            table.SetText(NodeMetric.RestartReason, RestartReasonText.Of(services.RestartReason), tickMs);
            table.SetNumber(NodeMetric.BootCount, services.BootCount, tickMs);
            table.SetText(NodeMetric.CommandAnswer, "", tickMs);
        }

        /// <summary>Starts a thread. An exception that leaves one would end it without a word, and nothing would be wrong but that it no longer works.</summary>
        public static void Start(ThreadStart body, ILog log, ICommandTarget requests)
        {
            new Thread(() =>
            {
                try
                {
                    body();
                }
                catch (Exception e)
                {
                    log.Write("fault: " + e.Message);
                    requests.Restart(RestartReason.Fault);
                }
            }).Start();
        }

        /// <summary>Ends the connection in good order and stores what waits in memory. The other threads were asked to end before.</summary>
        public static void End(NodeServices services, LinkLoop linkLoop, Recorder recorder)
        {
            linkLoop.IsStopping = true;
            long endMs = services.Clock.TickMs + EndMs;
            while (!linkLoop.HasEnded && services.Clock.TickMs < endMs)
            {
                services.Clock.Sleep(50);
            }

            recorder.Flush();
            if (services.Clock.IsUtcSet)
            {
                services.ClockFloor.Keep(services.Clock.UtcMs, true);
            }
        }
    }
}
