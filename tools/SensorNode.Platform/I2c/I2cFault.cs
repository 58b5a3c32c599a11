namespace SensorNode.Platform;

/// <summary>What the wire does to one transfer.</summary>
public enum I2cFault
{
    /// <summary>Nothing: the chip is asked.</summary>
    None = 0,

    /// <summary>The address is not acknowledged; the chip sees nothing.</summary>
    AddressNotAcknowledged = 1,

    /// <summary>The clock is held until the time-out; the chip sees nothing.</summary>
    ClockStretchTimeout = 2,

    /// <summary>The chip does its part, then an acknowledge is lost: the transfer fails although the chip's state has moved on.</summary>
    PartialTransfer = 3,

    /// <summary>The chip does its part, the data line is stuck: the transfer succeeds and the bytes read are the fault's.</summary>
    StuckData = 4
}
