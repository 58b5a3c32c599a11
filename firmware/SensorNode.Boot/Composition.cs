using System;
using SensorNode.Boards;
using SensorNode.Configuration;
using SensorNode.Contracts;
using SensorNode.Drivers;
using SensorNode.Esp32;

namespace SensorNode.Boot
{
    /// <summary>Puts the long-lived parts together for one board and one configuration. Decides nothing else.</summary>
    internal static class Composition
    {
        // A full birth and the packet made of it take 31 KB. Boards have either 90 KB of heap or megabytes.
        private const int FullBirthHeapKilobytes = 1024;

        internal static NodeServices Build(NodeConfiguration configuration, IClock clock, ILog log, IFileStore files, ISystem system)
        {
            string boardName = configuration.Text(ConfigurationKey.Board);
            BoardProfile board = BoardCatalog.Find(boardName);
            if (board == null)
            {
                throw new ArgumentException("node.conf: " + new BoardRules().Refusal(configuration));
            }

            I2cBus bus = new I2cBus(board.I2cBusId, board.I2cDataPin, board.I2cClockPin, board.I2cClockHz);
            NodeServices services = new NodeServices();
            services.BoardName = board.Name;
            services.BoardRules = new BoardRules();
            services.Configuration = configuration;
            services.Clock = clock;
            services.Log = log;
            services.Files = files;
            services.System = system;
            services.NodeName = configuration.Text(ConfigurationKey.SparkplugNode);
            if (services.NodeName.Length == 0)
            {
                services.NodeName = "node-" + services.System.HardwareAddress;
            }

            if (board.HeapKilobytes >= FullBirthHeapKilobytes && configuration.Number(ConfigurationKey.PowerProfile) == ConfigurationSchema.PowerContinuous)
            {
                services.Texts = new MetricTexts();
            }

            services.Panel = new BoardPanel(board.LedPin, board.IsLedOnWhenLow, board.ButtonPin);
            services.Network = new WifiNetwork(clock, configuration.Text(ConfigurationKey.TimeServer));
            services.Link = new MqttLink(files, log);
            services.Accelerometer = BuildAccelerometer(configuration, bus, clock);
            int part = configuration.Number(ConfigurationKey.TemperaturePart);
            services.TemperatureSensor = part == ConfigurationSchema.TemperatureNone
                ? new NoTemperatureSensor()
                : bus.OpenTemperature(part == ConfigurationSchema.TemperatureBmp280);
            return services;
        }

        private static IAccelerometer BuildAccelerometer(NodeConfiguration configuration, I2cBus bus, IClock clock)
        {
            // The two addresses that a board can strap the chip to, and the register and value of its identity.
            switch (configuration.Number(ConfigurationKey.SensorPart))
            {
                case SensorTable.Adxl345: return new Adxl345(bus.OpenRegisters(0x53, 0x1D, 0x00, 0xE5), clock);
                case SensorTable.Lis3dh: return new Lis3dh(bus.OpenRegisters(0x18, 0x19, 0x0F, 0x33), clock);
                case SensorTable.Mpu6500: return new Mpu6500(bus.OpenRegisters(0x68, 0x69, 0x75, 0x70), clock);
                case SensorTable.Kx134: return new Kx134(bus.OpenRegisters(0x1E, 0x1F, 0x13, 0x46), clock);
                default: return new Lsm6dso(bus.OpenRegisters(0x6A, 0x6B, 0x0F, 0x6C), clock);
            }
        }
    }
}
