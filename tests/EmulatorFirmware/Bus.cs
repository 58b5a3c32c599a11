using System;
using System.Device.I2c;
using nanoFramework.Hardware.Esp32;

namespace SensorNode.EmulatorFirmware
{
    /// <summary>The bus: pins, a good transfer, a missing chip.</summary>
    public static class Bus
    {
        public static void Main()
        {
            try
            {
                new I2cDevice(new I2cConnectionSettings(1, 0x40));
            }
            catch (ArgumentException)
            {
                Console.WriteLine("no pins");
            }

            nanoFramework.Hardware.Esp32.Configuration.SetPinFunction(21, DeviceFunction.I2C1_DATA);
            nanoFramework.Hardware.Esp32.Configuration.SetPinFunction(22, DeviceFunction.I2C1_CLOCK);
            I2cDevice chip = new I2cDevice(new I2cConnectionSettings(1, 0x40, I2cBusSpeed.FastMode));
            byte[] buffer = new byte[] { 9, 9 };
            I2cTransferResult result = chip.WriteRead(new byte[] { 0x10 }, buffer);
            Console.WriteLine(((int)result.Status) + " " + result.BytesTransferred + " " + buffer[0] + " " + buffer[1]);

            I2cDevice nobody = new I2cDevice(new I2cConnectionSettings(1, 0x41));
            buffer[0] = 7;
            result = nobody.Read(buffer);
            Console.WriteLine(((int)result.Status) + " " + result.BytesTransferred + " " + buffer[0] + " " + nobody.ReadByte());
        }
    }
}
