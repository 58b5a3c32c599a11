namespace Iot.Device.Bmxx80
{
    /// <summary>Pause between two measurements in normal mode.</summary>
    public enum StandbyTime : byte
    {
        Ms0_5 = 0,
        Ms62_5 = 1,
        Ms125 = 2,
        Ms250 = 3,
        Ms500 = 4,
        Ms1000 = 5,
        Ms10 = 6,
        Ms20 = 7
    }
}
