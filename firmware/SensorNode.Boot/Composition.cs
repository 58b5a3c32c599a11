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
        private const int Lsm6dsoAddress = 0x6A;
        private const int Adxl345Address = 0x53;
        private const int Lis3dhAddress = 0x18;
        private const int Mpu6500Address = 0x68;
        private const int Kx134Address = 0x1E;
        private const int Bme280Address = 0x76;

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

            services.Panel = new BoardPanel(board.LedPin, board.IsLedOnWhenLow, board.ButtonPin);
            services.Network = new WifiNetwork(clock, configuration.Text(ConfigurationKey.TimeServer));
            services.Link = new MqttLink(files, log);
            services.Accelerometer = BuildAccelerometer(configuration, bus, clock);
            int part = configuration.Number(ConfigurationKey.TemperaturePart);
            services.TemperatureSensor = part == ConfigurationSchema.TemperatureNone
                ? new NoTemperatureSensor()
                : bus.OpenTemperature(Bme280Address, part == ConfigurationSchema.TemperatureBmp280);
            return services;
        }

        private static IAccelerometer BuildAccelerometer(NodeConfiguration configuration, I2cBus bus, IClock clock)
        {
            switch (configuration.Number(ConfigurationKey.SensorPart))
            {
                case SensorTable.Adxl345: return new Adxl345(bus.OpenRegisters(Adxl345Address), clock);
                case SensorTable.Lis3dh: return new Lis3dh(bus.OpenRegisters(Lis3dhAddress), clock);
                case SensorTable.Mpu6500: return new Mpu6500(bus.OpenRegisters(Mpu6500Address), clock);
                case SensorTable.Kx134: return new Kx134(bus.OpenRegisters(Kx134Address), clock);
                default: return new Lsm6dso(bus.OpenRegisters(Lsm6dsoAddress), clock);
            }
        }
    }
}
