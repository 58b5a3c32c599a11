namespace SensorNode.Tool.Boards;

/// <summary>A board profile of the firmware, for people and documents.</summary>
/// <param name="Name">Name in node.conf, and of the folder under boards.</param>
/// <param name="NanoffTarget">Image that nanoff flashes.</param>
/// <param name="I2cBusId">Bus of the sensors.</param>
/// <param name="I2cDataPin">GPIO of SDA.</param>
/// <param name="I2cClockPin">GPIO of SCL.</param>
/// <param name="I2cClockHz">Clock of the bus.</param>
/// <param name="LedPin">GPIO of a plain LED, or -1.</param>
/// <param name="ButtonPin">GPIO of a button that pulls it low, or -1.</param>
/// <param name="FlashKilobytes">Flash, in KB.</param>
/// <param name="FileSystemKilobytes">Drive I:, in KB.</param>
/// <param name="HeapKilobytes">Managed heap counted on, in KB.</param>
/// <param name="WindowPointsMax">Longest window.</param>
public sealed record BoardDescription(
    string Name, string NanoffTarget, int I2cBusId, int I2cDataPin, int I2cClockPin, int I2cClockHz, int LedPin, int ButtonPin, int FlashKilobytes, int FileSystemKilobytes, int HeapKilobytes, int WindowPointsMax);
