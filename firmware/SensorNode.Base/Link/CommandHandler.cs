using System.Collections;
using SensorNode.Configuration;
using SensorNode.Contracts;
using SensorNode.Sparkplug;
using SensorNode.Storage;
using SensorNode.Supervision;
using SensorNode.Update;

namespace SensorNode.Link
{
    /// <summary>Acts on one command message. A message is read whole before anything of it is done; each metric gets an answer.</summary>
    /// <remarks>The settings of one message are taken all together or not at all; other commands in it stand for themselves.</remarks>
    public sealed class CommandHandler
    {
        private readonly NodeServices _services;
        private readonly MetricTable _table;
        private readonly ICommandTarget _target;
        private readonly Snapshot _snapshot;
        private NodeConfiguration _stored;
        private CommandMetric _metric;
        private MetricDescription _description;
        private ConfigurationItem _item;
        private NodeConfiguration _copy;
        private string _settingNames;
        private bool _isRefused;

        public CommandHandler(NodeServices services, MetricTable table, ICommandTarget target, Snapshot snapshot)
        {
            _services = services;
            _table = table;
            _target = target;
            _snapshot = snapshot;
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

            // Commands are rare: what reads them is not kept.
            CommandReader reader = new CommandReader();
            _metric = new CommandMetric();
            _description = new MetricDescription();
            _item = new ConfigurationItem();
            string answer = HandleAll(reader, payload);
            _metric = null;
            _description = null;
            _item = null;
            _copy = null;
            if (answer != null)
            {
                _services.Log.Write("command: " + answer);
            }

            return answer;
        }

        private string HandleAll(CommandReader reader, byte[] payload)
        {
            string fault = reader.Validate(payload, payload.Length, _metric);
            if (fault != null)
            {
                return "refused: the command cannot be read, " + fault;
            }

            string answer = null;
            reader.Begin(payload, payload.Length);
            while (reader.TryNext(_metric))
            {
                answer = Joined(answer, HandleMetric());
            }

            if (_copy != null)
            {
                answer = Joined(answer, _isRefused ? "no setting was changed" : StoreSettings());
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

            string type = TypeMissed();
            if (metric == NodeMetric.FactoryReset)
            {
                return ResetAll(type == null);
            }

            bool isSetting = metric >= _table.Catalog.SettingFirst;
            if (type != null)
            {
                _isRefused |= isSetting;
                return Refused(_description.Name, "its value is " + type);
            }

            if (isSetting)
            {
                return ChangeSetting(metric - _table.Catalog.SettingFirst);
            }

            return _metric.Integer == 0 ? null : Act(metric);
        }

        /// <summary>The metric's type where the value has another, or says that it has; null where it fits. A sender may leave the data type out.</summary>
        private string TypeMissed()
        {
            int kind = CommandMetric.TextValue;
            string type = "a String";
            if (_description.Datatype == SparkplugDatatype.Int32)
            {
                kind = CommandMetric.IntegerValue;
                type = "an Int32";
            }
            else if (_description.Datatype == SparkplugDatatype.Boolean)
            {
                kind = CommandMetric.BooleanValue;
                type = "a Boolean";
            }

            bool isDatatype = _metric.Datatype == 0 || _metric.Datatype == _description.Datatype;
            return isDatatype && _metric.ValueKind == kind && !_metric.IsNull ? null : type;
        }

        private string Act(int metric)
        {
            switch (metric)
            {
                case NodeMetric.Rebirth:
                    WantsRebirth = true;
                    return null;
                case NodeMetric.Reboot:
                    _target.Restart(RestartReason.Command);
                    return "restarting";
                case NodeMetric.NextServer:
                    WantsNextServer = true;
                    return null;
                case NodeMetric.TakeSnapshot:
                    _snapshot.IsWanted = true;
                    return "taking a snapshot";
                case NodeMetric.Identify:
                    _services.Commissioning.IdentifyUntilMs = _services.Clock.TickMs + Commissioning.IdentifyMs;
                    return _services.Panel.HasLed ? "the LED blinks for 30 s" : "this board has no LED: I am " + _services.NodeName;
                case NodeMetric.SelfTest:
                    _services.Commissioning.IsCheckWanted = true;
                    return "testing the sensor, see Health/Check";
                case NodeMetric.UpdateRetry:
                    _services.Update?.Retry();
                    return "looking at the offers again";
                default:
                    return _target.Act(metric);
            }
        }

        /// <summary>The node's own name confirms it: a value that nothing writes by accident, and that does not fit the next node.</summary>
        private string ResetAll(bool isText)
        {
            if (!isText || _metric.Text != _services.NodeName)
            {
                return Refused(_description.Name, "its value is the node's name, " + _services.NodeName);
            }

            if (FactoryReset.Ask(_services.Files, FactoryReset.ByCommand) != FileStatus.Ok)
            {
                return Refused(_description.Name, "flash did not take it");
            }

            _target.Restart(RestartReason.FactoryReset);
            return "wiping all settings, keys and records, restarting";
        }

        private string ChangeSetting(int key)
        {
            if (_copy == null)
            {
                _copy = _stored.Copy();
            }

            string reason = _copy.TrySet(key, _item.Kind == ConfigurationKind.Number ? _metric.Integer.ToString() : _metric.Text);
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

            string refusal = _services.BoardRules.Refusal(_copy);
            if (refusal != null)
            {
                return Refused("Config/" + refusal, "no setting was changed");
            }

            bool needsRestart = false;
            for (int key = 0; key < ConfigurationKey.Count; key++)
            {
                needsRestart |= !_copy.IsSame(key, _services.Configuration) && ConfigurationSchema.NeedsRestart(key);
            }

            string reason = _services.Settings.Save(_copy, needsRestart);
            if (reason != null)
            {
                return Refused(_settingNames, reason);
            }

            NoteChange();
            _stored = _copy;
            return PutInForce(needsRestart);
        }

        private void NoteChange()
        {
            int first = 0;
            int count = 0;
            for (int key = ConfigurationKey.Count - 1; key >= 0; key--)
            {
                if (!_copy.IsSame(key, _stored))
                {
                    first = key;
                    count++;
                }
            }

            if (count > 0)
            {
                _services.Events.Add(EventKind.Settings, first | count << 8);
            }
        }

        private string PutInForce(bool needsRestart)
        {
            if (needsRestart)
            {
                _target.Restart(RestartReason.Configuration);
                return "stored " + _settingNames + ", restarting";
            }

            for (int key = 0; key < ConfigurationKey.Count; key++)
            {
                _services.Configuration.Take(key, _stored);
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
            for (int metric = 0; metric < _table.Count; metric++)
            {
                if (_metric.Name == null && _metric.Alias != metric)
                {
                    continue;
                }

                _table.Describe(metric, _description, _item);
                if (_metric.Name == null || _metric.Name == _description.Name)
                {
                    return metric;
                }
            }

            return -1;
        }
    }
}
