namespace Iot.Device.Bmxx80.PowerMode
{
    /// <summary>Sleep, one measurement, or one after the other.</summary>
    public enum Bmx280PowerMode : byte
    {
        Sleep = 0,
        Forced = 2,
        Normal = 3
    }
}
