namespace System.Device.I2c
{
    /// <summary>Bus clocks: 100 kHz, 400 kHz, 1 MHz.</summary>
    public enum I2cBusSpeed
    {
        StandardMode = 0,
        FastMode = 1,
        FastModePlus = 2
    }
}
