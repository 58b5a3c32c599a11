using System;
using System.Device.I2c;
using System.Text;
using System.Threading;
using Iot.Device.Bmxx80;
using Iot.Device.Bmxx80.ReadResult;
using nanoFramework.Hardware.Esp32;
using nanoFramework.Networking;

namespace SensorNode.EmulatorFirmware
{
    /// <summary>One after the other: text, time, Wi-Fi, time server, BME280.</summary>
    public static class Parts
    {
        public static void Main()
        {
            byte[] mixed = new byte[] { 0x41, 0xC3, 0xA9, 0xFF, 0x42, 0, 0x43 };
            string text = Encoding.UTF8.GetString(mixed, 0, mixed.Length);
            Console.WriteLine("text " + text.Length + " " + ((int)text[1]) + " " + ((int)text[2]) + " " + Encoding.UTF8.GetBytes("a\0b").Length);

            Console.WriteLine("year " + DateTime.UtcNow.Year);
            Console.WriteLine(new DateTime(2024, 2, 29, 23, 59, 58).AddSeconds(2).ToString("yyyy-MM-dd HH:mm:ss"));
            long before = Environment.TickCount64;
            Thread.Sleep(1);
            Console.WriteLine("sleep " + (Environment.TickCount64 - before));

            Console.WriteLine("wifi " + WifiNetworkHelper.Reconnect(true, 0, new CancellationTokenSource(20000).Token) + " " + (int)WifiNetworkHelper.Status);
            Console.WriteLine("now " + DateTime.UtcNow.ToString("yyyy-MM-dd"));

            nanoFramework.Hardware.Esp32.Configuration.SetPinFunction(21, DeviceFunction.I2C1_DATA);
            nanoFramework.Hardware.Esp32.Configuration.SetPinFunction(22, DeviceFunction.I2C1_CLOCK);
            Bme280 sensor = new Bme280(new I2cDevice(new I2cConnectionSettings(1, 0x76)));
            sensor.TemperatureSampling = Sampling.Standard;
            Bme280ReadResult result = sensor.Read();
            Console.WriteLine("temperature " + result.TemperatureIsValid + " " + (int)(result.Temperature.DegreesCelsius * 100));
            Console.WriteLine("pressure " + result.PressureIsValid + " " + (int)result.Pressure.Hectopascals);
            Console.WriteLine("humidity " + result.HumidityIsValid + " " + (int)result.Humidity.Percent);
        }
    }
}
