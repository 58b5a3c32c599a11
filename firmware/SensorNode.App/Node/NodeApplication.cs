using System;
using System.Threading;
using SensorNode.Acquisition;
using SensorNode.Configuration;
using SensorNode.Contracts;
using SensorNode.Link;
using SensorNode.Sparkplug;
using SensorNode.Supervision;

namespace SensorNode.Node
{
    /// <summary>The application: one sampler, one analysis, one link, one supervisor, each on a thread of its own.</summary>
    public sealed class NodeApplication : INodeApplication
    {
        private const int EndMs = 5000;

        /// <inheritdoc/>
        public string Version
        {
            get { return "0.1.0"; }
        }

        /// <inheritdoc/>
        public RestartReason Run(NodeServices services)
        {
            NodeConfiguration configuration = services.Configuration;
            if (!SensorStart.Configure(services))
            {
                services.Settings.Withdraw();
                return RestartReason.ConfigurationWithdrawn;
            }

            MetricTable table = new MetricTable(new MetricCatalog(), configuration);
            FillProperties(table, services);
            NodeRequests requests = new NodeRequests();
            int points = configuration.Number(ConfigurationKey.WindowPoints);

            // With a pause between windows the sampler has time to wait for the analysis, and one window is enough.
            WindowExchange exchange = new WindowExchange(configuration.Number(ConfigurationKey.WindowIntervalMs) > 0 ? null : new CapturedWindow(points));
            Sampler sampler = new Sampler(services.Accelerometer, services.Clock, exchange, new CapturedWindow(points), configuration);
            Snapshot snapshot = new Snapshot();
            Analysis analysis = new Analysis(services, exchange, table, requests, snapshot);
            Recorder recorder = new Recorder(services, table, new NodeRecord(table));
            EdgeNode edgeNode = new EdgeNode(services, table, new CommandHandler(services, table, requests, snapshot), recorder, snapshot, analysis.Work, services.NodeName);
            LinkLoop linkLoop = new LinkLoop(services, edgeNode, table);
            TemperatureMonitor temperature = new TemperatureMonitor(services.TemperatureSensor, services.Accelerometer, configuration);
            Supervisor supervisor = new Supervisor(services, table, requests, sampler, analysis, linkLoop, edgeNode, recorder, temperature);

            Start(sampler.Run, services.Log, requests);
            Start(analysis.Run, services.Log, requests);
            Start(linkLoop.Run, services.Log, requests);
            RestartReason reason = supervisor.Run();

            sampler.IsStopping = true;
            analysis.IsStopping = true;
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

            return reason;
        }

        /// <summary>An exception that leaves a thread would end it without a word, and nothing would be wrong but that it no longer works.</summary>
        private static void Start(ThreadStart body, ILog log, NodeRequests requests)
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

        private void FillProperties(MetricTable table, NodeServices services)
        {
            long tickMs = services.Clock.TickMs;
            table.SetText(NodeMetric.FirmwareVersion, Version, tickMs);
            table.SetText(NodeMetric.BoardName, services.BoardName, tickMs);
            table.SetText(NodeMetric.HardwareAddress, services.System.HardwareAddress, tickMs);
            table.SetText(NodeMetric.AccelerometerPart, services.Accelerometer.PartName, tickMs);
            table.SetNumber(NodeMetric.SampleRate, services.Accelerometer.OutputRateMilliHz, tickMs);
            table.SetText(NodeMetric.RestartReason, RestartReasonText.Of(services.RestartReason), tickMs);
            table.SetNumber(NodeMetric.BootCount, services.BootCount, tickMs);
            table.SetText(NodeMetric.CommandAnswer, "", tickMs);
        }
    }
}
