namespace SensorNode.Contracts
{
    /// <summary>How one operation on the message link ended.</summary>
    public enum LinkStatus
    {
        /// <summary>Done, or handed to the network.</summary>
        Ok = 0,

        /// <summary>There is no connection.</summary>
        NotConnected = 1,

        /// <summary>The name does not resolve, nobody listens, or the network is away.</summary>
        Unreachable = 2,

        /// <summary>The broker answered, and said no.</summary>
        Refused = 3,

        /// <summary>The broker wants other credentials.</summary>
        NotAuthorized = 4,

        /// <summary>The TLS handshake failed: wrong, expired or unknown certificate, or a wrong clock.</summary>
        TlsFailed = 5,

        /// <summary>No answer in time.</summary>
        TimedOut = 6,

        /// <summary>The queue of unsent messages is full.</summary>
        Busy = 7,

        /// <summary>The connection is there, but the primary host is not.</summary>
        HostOffline = 8,

        /// <summary>The clock was set back; on this connection all times would have to stand still.</summary>
        ClockSetBack = 9
    }
}
