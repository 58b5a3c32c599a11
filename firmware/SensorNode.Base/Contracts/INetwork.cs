namespace SensorNode.Contracts
{
    /// <summary>The way to the network and the time of day.</summary>
    public interface INetwork
    {
        /// <summary>True while the station has an address.</summary>
        bool IsUp { get; }

        /// <summary>Brings the station up with the stored credentials; may be called again at any time. Blocks for up to the given time.</summary>
        bool BringUp(int timeoutMs);

        /// <summary>Asks the time server once, and sets the clock. Blocks for some seconds at most.</summary>
        bool SetClockFromNetwork();
    }
}
