using SensorNode.Contracts;

namespace SensorNode.Storage
{
    /// <summary>What a node must remember from one start to the next: how often it started, and why it restarted itself.</summary>
    public sealed class BootRecord
    {
        private readonly TwinRecord _record;
        private readonly byte[] _payload = new byte[5];

        public BootRecord(IFileStore files)
        {
            _record = new TwinRecord(files, "boot", 5);
            if (!_record.TryRead(_payload))
            {
                ByteOrder.PutInt32(_payload, 0, 0);
                _payload[4] = (byte)RestartReason.PowerOn;
            }
        }

        /// <summary>Starts since the flash was formatted, this one included once <see cref="Begin"/> was called.</summary>
        public int BootCount
        {
            get { return ByteOrder.GetInt32(_payload, 0); }
        }

        /// <summary>What was stored before this start, until <see cref="Begin"/> takes it.</summary>
        public RestartReason Reason
        {
            get { return _payload[4] <= (int)RestartReason.Age && _payload[4] != (int)RestartReason.Wake ? (RestartReason)_payload[4] : RestartReason.PowerOn; }
        }

        /// <summary>Counts this start and takes the stored reason, so that a later loss of power is not taken for it.</summary>
        public RestartReason Begin()
        {
            RestartReason reason = Reason;
            ByteOrder.PutInt32(_payload, 0, BootCount + 1);
            _payload[4] = (byte)RestartReason.PowerOn;
            _record.Write(_payload);
            return reason;
        }

        /// <summary>Stores why the node is about to restart itself.</summary>
        public void End(RestartReason reason)
        {
            _payload[4] = (byte)reason;
            _record.Write(_payload);
        }
    }
}
