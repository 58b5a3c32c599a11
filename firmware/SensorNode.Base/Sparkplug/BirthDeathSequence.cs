using SensorNode.Contracts;
using SensorNode.Storage;

namespace SensorNode.Sparkplug
{
    /// <summary>The number that ties a death message to its birth. One more at every attempt to connect, kept in flash, 1 to 127 and round again.</summary>
    /// <remarks>The specification allows 0 to 255; a will that is carried as text cannot hold 0 or anything above 127.</remarks>
    public sealed class BirthDeathSequence
    {
        private readonly TwinRecord _record;
        private readonly byte[] _payload = new byte[1];

        public BirthDeathSequence(IFileStore files)
        {
            _record = new TwinRecord(files, "bdseq", 1);
            if (!_record.TryRead(_payload))
            {
                _payload[0] = 0;
            }
        }

        /// <summary>The number given last. A node that sleeps deeply carries it along: flash may have refused it.</summary>
        public int Last
        {
            get { return _payload[0]; }
            set { _payload[0] = (byte)value; }
        }

        /// <summary>Advances and stores the number before it is used, so that a power cut cannot bring an old one back.</summary>
        public int Next()
        {
            _payload[0] = (byte)(Last >= 127 ? 1 : Last + 1);
            _record.Write(_payload);
            return _payload[0];
        }
    }
}
