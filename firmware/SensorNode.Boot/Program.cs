using System;
using System.Collections;
using SensorNode.Configuration;
using SensorNode.Contracts;
using SensorNode.Esp32;
using SensorNode.Storage;

namespace SensorNode.Boot
{
    /// <summary>Where the node starts. Reads the configuration, puts the parts together, starts the application, and restarts the board when it ends.</summary>
    public static class Program
    {
        private const string ConfigurationFile = "node.conf";
        private const int RestartDelayMs = 5000;
        private const int FaultReportMs = 60000;

        public static void Main()
        {
            DeviceClock clock = new DeviceClock();
            ConsoleLog log = new ConsoleLog(clock);
            FlashFiles files = new FlashFiles();
            BootRecord boots = new BootRecord(files);
            RestartReason restartReason = boots.Begin();
            log.Write("SensorNode, start " + boots.BootCount.ToString() + ", reason " + ((int)restartReason).ToString());

            NodeConfiguration configuration = ReadConfiguration(files, log, clock);
            RestartReason next = RestartReason.Fault;
            try
            {
                NodeServices services = Composition.Build(configuration, clock, log, files);
                services.RestartReason = restartReason;
                services.BootCount = boots.BootCount;
                next = ApplicationLoader.Load().Run(services);
            }
            catch (Exception e)
            {
                // An exception that leaves Main ends the program without a word and leaves a board that does nothing.
                log.Write("fault: " + e.Message);
                clock.Sleep(RestartDelayMs);
            }

            boots.End(next);
            log.Write("restarting, reason " + ((int)next).ToString());
            new Esp32System().Reboot();
        }

        /// <summary>Reads node.conf. With a fault in it there is nothing right to do but to say so, again and again, to whoever opens the console.</summary>
        private static NodeConfiguration ReadConfiguration(IFileStore files, ILog log, IClock clock)
        {
            ArrayList faults = new ArrayList();
            while (true)
            {
                NodeConfiguration configuration = TryRead(files, faults);
                if (configuration != null)
                {
                    return configuration;
                }

                for (int i = 0; i < faults.Count; i++)
                {
                    log.Write("node.conf: " + (string)faults[i]);
                }

                clock.Sleep(FaultReportMs);
            }
        }

        private static NodeConfiguration TryRead(IFileStore files, ArrayList faults)
        {
            int length = files.Length(ConfigurationFile);
            if (length < 0)
            {
                faults.Clear();
                faults.Add("is missing; copy one to I:\\node.conf");
                return null;
            }

            byte[] bytes = new byte[length > ConfigurationParser.SizeBytesMax ? ConfigurationParser.SizeBytesMax : length];
            if (files.Read(ConfigurationFile, 0, bytes, 0, bytes.Length, out int read) != FileStatus.Ok)
            {
                faults.Clear();
                faults.Add("cannot be read from flash");
                return null;
            }

            return ConfigurationParser.TryParse(bytes, length > read ? length : read, faults);
        }
    }
}
