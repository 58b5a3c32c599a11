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
            if (!SensorStart.Configure(services))
            {
                services.Settings.Withdraw();
                return RestartReason.ConfigurationWithdrawn;
            }

            MetricTable table = new MetricTable(new MetricCatalog(), configuration);
            NodeLife.FillProperties(table, services, Version);
            NodeRequests requests = new NodeRequests();
            int points = configuration.Number(ConfigurationKey.WindowPoints);

            // With a pause between windows the sampler has time to wait for the analysis, and one window is enough.
            WindowExchange exchange = new WindowExchange(configuration.Number(ConfigurationKey.WindowIntervalMs) > 0 ? null : new CapturedWindow(points));
            Sampler sampler = new Sampler(services.Accelerometer, services.Clock, exchange, new CapturedWindow(points), configuration);
            sampler.Commissioning = services.Commissioning;
            Snapshot snapshot = new Snapshot();
            Analysis analysis = new Analysis(services, exchange, table, requests, snapshot);
            Recorder recorder = new Recorder(services, table, new NodeRecord(table));
            EdgeNode edgeNode = new EdgeNode(services, table, new CommandHandler(services, table, requests, snapshot), recorder, snapshot, analysis.Work, services.NodeName);
            LinkLoop linkLoop = new LinkLoop(services, edgeNode, table);
            TemperatureMonitor temperature = new TemperatureMonitor(services.TemperatureSensor, services.Accelerometer, configuration);
            DutyCycle duty = DutyCycle.IsUsed(configuration)
                ? new DutyCycle(services, Version, sampler, exchange, linkLoop, recorder, new IRetained[] { sampler, analysis, linkLoop, temperature })
                : null;
            Supervisor supervisor = new Supervisor(services, table, requests, sampler, analysis, linkLoop, edgeNode, recorder, temperature, duty);

            NodeLife.Start(sampler.Run, services.Log, requests);
            NodeLife.Start(analysis.Run, services.Log, requests);
            NodeLife.Start(linkLoop.Run, services.Log, requests);
            RestartReason reason = supervisor.Run();

            sampler.IsStopping = true;
            analysis.IsStopping = true;
            NodeLife.End(services, linkLoop, recorder);
            return reason;
        }
    }
}
