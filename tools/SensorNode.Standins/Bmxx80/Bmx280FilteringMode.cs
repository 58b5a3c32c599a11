namespace Iot.Device.Bmxx80.FilteringMode
{
    /// <summary>The filter in the chip.</summary>
    public enum Bmx280FilteringMode : byte
    {
        Off = 0,
        X2 = 1,
        X4 = 2,
        X8 = 3,
        X16 = 4
    }
}
