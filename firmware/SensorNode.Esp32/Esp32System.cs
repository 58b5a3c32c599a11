using System;
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
        public void Reboot()
        {
            Power.RebootDevice();
        }
    }
}
