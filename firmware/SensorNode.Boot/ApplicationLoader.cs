using System;
using System.Reflection;
using System.Threading;
using SensorNode.Configuration;
using SensorNode.Contracts;
using SensorNode.Link;
using SensorNode.Node;
using SensorNode.Storage;
using SensorNode.Update;

namespace SensorNode.Boot
{
    /// <summary>Finds the application to start: one from a slot, or the factory's. What is decided is in <see cref="SlotLoader"/>; here it is loaded.</summary>
    internal static class ApplicationLoader
    {
        private const string EntryType = "SensorNode.Node.NodeApplication";
        private const int WatchMs = 5000;

        internal delegate void Restart(RestartReason reason);

        /// <summary>Puts update agent and link into the services and gives the application.</summary>
        internal static INodeApplication Load(NodeServices services, Restart restart)
        {
            INodeApplication factory = new NodeApplication();
            IFileStore files = services.Files;
            ISystem system = services.System;
            UpdateSlots application = new UpdateSlots(files, ReleaseManifest.Application);
            UpdateSlots model = new UpdateSlots(files, ReleaseManifest.Model);
            MacKey key = new MacKey(files, system);
            // A release that waits for a quiet moment does not take a wake for one: a trial begins with a start of its own.
            bool mayTry = services.Slept == null && SlotLoader.MayTry(files, services.Configuration.Number(ConfigurationKey.UpdateMode));
            int platform = Platform(factory, system);
            RestartReason reason = services.Slept != null ? RestartReason.Wake : services.RestartReason;
            INodeApplication chosen = LoadFromSlot(new SlotLoader(files, application, key, UpdateLimits.SecurityCounterFloor), services, reason, platform, mayTry);

            // One at a time: else nobody could tell which of the two was at fault.
            byte[] baseline = new SlotLoader(files, model, key, UpdateLimits.SecurityCounterFloor).Begin(
                reason, system.IsTimerWake, 0, mayTry && application.State.Phase < SlotState.Complete);
            services.Update = new UpdateAgent(files, application, model, services.Configuration, VersionOf(factory), platform, system);
            services.Update.Model = baseline;
            services.Update.Events = services.Events;
            services.Link = new UpdateLink(
                services.Link, services.Update, services.Clock, system, services.Log, services.Configuration.Text(ConfigurationKey.SparkplugGroup), services.NodeName);
            if (services.Update.IsOnTrial)
            {
                Watch(services.Update, services.Clock, restart);
            }

            return chosen ?? factory;
        }

        private static INodeApplication LoadFromSlot(SlotLoader loader, NodeServices services, RestartReason reason, int platform, bool mayTry)
        {
            byte[] payload = loader.Begin(reason, services.System.IsTimerWake, platform, mayTry);
            while (payload != null)
            {
                try
                {
                    // By the assembly: Type.GetType would find the deployed one of that name.
                    Type type = Assembly.Load(payload).GetType(EntryType);
                    INodeApplication application = (INodeApplication)type.GetConstructor(new Type[0]).Invoke(new object[0]);
                    services.Log.Write("application " + application.Version + " from I:");
                    return application;
                }
                catch (Exception e)
                {
                    // Damaged, built for another platform, no entry: each throws another type.
                    services.Log.Write("application refused: " + e.Message);
                }

                payload = loader.Refuse() ? loader.Begin(RestartReason.PowerOn, false, platform, false) : null;
            }

            return null;
        }

        /// <summary>Ends a trial whose time is over, with a thread of its own: the release may no longer do anything.</summary>
        private static void Watch(UpdateAgent agent, IClock clock, Restart restart)
        {
            new Thread(() =>
            {
                while (agent.IsOnTrial)
                {
                    clock.Sleep(WatchMs);
                    agent.Judge(clock.TickMs);
                }

                while (agent.IsGoingBack)
                {
                    clock.Sleep(WatchMs);
                    if (agent.IsRestartOverdue(clock.TickMs))
                    {
                        restart(RestartReason.Update);
                    }
                }
            }).Start();
        }

        /// <summary>Changes with every deployment by cable that an application could notice.</summary>
        private static int Platform(INodeApplication factory, ISystem system)
        {
            byte[] versions = new byte[24];
            ByteOrder.PutInt64(versions, 0, UpdateLimits.BaseVersion);
            ByteOrder.PutInt64(versions, 8, system.AssemblyVersion("mscorlib"));
            ByteOrder.PutInt64(versions, 16, VersionOf(factory));
            return Crc32.Compute(versions, 0, versions.Length);
        }

        /// <summary>"1.2.3" as a number that compares.</summary>
        private static long VersionOf(INodeApplication application)
        {
            string[] parts = application.Version.Split('.');
            long version = 0;
            for (int i = 0; i < 4; i++)
            {
                version = version << 16 | (uint)(i < parts.Length ? int.Parse(parts[i]) : 0);
            }

            return version;
        }
    }
}
