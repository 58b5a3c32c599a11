namespace SensorNode.Configuration
{
    /// <summary>The brokers of mqtt.host: "first.example, second.example:8884".</summary>
    public sealed class ServerList
    {
        private readonly string[] _servers;
        private readonly int _defaultPort;

        /// <param name="text">A value that <see cref="Check"/> has passed.</param>
        /// <param name="defaultPort">For brokers without a port of their own.</param>
        public ServerList(string text, int defaultPort)
        {
            _servers = text.Split(',');
            _defaultPort = defaultPort;
        }

        /// <summary>How many there are, at least one.</summary>
        public int Count
        {
            get { return _servers.Length; }
        }

        /// <summary>Name or address of one.</summary>
        public string Host(int index)
        {
            string server = _servers[index].Trim();
            int colon = server.IndexOf(':');
            return colon < 0 ? server : server.Substring(0, colon);
        }

        /// <summary>Port of one.</summary>
        public int Port(int index)
        {
            string server = _servers[index].Trim();
            int colon = server.IndexOf(':');
            return colon >= 0 && DecimalNumber.TryParse(server.Substring(colon + 1), out int port) ? port : _defaultPort;
        }

        /// <summary>Null where a text is such a list; otherwise why not, and what would be right.</summary>
        public static string Check(string text)
        {
            string[] servers = text.Split(',');
            for (int i = 0; i < servers.Length; i++)
            {
                string server = servers[i].Trim();
                int colon = server.IndexOf(':');
                string host = colon < 0 ? server : server.Substring(0, colon);
                if (host.Length == 0 || host.IndexOf(' ') >= 0 || host.IndexOf('/') >= 0)
                {
                    return Words.Quote(server) + " is no broker; a broker is 'name' or 'name:port', and a comma stands between two";
                }

                if (colon >= 0 && (!DecimalNumber.TryParse(server.Substring(colon + 1), out int port) || port < 1 || port > 65535))
                {
                    return Words.Quote(server) + " has no port from 1 to 65535 behind its colon";
                }
            }

            return null;
        }
    }
}
