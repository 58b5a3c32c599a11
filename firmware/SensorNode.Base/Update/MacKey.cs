using SensorNode.Contracts;
using SensorNode.Crypto;
using SensorNode.Storage;

namespace SensorNode.Update
{
    /// <summary>The node's own key, by which it knows again at each start what it has verified once.</summary>
    /// <remarks>Made from the board's generator when it is first needed, in flash in plain text: it tells damage and foreign writing, not whoever can read it.</remarks>
    public sealed class MacKey
    {
        private readonly TwinRecord _record;
        private readonly ISystem _system;
        private byte[] _key;

        public MacKey(IFileStore files, ISystem system)
        {
            _record = new TwinRecord(files, "node-mac", Sha256.DigestBytes);
            _system = system;
        }

        /// <summary>The code of a slot: HMAC-SHA-256 over the first 32 bytes of its part of the record and its payload.</summary>
        /// <returns>32 bytes; null where flash would not take a new key.</returns>
        public byte[] Compute(SlotState state, int slot, byte[] payload)
        {
            if (_key == null && !Find())
            {
                return null;
            }

            byte[] code = new byte[Sha256.DigestBytes];
            state.CopyHeader(slot, code, 0);
            HmacSha256 mac = new HmacSha256(_key);
            mac.Update(code, 0, code.Length);
            mac.Update(payload, 0, payload.Length);
            mac.Finish(code, 0);
            return code;
        }

        private bool Find()
        {
            byte[] key = new byte[Sha256.DigestBytes];
            if (!_record.TryRead(key))
            {
                for (int i = 0; i < key.Length; i++)
                {
                    key[i] = (byte)_system.Random(256);
                }

                if (_record.Write(key) != FileStatus.Ok)
                {
                    return false;
                }
            }

            _key = key;
            return true;
        }
    }
}
