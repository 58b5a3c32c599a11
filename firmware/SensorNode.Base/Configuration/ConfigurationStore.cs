using System.Collections;
using SensorNode.Contracts;
using SensorNode.Storage;

namespace SensorNode.Configuration
{
    /// <summary>node.conf, and the settings that were changed since it was deployed. How they stand in flash: firmware/docs/configuration.md.</summary>
    /// <remarks>
    /// Base:    node.conf is never written here. Changes carry its CRC: with a new node.conf the changes to the old one count no more.
    /// Trial:   a change that needs a restart counts on trial until <see cref="Confirm"/>; <see cref="TrialBootsMax"/> starts without it, or
    ///          <see cref="Withdraw"/>, bring the settings before it back.
    /// Cuts:    every change is one record with CRC beside the one before; a cut leaves the old settings or the new ones, never a mixture.
    /// Errors:  any content of any file is survived; stored changes that do not pass the checks any more are left out whole, and said.
    /// Memory:  1 KB while it works, nothing in between. Each file has 512 bytes, so that it lies in the directory and takes no block.
    /// </remarks>
    public sealed class ConfigurationStore
    {
        /// <summary>Starts that a change on trial gets.</summary>
        public const int TrialBootsMax = 3;

        private const string BaseFile = "node.conf";
        private const string Confirmed = "conf";
        private const string Trial = "conf-new";
        private const int RecordSizeBytes = 504;
        private const int HeadBytes = 8;

        private readonly IFileStore _files;
        private int _baseCrc;

        public ConfigurationStore(IFileStore files)
        {
            _files = files;
        }

        /// <summary>True while the settings in force are on trial.</summary>
        public bool IsOnTrial { get; private set; }

        /// <summary>What became of stored changes at the last Load, for people; null where there is nothing to say.</summary>
        public string Note { get; private set; }

        /// <summary>Reads node.conf and the changes to it. To be called once in each boot: it counts the boots of a trial.</summary>
        /// <param name="faults">Receives the faults of node.conf.</param>
        /// <returns>The settings in force, or null where node.conf is missing or has a fault.</returns>
        public NodeConfiguration Load(ArrayList faults)
        {
            IsOnTrial = false;
            Note = null;
            NodeConfiguration configuration = ReadBase(faults);
            if (configuration == null)
            {
                return null;
            }

            byte[] record = new byte[RecordSizeBytes];
            TwinRecord trial = new TwinRecord(_files, Trial, RecordSizeBytes);
            if (trial.TryRead(record) && ByteOrder.GetInt32(record, 0) == _baseCrc)
            {
                NodeConfiguration tried = BeginTrial(trial, record, configuration);
                if (tried != null)
                {
                    return tried;
                }
            }

            if (new TwinRecord(_files, Confirmed, RecordSizeBytes).TryRead(record))
            {
                NodeConfiguration changed = Overlaid(configuration, record);
                return changed ?? configuration;
            }

            return configuration;
        }

        /// <summary>Stores what differs from node.conf.</summary>
        /// <param name="configuration">Checked by itself and by <see cref="ConfigurationRules"/>.</param>
        /// <param name="onTrial">True where it counts from the next start on, and must prove itself there.</param>
        /// <returns>Null where it is stored; otherwise why not. The former settings stay then.</returns>
        public string Save(NodeConfiguration configuration, bool onTrial)
        {
            ArrayList faults = new ArrayList();
            NodeConfiguration deployed = ReadBase(faults);
            byte[] record = new byte[RecordSizeBytes];
            if (deployed == null)
            {
                return "node.conf cannot be read any more";
            }

            ByteOrder.PutInt32(record, 0, _baseCrc);
            int length = WriteDifferences(configuration, deployed, record);
            if (length < 0)
            {
                return "there is no room for so many changes; deploy a node.conf with them";
            }

            ByteOrder.PutInt16(record, 6, length);
            TwinRecord twin = new TwinRecord(_files, onTrial ? Trial : Confirmed, RecordSizeBytes);
            twin.TryRead(new byte[RecordSizeBytes]);
            if (twin.Write(record) != FileStatus.Ok)
            {
                return "flash did not take the change";
            }

            if (!onTrial)
            {
                DeleteTrial();
            }

            return null;
        }

        /// <summary>Ends the trial: the settings in force have been seen to work.</summary>
        public void Confirm()
        {
            byte[] record = new byte[RecordSizeBytes];
            if (!IsOnTrial || !new TwinRecord(_files, Trial, RecordSizeBytes).TryRead(record))
            {
                return;
            }

            // Stored first, deleted then: a cut in between repeats this at the next start, with the same settings.
            TwinRecord confirmed = new TwinRecord(_files, Confirmed, RecordSizeBytes);
            confirmed.TryRead(new byte[RecordSizeBytes]);
            record[4] = 0;
            if (confirmed.Write(record) == FileStatus.Ok)
            {
                DeleteTrial();
            }
        }

        /// <summary>Throws the change on trial away; the settings before it count from the next start on.</summary>
        public void Withdraw()
        {
            DeleteTrial();
        }

        private NodeConfiguration ReadBase(ArrayList faults)
        {
            faults.Clear();
            int length = _files.Length(BaseFile);
            if (length < 0)
            {
                faults.Add("is missing; copy one to I:\\node.conf");
                return null;
            }

            byte[] bytes = new byte[length > ConfigurationParser.SizeBytesMax ? ConfigurationParser.SizeBytesMax : length];
            if (_files.Read(BaseFile, 0, bytes, 0, bytes.Length, out int read) != FileStatus.Ok)
            {
                faults.Add("cannot be read from flash");
                return null;
            }

            _baseCrc = Crc32.Compute(bytes, 0, read);
            return ConfigurationParser.TryParse(bytes, length > read ? length : read, faults);
        }

        private NodeConfiguration BeginTrial(TwinRecord trial, byte[] record, NodeConfiguration deployed)
        {
            if (record[4] >= TrialBootsMax)
            {
                Note = "a changed configuration did not come to a connection in " + TrialBootsMax.ToString() + " starts and is withdrawn";
                DeleteTrial();
                return null;
            }

            record[4]++;
            trial.Write(record);
            NodeConfiguration tried = Overlaid(deployed, record);
            IsOnTrial = tried != null;
            return tried;
        }

        /// <summary>A copy with the changes of a record, or null where they do not belong to it or do not pass.</summary>
        private NodeConfiguration Overlaid(NodeConfiguration deployed, byte[] record)
        {
            int length = ByteOrder.GetInt16(record, 6);
            if (ByteOrder.GetInt32(record, 0) != _baseCrc)
            {
                Note = "node.conf is new; changes made to the one before are left out";
                return null;
            }

            ArrayList faults = new ArrayList();
            NodeConfiguration changed = deployed.Copy();
            if (length >= 0 && length <= RecordSizeBytes - HeadBytes && ConfigurationParser.TryOverlay(changed, record, HeadBytes, HeadBytes + length, faults))
            {
                return changed;
            }

            Note = "stored changes are left out" + (faults.Count > 0 ? ": " + (string)faults[0] : "");
            return null;
        }

        private static int WriteDifferences(NodeConfiguration configuration, NodeConfiguration deployed, byte[] record)
        {
            ConfigurationItem item = new ConfigurationItem();
            int at = HeadBytes;
            for (int key = 0; key < ConfigurationKey.Count; key++)
            {
                if (configuration.IsSame(key, deployed))
                {
                    continue;
                }

                ConfigurationSchema.Describe(key, item);
                string line = item.Name + "=" + configuration.Show(key) + "\n";
                if (at + line.Length > record.Length)
                {
                    return -1;
                }

                for (int i = 0; i < line.Length; i++)
                {
                    record[at] = (byte)line[i];
                    at++;
                }
            }

            return at - HeadBytes;
        }

        private void DeleteTrial()
        {
            IsOnTrial = false;
            _files.Delete(Trial + ".a");
            _files.Delete(Trial + ".b");
        }
    }
}
