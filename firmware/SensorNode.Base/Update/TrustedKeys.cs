using SensorNode.Contracts;
using SensorNode.Crypto;

namespace SensorNode.Update
{
    /// <summary>The keys whose releases this node takes: release.key.pub as the tool's keygen writes it, put there at provisioning: a line of 120 hexadecimal digits, or two for two keys.</summary>
    public static class TrustedKeys
    {
        public const string FileName = "release.key.pub";

        private const int KeyBytes = LmsParameters.PublicKeyBytes;
        private const int TextBytesMax = 256;

        /// <summary>Checks the signature of a head. Cost: bench, lms.verify.il. Allocates about 1.5 KB for the time of the call.</summary>
        /// <param name="files">Flash.</param>
        /// <param name="head">Manifest and signatures.</param>
        /// <param name="count">Its bytes.</param>
        /// <param name="manifest">Parsed from head at offset 0.</param>
        /// <param name="detail">SignatureStatus where the signature is wrong.</param>
        /// <returns>An <see cref="UpdateReason"/>; None if all is right.</returns>
        public static int Verify(IFileStore files, byte[] head, int count, ReleaseManifest manifest, out int detail)
        {
            detail = 0;
            byte[] keys = new byte[TextBytesMax];
            int known = Read(files, keys);
            if (known < KeyBytes)
            {
                return UpdateReason.NoKey;
            }

            int key = 0;
            while (!manifest.IsKeyId(Sha256.Hash(keys, key, KeyBytes)))
            {
                key += KeyBytes;
                if (key + KeyBytes > known)
                {
                    return UpdateReason.OtherKey;
                }
            }

            int end = manifest.ManifestBytes;
            SignatureStatus status = SignatureStatus.BadForm;
            if (ReleaseParser.TryFindSignature(head, end, count - end, ReleaseParser.AlgorithmHss, out int offset, out int length, out int payload) && payload == count)
            {
                status = new HssVerifier().Verify(keys, key, KeyBytes, head, 0, end, head, offset, length);
            }

            detail = (int)status;
            return status == SignatureStatus.Valid ? UpdateReason.None : UpdateReason.BadSignature;
        }

        /// <summary>Reads the digits of the file into bytes, in place.</summary>
        private static int Read(IFileStore files, byte[] keys)
        {
            if (files.Read(FileName, 0, keys, 0, keys.Length, out int read) != FileStatus.Ok)
            {
                return 0;
            }

            int digits = 0;
            for (int i = 0; i < read; i++)
            {
                int c = keys[i] | 0x20;
                int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
                if (digit >= 0)
                {
                    // Never ahead of what is still to be read: two digits make a byte.
                    keys[digits >> 1] = (byte)((digits & 1) == 0 ? digit << 4 : keys[digits >> 1] | digit);
                    digits++;
                }
            }

            return digits >> 1;
        }
    }
}
