using SensorNode.Configuration;
using SensorNode.Contracts;

namespace SensorNode.Detection
{
    /// <summary>Keeps the learned baseline in flash, so that a restart does not forget the machine.</summary>
    /// <remarks>
    /// Writing: the whole baseline as a new file, then the old one goes and the new one takes its name. A cut at any moment leaves one of them whole.
    /// Reading: a baseline that is damaged, or was learned with other settings or another algorithm, does not count. It stays until another is learned, so
    ///          that it counts again once a trial of settings or of an application is withdrawn; a failed read is tried again.
    /// Cost:    6 flash operations when learning ends; one transient array of 3 KB.
    /// </remarks>
    public sealed class BaselineStore
    {
        private const string Name = "baseline";
        private const string NewName = "baseline.new";
        private const int SizeBytesMax = 6144;

        private readonly IFileStore _files;
        private readonly IModelSource _models;
        private readonly int _fingerprint;
        private readonly bool _isOnTrial;

        /// <param name="files">Flash.</param>
        /// <param name="models">Holds the model, which goes before what was learned; null: there are no models.</param>
        /// <param name="configuration">Settings in force: a baseline counts only with those it was learned with.</param>
        /// <param name="isOnTrial">True where they may be withdrawn: a model that does not fit them is not rejected, only not used.</param>
        public BaselineStore(IFileStore files, IModelSource models, NodeConfiguration configuration, bool isOnTrial)
        {
            _isOnTrial = isOnTrial;
            _files = files;
            _models = models;
            _fingerprint = Fingerprint(configuration);
        }

        /// <summary>True where the last <see cref="Load"/> found a baseline and flash did not let it be read.</summary>
        public bool IsUnread { get; private set; }

        /// <summary>Reads the stored baseline.</summary>
        /// <param name="reason">Null, or why there is none, in words.</param>
        /// <returns>The baseline, or null.</returns>
        public Baseline Load(out string reason)
        {
            byte[] bytes = _models?.TakeModel();
            if (bytes != null)
            {
                Baseline model = BaselineCodec.TryParse(bytes, 0, bytes.Length, _fingerprint, out reason);
                if (model != null)
                {
                    return model;
                }

                if (!_isOnTrial)
                {
                    _models.RejectModel();
                }
            }

            IsUnread = false;
            Baseline newest = Read(NewName, out reason);
            if (newest != null)
            {
                // The cut came between the writing and the renaming: finish what was begun.
                TakeName();
                return newest;
            }

            Baseline baseline = Read(Name, out reason);
            IsUnread &= baseline == null;
            return baseline;
        }

        /// <summary>Stores a baseline.</summary>
        public FileStatus Save(Baseline baseline)
        {
            byte[] buffer = new byte[BaselineCodec.SizeBytes(baseline)];
            BaselineCodec.Write(baseline, _fingerprint, buffer, 0);
            FileStatus status = _files.Write(NewName, buffer, 0, buffer.Length);
            if (status != FileStatus.Ok)
            {
                return status;
            }

            _models?.GiveModelUp();
            return TakeName();
        }

        /// <summary>Forgets the stored baseline.</summary>
        public void Forget()
        {
            _models?.GiveModelUp();
            _files.Delete(NewName);
            _files.Delete(Name);
            IsUnread = false;
        }

        private FileStatus TakeName()
        {
            FileStatus status = _files.Delete(Name);
            return status == FileStatus.Ok ? _files.Move(NewName, Name) : status;
        }

        private Baseline Read(string name, out string reason)
        {
            reason = "none is stored";
            int length = _files.Length(name);
            if (length == -1)
            {
                return null;
            }

            if (length > SizeBytesMax)
            {
                reason = "it has " + length.ToString() + " bytes; at most " + SizeBytesMax.ToString() + " are read";
                return null;
            }

            byte[] buffer = length < 0 ? null : new byte[length];
            int read = 0;
            if (buffer == null || _files.Read(name, 0, buffer, 0, length, out read) != FileStatus.Ok)
            {
                IsUnread = true;
                reason = "it cannot be read from flash";
                return null;
            }

            return BaselineCodec.TryParse(buffer, 0, read, _fingerprint, out reason);
        }

        /// <summary>FNV-1a over the settings that the features depend on. Not in it: the sensor's trim, which a replaced sensor of the same part may change by a percent.</summary>
        private static int Fingerprint(NodeConfiguration configuration)
        {
            uint hash = 2166136261;
            hash = (hash ^ (uint)configuration.Number(ConfigurationKey.SensorPart)) * 16777619;
            hash = (hash ^ (uint)configuration.Number(ConfigurationKey.SensorRangeG)) * 16777619;
            hash = (hash ^ (uint)configuration.Number(ConfigurationKey.SensorRateHz)) * 16777619;
            hash = (hash ^ (uint)configuration.Number(ConfigurationKey.WindowPoints)) * 16777619;
            return (int)hash;
        }
    }
}
