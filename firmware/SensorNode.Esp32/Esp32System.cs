using System;
using System.Reflection;
using nanoFramework.Hardware.Esp32;
using nanoFramework.Runtime.Native;
using SensorNode.Contracts;

namespace SensorNode.Esp32
{
    /// <summary>The board itself.</summary>
    public sealed class Esp32System : ISystem
    {
        private readonly Random _random = new Random();

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
        public void Reboot()
        {
            Power.RebootDevice();
        }
    }
}
