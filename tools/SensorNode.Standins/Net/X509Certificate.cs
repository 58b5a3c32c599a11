using SensorNode.Platform;

namespace System.Security.Cryptography.X509Certificates
{
    /// <summary>A certificate, PEM or DER.</summary>
    public class X509Certificate
    {
        private readonly byte[] _raw;
        private readonly string _issuer;
        private readonly string _subject;
        private readonly DateTime _effective;
        private readonly DateTime _expiration;

        public X509Certificate()
        {
        }

        public X509Certificate(byte[] certificate)
        {
            ArgumentNullException.ThrowIfNull(certificate);
            _raw = certificate;
            CertificateFacts facts = CertificateFacts.Read(certificate);
            _issuer = facts.Issuer;
            _subject = facts.Subject;
            _effective = new DateTime(facts.NotBeforeTicks);
            _expiration = new DateTime(facts.NotAfterTicks);
        }

        public X509Certificate(string certificate)
            : this(BytesOf(certificate))
        {
        }

        public virtual string Issuer => _issuer;

        public virtual string Subject => _subject;

        public virtual DateTime GetEffectiveDate() => _effective;

        public virtual DateTime GetExpirationDate() => _expiration;

        public virtual byte[] GetRawCertData() => _raw;

        private protected static byte[] BytesOf(string text)
        {
            ArgumentNullException.ThrowIfNull(text);
            byte[] bytes = new byte[text.Length];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)text[i];
            }

            return bytes;
        }
    }
}
