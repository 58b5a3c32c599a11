namespace SensorNode.Contracts
{
    /// <summary>What one connection attempt needs. Built anew for every attempt.</summary>
    public sealed class LinkOptions
    {
        /// <summary>Broker name or address. Resolved anew for every attempt.</summary>
        public string Host;

        /// <summary>TCP port.</summary>
        public int Port;

        /// <summary>TLS 1.2 with verification of the broker's certificate.</summary>
        public bool UseTls;

        /// <summary>File that holds the CA certificate (PEM), or null to use the certificate store of the device.</summary>
        public string CaCertificateFile;

        /// <summary>Files that hold the client certificate and its key (PEM), or null.</summary>
        public string ClientCertificateFile;

        /// <summary>See <see cref="ClientCertificateFile"/>.</summary>
        public string ClientKeyFile;

        /// <summary>MQTT client id, unique at the broker.</summary>
        public string ClientId;

        /// <summary>User name, or null.</summary>
        public string UserName;

        /// <summary>Password, or null.</summary>
        public string Password;

        /// <summary>Keep-alive, in seconds.</summary>
        public int KeepAliveSeconds;

        /// <summary>Topic of the will, or null for no will.</summary>
        public string WillTopic;

        /// <summary>Payload of the will. Every byte is 1 to 127: the client library carries it as a string.</summary>
        public byte[] WillPayload;
    }
}
