using System;
using SensorNode.Platform;
using SensorNode.Standins;

namespace nanoFramework.Hardware.Esp32
{
    /// <summary>Light and deep sleep, ended by the timer. The radio goes off in both, and stays off after light sleep until firmware asks for a connection.</summary>
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

        private static Alarm Mine => NodeRuntime.Own<Alarm>();

        public static WakeupCause GetWakeupCause() => NodeRuntime.Enter().IsTimerWake || Mine.HasWoken ? WakeupCause.Timer : WakeupCause.Undefined;

        public static EspNativeError EnableWakeupByTimer(TimeSpan time)
        {
            NodeRuntime.Enter();
            if (time.Ticks <= 0)
            {
                return EspNativeError.INVALID_ARG;
            }

            Mine.AfterNs = time.Ticks * 100;
            return EspNativeError.OK;
        }

        public static EspNativeError StartLightSleep()
        {
            NodePlatform platform = NodeRuntime.Enter();
            long sleepNs = Mine.AfterNs;
            if (sleepNs <= 0)
            {
                return EspNativeError.INVALID_STATE;
            }

            WifiStation.Hold(true);
            platform.Process.TurnRadioOff();
            platform.Scheduler.LightSleep(platform.Process, sleepNs);
            platform.PassSleep(sleepNs);
            Mine.HasWoken = true;
            return EspNativeError.OK;
        }

        /// <summary>Returns on the device, and the board sleeps when the runtime has wound up; here at once.</summary>
        public static void StartDeepSleep()
        {
            NodePlatform platform = NodeRuntime.Enter();
            platform.Process.StartDeepSleep(Mine.AfterNs);
            platform.Scheduler.ThrowIfOff(platform.Process);
        }

        private sealed class Alarm
        {
            public long AfterNs;
            public bool HasWoken;
        }
    }
}
