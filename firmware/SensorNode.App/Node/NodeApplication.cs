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
        /// <inheritdoc/>
        public string Version
        {
            get { return "0.1.0"; }
        }

        /// <inheritdoc/>
        public RestartReason Run(NodeServices services)
        {
            NodeConfiguration configuration = services.Configuration;
            bool hasSensor = SensorStart.Configure(services);
            if (!hasSensor && services.Settings.IsOnTrial)
            {
                services.Settings.Withdraw();
                return RestartReason.ConfigurationWithdrawn;
            }

            MetricTable table = new MetricTable(new MetricCatalog(), configuration);
            NodeLife.FillProperties(table, services, Version);
            NodeRequests requests = new NodeRequests();
            Snapshot snapshot = new Snapshot();
            NodeRecord record = new NodeRecord(table);
            Sampler sampler = null;
            Analysis analysis = null;
            WindowExchange exchange = null;
            if (hasSensor)
            {
                // With a pause between windows the sampler has time to wait for the analysis, and one window is enough.
                int points = configuration.Number(ConfigurationKey.WindowPoints);
                exchange = new WindowExchange(configuration.Number(ConfigurationKey.WindowIntervalMs) > 0 ? null : new CapturedWindow(points));
                sampler = new Sampler(services.Accelerometer, services.Clock, exchange, new CapturedWindow(points), configuration);
                sampler.Commissioning = services.Commissioning;
                analysis = new Analysis(services, exchange, table, requests, snapshot, record);
            }
            else
            {
                table.SetText(Metric.WindowQuality, WindowQuality.Text(WindowQuality.BusFault), services.Clock.TickMs);
            }

            Recorder recorder = new Recorder(services, table, record);
            EdgeNode edgeNode = new EdgeNode(services, table, new CommandHandler(services, table, requests, snapshot), recorder, snapshot, analysis?.Work, services.NodeName);
            LinkLoop linkLoop = new LinkLoop(services, edgeNode, table);
            TemperatureMonitor temperature = new TemperatureMonitor(services.TemperatureSensor, services.Accelerometer, configuration);
            DutyCycle duty = hasSensor && DutyCycle.IsUsed(configuration)
                ? new DutyCycle(services, Version, sampler, exchange, linkLoop, recorder, new IRetained[] { sampler, analysis, linkLoop, temperature, services.Update, record, recorder })
                : null;
            Supervisor supervisor = new Supervisor(services, table, requests, sampler, analysis, linkLoop, edgeNode, recorder, temperature, duty);

            if (hasSensor)
            {
                NodeLife.Start(sampler.Run, services.Log, requests);
                NodeLife.Start(analysis.Run, services.Log, requests);
            }

            NodeLife.Start(linkLoop.Run, services.Log, requests);
            RestartReason reason = supervisor.Run();

            if (hasSensor)
            {
                sampler.IsStopping = true;
                analysis.IsStopping = true;
            }

            NodeLife.End(services, linkLoop, recorder);
            return reason;
        }
    }
}
