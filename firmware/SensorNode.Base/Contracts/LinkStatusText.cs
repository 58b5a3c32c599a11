namespace SensorNode.Contracts
{
    /// <summary>Words for people. The device prints an enum as its number.</summary>
    public static class LinkStatusText
    {
        public static string Of(LinkStatus status)
        {
            switch (status)
            {
                case LinkStatus.Ok: return "ok";
                case LinkStatus.NotConnected: return "the connection is gone";
                case LinkStatus.Unreachable: return "the broker cannot be reached";
                case LinkStatus.Refused: return "the broker refused the connection";
                case LinkStatus.NotAuthorized: return "the broker does not accept the credentials";
                case LinkStatus.TlsFailed: return "the TLS handshake failed";
                case LinkStatus.TimedOut: return "the broker did not answer in time";
                case LinkStatus.ClockSetBack: return "the clock was set back";
                case LinkStatus.HostOffline: return "the primary host is not at this broker";
                default: return "too many messages are waiting";
            }
        }
    }
}
