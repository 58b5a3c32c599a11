namespace SensorNode.Crypto
{
    /// <summary>What the check of a signature found. Only <see cref="Valid"/> lets anything pass.</summary>
    public enum SignatureStatus
    {
        /// <summary>The signature belongs to the key and the message. Not zero, so that no forgotten result reads as valid.</summary>
        Valid = 1,

        /// <summary>The public key is not of a known form: wrong length, type or number of levels.</summary>
        BadKey = 2,

        /// <summary>The signature is not of the form that the key asks for: wrong length, type, leaf number or number of levels.</summary>
        BadForm = 3,

        /// <summary>The signature is of the right form, and of another key or another message.</summary>
        Mismatch = 4
    }
}
