using System.Collections;
using SensorNode.Configuration;
using SensorNode.Contracts;
using SensorNode.Sparkplug;

namespace SensorNode.Node
{
    /// <summary>Acts on one command message. A message is read whole before anything of it is done; each metric gets an answer.</summary>
    /// <remarks>The settings of one message are taken all together or not at all; other commands in it stand for themselves.</remarks>
    public sealed class CommandHandler
    {
        private readonly CommandReader _reader = new CommandReader();
        private readonly CommandMetric _metric = new CommandMetric();
        private readonly MetricDescription _description = new MetricDescription();
        private readonly ConfigurationItem _item = new ConfigurationItem();
        private readonly NodeRequests _requests;
        private readonly Snapshot _snapshot;
        private readonly ILog _log;
        private readonly NodeConfiguration _configuration;
        private readonly ConfigurationStore _settings;
        private NodeConfiguration _stored;
        private NodeConfiguration _copy;
        private string _settingNames;
        private bool _isRefused;

        public CommandHandler(NodeServices services, NodeRequests requests, Snapshot snapshot)
        {
            _requests = requests;
            _snapshot = snapshot;
            _log = services.Log;
            _configuration = services.Configuration;
            _settings = services.Settings;
            _stored = services.Configuration;
        }

        /// <summary>True where the last message asks for a birth message.</summary>
        public bool WantsRebirth { get; private set; }

        /// <summary>True where the last message asks for the next server.</summary>
        public bool WantsNextServer { get; private set; }

        /// <summary>Handles one payload.</summary>
        /// <returns>What became of it, for people; null where there was nothing to answer.</returns>
        public string Handle(byte[] payload)
        {
            WantsRebirth = false;
            WantsNextServer = false;
            _copy = null;
            _settingNames = null;
            _isRefused = false;
            string fault = _reader.Validate(payload, payload.Length, _metric);
            if (fault != null)
            {
                return "refused: the command cannot be read, " + fault;
            }

            string answer = null;
            _reader.Begin(payload, payload.Length);
            while (_reader.TryNext(_metric))
            {
                answer = Joined(answer, HandleMetric());
            }

            if (_copy != null)
            {
                answer = Joined(answer, _isRefused ? "no setting was changed" : StoreSettings());
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
                return Refused(_metric.Name ?? "alias " + _metric.Alias.ToString(), "there is no such metric");
            }

            if (!_description.IsWritable)
            {
                return Refused(_description.Name, "it cannot be written");
            }

            if (metric >= Metric.ConfigurationFirst)
            {
                return ChangeSetting(metric - Metric.ConfigurationFirst);
            }

            if (_metric.ValueKind != CommandMetric.BooleanValue || _metric.IsNull)
            {
                return Refused(_description.Name, "its value is a Boolean");
            }

            return _metric.Integer == 0 ? null : Act(metric);
        }

        private string Act(int metric)
        {
            switch (metric)
            {
                case Metric.Rebirth:
                    WantsRebirth = true;
                    return null;
                case Metric.Reboot:
                    _requests.Restart = (int)RestartReason.Command;
                    return "restarting";
                case Metric.NextServer:
                    WantsNextServer = true;
                    return null;
                case Metric.TakeSnapshot:
                    _snapshot.IsWanted = true;
                    return "taking a snapshot";
                case Metric.Extend:
                    _requests.AskExtend();
                    return "learning on";
                default:
                    _requests.AskRelearn();
                    return "learning anew";
            }
        }

        private string ChangeSetting(int key)
        {
            bool isNumber = _item.Kind == ConfigurationKind.Number;
            if (_metric.ValueKind != (isNumber ? CommandMetric.IntegerValue : CommandMetric.TextValue) || _metric.IsNull)
            {
                _isRefused = true;
                return Refused(_description.Name, isNumber ? "its value is an Int32" : "its value is a String");
            }

            if (_copy == null)
            {
                _copy = _stored.Copy();
            }

            string reason = _copy.TrySet(key, isNumber ? _metric.Integer.ToString() : _metric.Text);
            _isRefused |= reason != null;
            _settingNames = _settingNames == null ? _item.Name : _settingNames + ", " + _item.Name;
            return reason == null ? null : Refused(_description.Name, reason);
        }

        private string StoreSettings()
        {
            ArrayList faults = new ArrayList();
            ConfigurationRules.Check(_copy, faults);
            if (faults.Count > 0)
            {
                return Refused("Config/" + (string)faults[0], "no setting was changed");
            }

            bool needsRestart = false;
            for (int key = 0; key < ConfigurationKey.Count; key++)
            {
                needsRestart |= !_copy.IsSame(key, _configuration) && ConfigurationSchema.NeedsRestart(key);
            }

            string reason = _settings.Save(_copy, needsRestart);
            if (reason != null)
            {
                return Refused(_settingNames, reason);
            }

            _stored = _copy;
            return PutInForce(needsRestart);
        }

        private string PutInForce(bool needsRestart)
        {
            if (needsRestart)
            {
                _requests.Restart = (int)RestartReason.Configuration;
                return "stored " + _settingNames + ", restarting";
            }

            for (int key = 0; key < ConfigurationKey.Count; key++)
            {
                _configuration.Take(key, _stored);
            }

            WantsRebirth = true;
            return "stored " + _settingNames;
        }

        private static string Refused(string name, string reason)
        {
            return "refused " + name + ": " + reason;
        }

        private static string Joined(string first, string second)
        {
            return first == null ? second : second == null ? first : first + "; " + second;
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
