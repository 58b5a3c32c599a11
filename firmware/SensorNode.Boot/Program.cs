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
        private const int RestartDelayMs = 5000;
        private const int FaultReportMs = 60000;

        public static void Main()
        {
            DeviceClock clock = new DeviceClock();
            ConsoleLog log = new ConsoleLog(clock);
            FlashFiles files = new FlashFiles();
            Esp32System system = new Esp32System(clock);
            BootRecord boots = new BootRecord(files);
            RestartReason next = RestartReason.Fault;
            try
            {
                SleepState slept = Wake(system, boots, files, clock);
                RestartReason restartReason = slept != null ? RestartReason.Wake : boots.Begin();
                log.Write("SensorNode, start " + boots.BootCount.ToString() + ", reason: " + RestartReasonText.Of(restartReason));
                ClockFloor floor = new ClockFloor(files);
                EventLog events = new EventLog(files, clock, floor);
                if (slept == null)
                {
                    events.Add(EventKind.Start, (int)restartReason);
                    FinishReset(files, events, log, clock);
                }

                ConfigurationStore settings = new ConfigurationStore(files);
                NodeConfiguration configuration = ReadConfiguration(settings, log, clock);
                NodeServices services = Composition.Build(configuration, clock, log, files, system);
                services.Slept = slept;
                services.Settings = settings;
                services.ClockFloor = floor;
                services.Events = events;
                services.RestartReason = slept != null ? slept.RestartReason : restartReason;
                services.BootCount = boots.BootCount;
                next = ApplicationLoader.Load(services, reason => Restart(boots, log, system, reason)).Run(services);
            }
            catch (Exception e)
            {
                // An exception that leaves Main ends the program without a word and leaves a board that does nothing.
                log.Write("fault: " + e.Message);
                clock.Sleep(RestartDelayMs);
            }

            Restart(boots, log, system, next);
        }

        /// <summary>What was kept through the deep sleep that this start has ended; null for a start of any other kind, and where the node itself had restarted since.</summary>
        private static SleepState Wake(Esp32System system, BootRecord boots, FlashFiles files, DeviceClock clock)
        {
            if (!system.IsTimerWake || boots.Reason != RestartReason.PowerOn)
            {
                return null;
            }

            SleepState slept = new SleepState(files);
            if (!slept.TryOpen())
            {
                return null;
            }

            clock.Continue(slept.WakeTickMs);
            return slept;
        }

        /// <summary>A reset that was asked for comes before everything else; until all is wiped the node does nothing.</summary>
        private static void FinishReset(IFileStore files, EventLog events, ILog log, IClock clock)
        {
            while (FactoryReset.IsAsked(files))
            {
                bool isForgotten = WifiNetwork.ForgetCredentials();
                bool isDone = isForgotten && FactoryReset.Finish(files, events);
                log.Write(isDone ? "factory reset done" : "factory reset: flash failed, trying again");
                if (!isDone)
                {
                    clock.Sleep(FaultReportMs);
                }
            }
        }

        private static void Restart(BootRecord boots, ILog log, ISystem system, RestartReason reason)
        {
            boots.End(reason);
            log.Write("restarting, reason " + ((int)reason).ToString());
            system.Reboot();
        }

        /// <summary>Reads node.conf. With a fault in it there is nothing right to do but to say so, again and again, to whoever opens the console.</summary>
        private static NodeConfiguration ReadConfiguration(ConfigurationStore settings, ILog log, IClock clock)
        {
            ArrayList faults = new ArrayList();
            while (true)
            {
                NodeConfiguration configuration = settings.Load(faults);
                if (settings.Note != null)
                {
                    log.Write("configuration: " + settings.Note);
                }

                if (configuration != null)
                {
                    string refusal = new BoardRules().Refusal(configuration);
                    if (refusal == null)
                    {
                        return configuration;
                    }

                    // What a board can hold is beyond the parser; a start without it would only lead to the next restart.
                    faults.Add(refusal);
                }

                for (int i = 0; i < faults.Count; i++)
                {
                    log.Write("node.conf: " + (string)faults[i]);
                }

                clock.Sleep(FaultReportMs);
            }
        }
    }
}
