namespace SensorNode.Crypto
{
    /// <summary>Checks signatures of HSS (RFC 8554, section 6.3): each tree signs the key of the next, the last one the message. One level is plain LMS with a number before it.</summary>
    /// <remarks>
    /// Any bytes give a verdict, no bytes an exception. Lengths must be exact: nothing may follow the last path.
    /// Cost:   one <see cref="LmsVerifier.Verify"/> a level. Memory: that of one LmsVerifier.
    /// </remarks>
    public sealed class HssVerifier
    {
        private readonly LmsVerifier _tree = new LmsVerifier();

        /// <summary>Checks one signature over a whole message.</summary>
        /// <param name="key">60 bytes: number of levels, then the key of the uppermost tree.</param>
        /// <param name="keyOffset">Where it begins.</param>
        /// <param name="keyCount">Its bytes.</param>
        /// <param name="message">What was signed.</param>
        /// <param name="messageOffset">Where it begins.</param>
        /// <param name="messageCount">Its bytes.</param>
        /// <param name="signature">Number of signed keys, then each level's signature and the key that it signs, then the message's signature.</param>
        /// <param name="offset">Where it begins.</param>
        /// <param name="count">Its bytes.</param>
        public SignatureStatus Verify(
            byte[] key, int keyOffset, int keyCount, byte[] message, int messageOffset, int messageCount, byte[] signature, int offset, int count)
        {
            if (!LmsVerifier.IsWithin(key, keyOffset, keyCount) || keyCount != LmsParameters.PublicKeyBytes)
            {
                return SignatureStatus.BadKey;
            }

            uint levels = Sha256.GetWord(key, keyOffset);
            if (levels == 0 || levels > LmsParameters.LevelsMax)
            {
                return SignatureStatus.BadKey;
            }

            if (!LmsVerifier.IsWithin(signature, offset, count) || count < 4 || Sha256.GetWord(signature, offset) != levels - 1)
            {
                return SignatureStatus.BadForm;
            }

            int end = offset + count;
            offset += 4;
            byte[] treeKey = key;
            int treeKeyOffset = keyOffset + 4;
            for (uint level = 1; level < levels; level++)
            {
                int signatureBytes = LmsParameters.SignatureBytes((int)Sha256.GetWord(treeKey, treeKeyOffset), (int)Sha256.GetWord(treeKey, treeKeyOffset + 4));
                if (signatureBytes == 0 || signatureBytes + LmsParameters.TreeKeyBytes > end - offset)
                {
                    return signatureBytes == 0 && level == 1 ? SignatureStatus.BadKey : SignatureStatus.BadForm;
                }

                int next = offset + signatureBytes;
                SignatureStatus status = _tree.Verify(
                    treeKey, treeKeyOffset, LmsParameters.TreeKeyBytes, signature, next, LmsParameters.TreeKeyBytes, signature, offset, signatureBytes);
                if (status != SignatureStatus.Valid)
                {
                    return status;
                }

                treeKey = signature;
                treeKeyOffset = next;
                offset = next + LmsParameters.TreeKeyBytes;
            }

            SignatureStatus last = _tree.Verify(treeKey, treeKeyOffset, LmsParameters.TreeKeyBytes, message, messageOffset, messageCount, signature, offset, end - offset);

            // A bad key below the uppermost one came with the signature.
            return last == SignatureStatus.BadKey && levels > 1 ? SignatureStatus.BadForm : last;
        }
    }
}
