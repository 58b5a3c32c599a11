namespace SensorNode.Contracts
{
    /// <summary>The way to the network and the time of day.</summary>
    public interface INetwork
    {
        /// <summary>True while the station has an address.</summary>
        bool IsUp { get; }

        /// <summary>Brings the station up with the stored credentials; may be called again at any time. Blocks for up to the given time.</summary>
        bool BringUp(int timeoutMs);

        /// <summary>Takes the station down before a sleep, in which it cannot keep its connection. BringUp brings it back.</summary>
        void TakeDown();

        /// <summary>Signal of the station's access point, by a scan: for some seconds the radio listens elsewhere, and the connection may suffer. Blocks for up to 10 s.</summary>
        /// <returns>dBm, below 0; 0 where it is not known.</returns>
        int MeasureSignalDbm();

        /// <summary>Asks the time server once, and waits for the clock to be set. Blocks for some seconds at most.</summary>
        /// <param name="forgets">True: the present time of day counts for nothing, and goes; only an answer brings one back.</param>
        /// <returns>True where there is a time of day now. Where there was one before, no answer cannot be told from one that changes nothing.</returns>
        bool SetClockFromNetwork(bool forgets);
    }
}
