using System;
using SensorNode.Platform;
using SensorNode.Standins;

namespace nanoFramework.Hardware.Esp32
{
    /// <summary>Which pin does what. Kept for the life of a boot.</summary>
    public class Configuration
    {
        private static global::System.Collections.Generic.Dictionary<DeviceFunction, int> Pins => NodeRuntime.Own<global::System.Collections.Generic.Dictionary<DeviceFunction, int>>();

        public static void SetPinFunction(int pin, DeviceFunction value)
        {
            NodeRuntime.Enter();
            if (pin is < 0 or > 48)
            {
                throw new ArgumentException("There is no pin " + pin + ".");
            }

            Pins[value] = pin;
        }

        public static int GetFunctionPin(DeviceFunction function)
        {
            NodeRuntime.Enter();
            return Pins.TryGetValue(function, out int pin) ? pin : -1;
        }

        internal static bool IsI2cMapped(int busId) => busId switch
        {
            1 => Pins.ContainsKey(DeviceFunction.I2C1_DATA) && Pins.ContainsKey(DeviceFunction.I2C1_CLOCK),
            2 => Pins.ContainsKey(DeviceFunction.I2C2_DATA) && Pins.ContainsKey(DeviceFunction.I2C2_CLOCK),
            _ => false
        };
    }
}
