using System;

namespace SensorNode.Crypto
{
    /// <summary>SHA-256 (FIPS 180-4) of bytes that arrive in parts: Reset, Update as often as needed, Finish.</summary>
    /// <remarks>
    /// Not for several threads at a time. Cost: one <see cref="Sha256Block.Compress"/> for each 64 bytes, and one or two to finish.
    /// Memory: about 250 bytes for an object, nothing allocated by its methods.
    /// </remarks>
    public sealed class Sha256
    {
        /// <summary>Bytes of a digest.</summary>
        public const int DigestBytes = 32;

        internal const int BlockBytes = 64;

        /// <summary>First 32 bits of the fractions of the square roots of the first 8 primes (FIPS 180-4, section 5.3.3).</summary>
        internal static readonly uint[] InitialState =
        {
            0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19
        };

        private readonly uint[] _state = new uint[8];
        private readonly byte[] _block = new byte[BlockBytes];
        private int _waiting;
        private long _total;

        /// <summary>Ready for the first byte.</summary>
        public Sha256()
        {
            Reset();
        }

        /// <summary>The digest of a part of an array, in an array of its own.</summary>
        public static byte[] Hash(byte[] bytes, int offset, int count)
        {
            byte[] digest = new byte[DigestBytes];
            Sha256 hash = new Sha256();
            hash.Update(bytes, offset, count);
            hash.Finish(digest, 0);
            return digest;
        }

        /// <summary>Forgets what was taken in.</summary>
        public void Reset()
        {
            Array.Copy(InitialState, 0, _state, 0, 8);
            _waiting = 0;
            _total = 0;
        }

        /// <summary>Takes bytes in.</summary>
        /// <exception cref="ArgumentException">offset and count are not within the array.</exception>
        public void Update(byte[] bytes, int offset, int count)
        {
            if (bytes == null || offset < 0 || count < 0 || count > bytes.Length - offset)
            {
                throw new ArgumentException("not within the array");
            }

            _total += count;
            if (_waiting > 0)
            {
                int taken = BlockBytes - _waiting;
                if (taken > count)
                {
                    taken = count;
                }

                Array.Copy(bytes, offset, _block, _waiting, taken);
                _waiting += taken;
                offset += taken;
                count -= taken;
                if (_waiting < BlockBytes)
                {
                    return;
                }

                Sha256Block.Compress(_state, _block, 0);
                _waiting = 0;
            }

            uint[] state = _state;
            while (count >= BlockBytes)
            {
                Sha256Block.Compress(state, bytes, offset);
                offset += BlockBytes;
                count -= BlockBytes;
            }

            Array.Copy(bytes, offset, _block, 0, count);
            _waiting = count;
        }

        /// <summary>Ends the message and gives its digest; then ready for another.</summary>
        /// <param name="digest">Takes 32 bytes.</param>
        /// <param name="offset">Where the first goes.</param>
        public void Finish(byte[] digest, int offset)
        {
            byte[] block = _block;
            int used = _waiting;
            block[used++] = 0x80;
            Array.Clear(block, used, BlockBytes - used);
            if (used > BlockBytes - 8)
            {
                Sha256Block.Compress(_state, block, 0);
                Array.Clear(block, 0, BlockBytes);
            }

            long bits = _total * 8;
            PutWord(block, 56, (uint)(bits >> 32));
            PutWord(block, 60, (uint)bits);
            Sha256Block.Compress(_state, block, 0);
            for (int i = 0; i < 8; i++)
            {
                PutWord(digest, offset + 4 * i, _state[i]);
            }

            Reset();
        }

        /// <summary>A word, most significant byte first.</summary>
        internal static void PutWord(byte[] bytes, int offset, uint word)
        {
            bytes[offset] = (byte)(word >> 24);
            bytes[offset + 1] = (byte)(word >> 16);
            bytes[offset + 2] = (byte)(word >> 8);
            bytes[offset + 3] = (byte)word;
        }

        /// <summary>A word, most significant byte first.</summary>
        internal static uint GetWord(byte[] bytes, int offset)
        {
            return (uint)(bytes[offset] << 24 | bytes[offset + 1] << 16 | bytes[offset + 2] << 8 | bytes[offset + 3]);
        }
    }
}
