using System;
using System.Reflection;
using System.Threading;
using nanoFramework.Hardware.Esp32;
using nanoFramework.Runtime.Native;
using SensorNode.Contracts;

namespace SensorNode.Esp32
{
    /// <summary>The board itself.</summary>
    public sealed class Esp32System : ISystem
    {
        private readonly Random _random = new Random();
        private readonly DeviceClock _clock;

        public Esp32System(DeviceClock clock)
        {
            _clock = clock;
        }

        /// <inheritdoc/>
        public string HardwareAddress { get; } = WifiNetwork.HardwareAddress();

        /// <inheritdoc/>
        public int MeasureFreeHeapBytes()
        {
            return (int)nanoFramework.Runtime.Native.GC.Run(false);
        }

        /// <inheritdoc/>
        public int Random(int exclusiveMax)
        {
            return _random.Next(exclusiveMax);
        }

        /// <inheritdoc/>
        public bool IsTimerWake
        {
            get { return Sleep.GetWakeupCause() == Sleep.WakeupCause.Timer; }
        }

        /// <inheritdoc/>
        public long AssemblyVersion(string name)
        {
            try
            {
                Version version = Assembly.Load(name).GetName().Version;
                return (long)version.Major << 48 | (long)version.Minor << 32 | (long)version.Build << 16 | (uint)version.Revision;
            }
            catch (Exception)
            {
                // The runtime has no other way to say that it is not there.
                return -1;
            }
        }

        /// <inheritdoc/>
        public bool LightSleep(int milliseconds)
        {
            long utcMs = _clock.UtcMs;
            long tickMs = _clock.TickMs;
            bool hasSlept = Sleep.EnableWakeupByTimer(TimeSpan.FromMilliseconds(milliseconds)) == EspNativeError.OK && Sleep.StartLightSleep() == EspNativeError.OK;
            _clock.PassSleep(utcMs, tickMs);
            return hasSlept;
        }

        /// <inheritdoc/>
        public void DeepSleep(int milliseconds)
        {
            if (Sleep.EnableWakeupByTimer(TimeSpan.FromMilliseconds(milliseconds)) != EspNativeError.OK)
            {
                // A sleep without an end.
                return;
            }

            // Only asks the runtime to end; the board sleeps when no thread runs any more.
            Sleep.StartDeepSleep();
            Thread.Sleep(Timeout.Infinite);
        }

        /// <inheritdoc/>
        public void Reboot()
        {
            Power.RebootDevice();
        }
    }
}
