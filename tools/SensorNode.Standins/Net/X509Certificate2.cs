namespace System.Security.Cryptography.X509Certificates
{
    /// <summary>A certificate and, maybe, its private key. Keys under a password are not emulated.</summary>
    public class X509Certificate2 : X509Certificate
    {
        public X509Certificate2()
        {
        }

        public X509Certificate2(byte[] rawData)
            : base(rawData)
        {
        }

        public X509Certificate2(string certificate)
            : base(certificate)
        {
        }

        public X509Certificate2(string rawData, string key, string password)
            : this(BytesOf(rawData), BytesOf(key), password)
        {
        }

        public X509Certificate2(byte[] rawData, string key, string password)
            : this(rawData, BytesOf(key), password)
        {
        }

        public X509Certificate2(byte[] rawData, byte[] key, string password)
            : base(rawData)
        {
            if (!string.IsNullOrEmpty(password))
            {
                throw new NotSupportedException("Keys under a password are not emulated.");
            }

            PrivateKey = key;
        }

        public bool HasPrivateKey => PrivateKey != null;

        public byte[] PrivateKey { get; }

        public DateTime NotAfter => GetExpirationDate();

        public DateTime NotBefore => GetEffectiveDate();

        public byte[] RawData => GetRawCertData();
    }
}
