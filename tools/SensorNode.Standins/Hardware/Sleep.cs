namespace nanoFramework.Hardware.Esp32
{
    /// <summary>Why the board woke: never by a timer, since no emulated board sleeps.</summary>
    public class Sleep
    {
        public enum WakeupCause
        {
            Undefined = 0,
            Ext0 = 2,
            Ext1 = 3,
            Timer = 4,
            TouchPad = 5,
            Ulp = 6,
            Gpio = 7,
            Uart = 8,
            Wifi = 9,
            CoCpu = 10,
            CoCpuTrapTrig = 11,
            Bt = 12
        }

        public static WakeupCause GetWakeupCause() => WakeupCause.Undefined;
    }
}
