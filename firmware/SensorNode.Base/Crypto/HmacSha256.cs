using System;

namespace SensorNode.Crypto
{
    /// <summary>HMAC with SHA-256 (RFC 2104, RFC 4231) of bytes that arrive in parts: Update as often as needed, Finish.</summary>
    /// <remarks>Not for several threads at a time. Cost: that of <see cref="Sha256"/> and four blocks more. Holds its key in memory.</remarks>
    public sealed class HmacSha256
    {
        private readonly Sha256 _hash = new Sha256();
        private readonly byte[] _key = new byte[Sha256.BlockBytes];
        private readonly byte[] _pad = new byte[Sha256.BlockBytes];

        /// <param name="key">Any length; more than 64 bytes are hashed first.</param>
        public HmacSha256(byte[] key)
        {
            byte[] used = key.Length > Sha256.BlockBytes ? Sha256.Hash(key, 0, key.Length) : key;
            Array.Copy(used, 0, _key, 0, used.Length);
            Pad(0x36);
        }

        /// <summary>Takes bytes in.</summary>
        public void Update(byte[] bytes, int offset, int count)
        {
            _hash.Update(bytes, offset, count);
        }

        /// <summary>Ends the message and gives its code; then ready for another.</summary>
        /// <param name="code">Takes 32 bytes.</param>
        /// <param name="offset">Where the first goes.</param>
        public void Finish(byte[] code, int offset)
        {
            _hash.Finish(code, offset);
            Pad(0x5C);
            _hash.Update(code, offset, Sha256.DigestBytes);
            _hash.Finish(code, offset);
            Pad(0x36);
        }

        private void Pad(int mask)
        {
            for (int i = 0; i < Sha256.BlockBytes; i++)
            {
                _pad[i] = (byte)(_key[i] ^ mask);
            }

            _hash.Update(_pad, 0, Sha256.BlockBytes);
        }
    }
}
