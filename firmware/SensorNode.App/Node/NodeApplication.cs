using System.Threading;
using SensorNode.Configuration;
using SensorNode.Contracts;
using SensorNode.Sparkplug;

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
            ConfigureSensor(services);

            MetricTable table = new MetricTable(configuration.Number(ConfigurationKey.ReportDeadBandPercent));
            string nodeName = NodeName(services);
            FillProperties(table, services);
            NodeRequests requests = new NodeRequests();
            int points = configuration.Number(ConfigurationKey.WindowPoints);
            WindowExchange exchange = new WindowExchange(new CapturedWindow(points));
            Sampler sampler = new Sampler(services.Accelerometer, services.Clock, exchange, new CapturedWindow(points), configuration);
            Analysis analysis = new Analysis(services, exchange, table, requests);
            EdgeNode edgeNode = new EdgeNode(services, table, new CommandHandler(requests, services.Log), nodeName);
            LinkLoop linkLoop = new LinkLoop(services, edgeNode, table);
            TemperatureMonitor temperature = new TemperatureMonitor(services.TemperatureSensor, services.Accelerometer, configuration);
            Supervisor supervisor = new Supervisor(services, table, requests, sampler, analysis, linkLoop, temperature);

            new Thread(sampler.Run).Start();
            new Thread(analysis.Run).Start();
            new Thread(linkLoop.Run).Start();
            RestartReason reason = supervisor.Run();

            sampler.IsStopping = true;
            analysis.IsStopping = true;
            linkLoop.IsStopping = true;
            long endMs = services.Clock.TickMs + EndMs;
            while (!linkLoop.HasEnded && services.Clock.TickMs < endMs)
            {
                services.Clock.Sleep(50);
            }

            return reason;
        }

        private static void ConfigureSensor(NodeServices services)
        {
            NodeConfiguration configuration = services.Configuration;
            int rangeG = configuration.Number(ConfigurationKey.SensorRangeG);
            int rateHz = configuration.Number(ConfigurationKey.SensorRateHz);
            SensorStatus status = services.Accelerometer.Configure(rangeG, rateHz);
            int attempts = 0;
            while (status != SensorStatus.Ok)
            {
                services.Log.Write(services.Accelerometer.PartName + ": cannot be configured, status " + ((int)status).ToString());
                attempts++;
                services.Clock.Sleep(attempts < 10 ? 1000 : 60000);
                status = services.Accelerometer.Configure(rangeG, rateHz);
            }
        }

        private static string NodeName(NodeServices services)
        {
            string name = services.Configuration.Text(ConfigurationKey.SparkplugNode);
            return name.Length > 0 ? name : "node-" + services.System.HardwareAddress;
        }

        private void FillProperties(MetricTable table, NodeServices services)
        {
            long tickMs = services.Clock.TickMs;
            table.SetText(Metric.FirmwareVersion, Version, tickMs);
            table.SetText(Metric.BoardName, services.BoardName, tickMs);
            table.SetText(Metric.HardwareAddress, services.System.HardwareAddress, tickMs);
            table.SetText(Metric.AccelerometerPart, services.Accelerometer.PartName, tickMs);
            table.SetNumber(Metric.SampleRate, services.Accelerometer.OutputRateMilliHz, tickMs);
            table.SetText(Metric.RestartReason, RestartReasonText.Of(services.RestartReason), tickMs);
            table.SetNumber(Metric.BootCount, services.BootCount, tickMs);
            table.SetText(Metric.CommandAnswer, "", tickMs);
        }
    }
}
