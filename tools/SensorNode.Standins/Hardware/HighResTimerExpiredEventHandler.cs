namespace nanoFramework.Hardware.Esp32
{
    public delegate void HighResTimerExpiredEventHandler(HighResTimer sender, object e);
}
