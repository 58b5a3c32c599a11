namespace Iot.Device.Bmxx80
{
    /// <summary>Oversampling.</summary>
    public enum Sampling : byte
    {
        Skipped = 0,
        UltraLowPower = 1,
        LowPower = 2,
        Standard = 3,
        HighResolution = 4,
        UltraHighResolution = 5
    }
}
