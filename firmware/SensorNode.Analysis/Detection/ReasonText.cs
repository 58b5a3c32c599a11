using SensorNode.Features;

namespace SensorNode.Detection
{
    /// <summary>Says in words what raised an alarm, so that a person can act.</summary>
    public static class ReasonText
    {
        /// <summary>For example "sudden change: Z, band 81 to 114 Hz, line at 104.7 Hz, 12.3 sigma".</summary>
        /// <param name="result">Changed to this alarm, or recalled.</param>
        /// <param name="extractor">Knows the bands.</param>
        public static string Of(DetectorResult result, FeatureExtractor extractor)
        {
            if (result.Alarm == AlarmLevel.None)
            {
                return "none";
            }

            int band = result.ReasonBand;
            string text = AlarmReason.Name(result.Reason) + ": " + (result.ReasonAxis == 0 ? "X" : result.ReasonAxis == 1 ? "Y" : "Z");
            if (band < WindowFeatures.BandCount)
            {
                text += ", band " + Tenths(extractor.BandLowMilliHz(band), 100) + " to " + Tenths(extractor.BandLowMilliHz(band + 1), 100) + " Hz, strongest at " + Tenths(result.ReasonMilliHz, 100) + " Hz, ";
            }
            else
            {
                text += ", overall level, ";
            }

            return text + Tenths(result.ReasonSigmaQ4 * 10, 16) + " sigma";
        }

        private static string Tenths(int value, int divisorToTenths)
        {
            int tenths = value / divisorToTenths;
            string sign = tenths < 0 ? "-" : "";
            tenths = tenths < 0 ? -tenths : tenths;
            return sign + (tenths / 10).ToString() + "." + (tenths % 10).ToString();
        }
    }
}
