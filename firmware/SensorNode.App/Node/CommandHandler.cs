using SensorNode.Configuration;
using SensorNode.Contracts;
using SensorNode.Sparkplug;

namespace SensorNode.Node
{
    /// <summary>Acts on one command message. A message is read whole before anything of it is done; each metric gets an answer.</summary>
    public sealed class CommandHandler
    {
        private readonly CommandReader _reader = new CommandReader();
        private readonly CommandMetric _metric = new CommandMetric();
        private readonly MetricDescription _description = new MetricDescription();
        private readonly ConfigurationItem _item = new ConfigurationItem();
        private readonly NodeRequests _requests;
        private readonly ILog _log;

        public CommandHandler(NodeRequests requests, ILog log)
        {
            _requests = requests;
            _log = log;
        }

        /// <summary>True where the last message asked for a birth message.</summary>
        public bool WantsRebirth { get; private set; }

        /// <summary>Handles one payload.</summary>
        /// <returns>What became of it, for people; null where there was nothing to answer but a rebirth.</returns>
        public string Handle(byte[] payload)
        {
            WantsRebirth = false;
            string fault = _reader.Validate(payload, payload.Length, _metric);
            if (fault != null)
            {
                return "refused: the command cannot be read, " + fault;
            }

            string answer = null;
            _reader.Begin(payload, payload.Length);
            while (_reader.TryNext(_metric))
            {
                string part = HandleMetric();
                answer = answer == null ? part : part == null ? answer : answer + "; " + part;
            }

            if (answer != null)
            {
                _log.Write("command: " + answer);
            }

            return answer;
        }

        private string HandleMetric()
        {
            int metric = Find();
            if (metric < 0)
            {
                return "refused: no such metric";
            }

            if (!_description.IsWritable)
            {
                return "refused " + _description.Name + ": it cannot be written";
            }

            if (metric >= Metric.ConfigurationFirst)
            {
                return "refused " + _description.Name + ": settings are changed in node.conf in this version";
            }

            if (_metric.ValueKind != CommandMetric.BooleanValue || _metric.IsNull)
            {
                return "refused " + _description.Name + ": its value is a Boolean";
            }

            if (_metric.Integer == 0)
            {
                return null;
            }

            switch (metric)
            {
                case Metric.Rebirth:
                    WantsRebirth = true;
                    return null;
                case Metric.Reboot:
                    _requests.Restart = (int)RestartReason.Command;
                    return "restarting";
                default:
                    _requests.AskRelearn();
                    return "learning anew";
            }
        }

        private int Find()
        {
            for (int metric = 0; metric < Metric.Count; metric++)
            {
                if (_metric.Name == null && _metric.Alias != metric)
                {
                    continue;
                }

                MetricCatalog.Describe(metric, _description, _item);
                if (_metric.Name == null || _metric.Name == _description.Name)
                {
                    return metric;
                }
            }

            return -1;
        }
    }
}
