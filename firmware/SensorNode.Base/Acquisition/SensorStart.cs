using SensorNode.Configuration;
using SensorNode.Contracts;
using SensorNode.Storage;

namespace SensorNode.Acquisition
{
    /// <summary>Gets the accelerometer going, or finds that it is not there.</summary>
    public static class SensorStart
    {
        private const int Trials = 5;
        private const int TrialsOfAChange = 15;
        private const int PauseMs = 1000;

        /// <summary>Tries for some seconds, and for longer where a changed configuration may be to blame.</summary>
        /// <returns>False: it does not answer. A node without it still connects, and says so.</returns>
        public static bool Configure(NodeServices services)
        {
            int trials = services.Settings.IsOnTrial ? TrialsOfAChange : Trials;
            SensorStatus status = Try(services);
            for (int i = 1; i < trials && status != SensorStatus.Ok; i++)
            {
                services.Clock.Sleep(PauseMs);
                status = Try(services);
            }

            if (status == SensorStatus.Ok)
            {
                return true;
            }

            services.Log.Write(services.Accelerometer.PartName + ": cannot be configured, status " + ((int)status).ToString());
            services.Events.Add(EventKind.NoSensor, (int)status);
            return false;
        }

        /// <summary>Tries once.</summary>
        public static SensorStatus Try(NodeServices services)
        {
            NodeConfiguration configuration = services.Configuration;
            return services.Accelerometer.Configure(configuration.Number(ConfigurationKey.SensorRangeG), configuration.Number(ConfigurationKey.SensorRateHz));
        }
    }
}
