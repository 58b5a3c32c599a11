using SensorNode.Configuration;
using SensorNode.Contracts;

namespace SensorNode.Acquisition
{
    /// <summary>Gets the accelerometer going, however long it takes.</summary>
    public static class SensorStart
    {
        private const int SensorTrials = 15;

        /// <summary>Waits until the sensor is there. False where a configuration on trial names one that does not come.</summary>
        public static bool Configure(NodeServices services)
        {
            NodeConfiguration configuration = services.Configuration;
            int rangeG = configuration.Number(ConfigurationKey.SensorRangeG);
            int rateHz = configuration.Number(ConfigurationKey.SensorRateHz);
            SensorStatus status = services.Accelerometer.Configure(rangeG, rateHz);
            int attempts = 0;
            while (status != SensorStatus.Ok)
            {
                services.Log.Write(services.Accelerometer.PartName + ": cannot be configured, status " + ((int)status).ToString());
                attempts++;
                if (services.Settings.IsOnTrial && attempts >= SensorTrials)
                {
                    return false;
                }

                services.Clock.Sleep(attempts < 10 ? 1000 : 60000);
                status = services.Accelerometer.Configure(rangeG, rateHz);
            }

            return true;
        }
    }
}
