using SensorNode.Configuration;
using SensorNode.Contracts;
using SensorNode.Sparkplug;

namespace SensorNode.Boot
{
    /// <summary>One sentence on each metric, for the full birth of a board with memory for it; the same as in firmware/docs/metrics.md and configuration.md.</summary>
    /// <remarks>Each list is one text, because a switch over its sentences would take 20 bytes of code for each.</remarks>
    public sealed class MetricTexts : IMetricTexts
    {
        // In the order of NodeMetric, from Rebirth on: bdSeq explains itself.
        private const string OfNode =
            "Write true for a new birth message|"
            + "Write true to restart the node|"
            + "Write true to go to the next of mqtt.host|"
            + "Write true for the next window and its spectrum|"
            + "What became of the last command|"
            + "Version of the application|"
            + "Board profile|"
            + "Address of the Wi-Fi station|"
            + "Part name of the accelerometer|"
            + "Output data rate in force|"
            + "Windows captured since boot|"
            + "FIFO overruns since boot|"
            + "Failed transfers since boot|"
            + "Connections made since boot, but for the first|"
            + "Free managed heap|"
            + "Time since boot|"
            + "Why the node started this time|"
            + "Starts since the flash was formatted|"
            + "Records whose delivery is not known|"
            + "Records lost|"
            + "Journal writes since boot|"
            + "Time since the time server was asked|"
            + "By how much the clock was put right last|"
            + "Number of the record|"
            + "True where the time of day was not known then|"
            + "Counts snapshots since boot|"
            + "0 x, 1 y, 2 z|"
            + "Index of the first value of this part|"
            + "One count of the window|"
            + "Part of a window|"
            + "Part of its power spectrum, bin by bin|"
            + "Write true to look again at a release that was refused|"
            + "idle, fetching manifest, fetching, waiting for restart, restarting, on trial|"
            + "Part of the release's payload that is stored|"
            + "Last decision on an application|"
            + "Last decision on a model|"
            + "Applications with a lower one are refused|"
            + "Temperature at the node|"
            + "Rise in an hour|"
            + "none, limit or rate|"
            + "valid, none fitted, or what failed|"
            + "The accelerometer's own temperature|"
            + "Last entry of the event log|"
            + "Write the node's own Sparkplug name to wipe settings, keys and records|"
            + "Write true: the LED blinks, or the console says who it is|"
            + "Write true for Health/Check, with the machine off|"
            + "Verdict on sensor, mounting and signal: good, look or bad, and why|"
            + "Windows since boot that the analysis had no time for";

        // In the order of Metric, from Relearn on.
        private const string OfApplication =
            "Write true to forget the baseline and learn a new one|"
            + "Write true to go on learning from the baseline in force|"
            + "Lower end of the band that velocity is summed over|"
            + "Upper end of the band that velocity is summed over|"
            + "learning, watching or waiting|"
            + "Running windows learned so far|"
            + "none, warning or alarm, after persistence|"
            + "Why the alarm state changed last: axis, band, frequency, deviation|"
            + "Abnormality, doubling per unit; 0 is the node's own threshold|"
            + "True while the machine runs steadily|"
            + "Index of the nearest learned operating state; -1: none|"
            + "ISO 20816-3 zone A to D of the worst axis|"
            + "good, or why the last window does not count|"
            + "Windows since boot that did not count";

        // In the order of Metric's Axis constants; the same for all axes.
        private const string OfAxis =
            "RMS velocity over the velocity band|"
            + "RMS acceleration without its mean|"
            + "Largest deviation from the mean|"
            + "Peak over RMS|"
            + "Fourth moment over the squared second; 3 for noise, 1.5 for a sine|"
            + "Frequency of the strongest line|"
            + "Peak amplitude of the strongest line|"
            + "Log power of equal bands, lowest first|"
            + "Frequency at which the machine's ringing swells and fades: how often a damaged bearing is struck|"
            + "How deep: the line's amplitude over the envelope's mean";

        // In the order of ConfigurationKey.
        private const string OfSettings =
            "Board profile: pins, bus and targets|"
            + "Sparkplug group of the node, for example the plant|"
            + "Sparkplug name of the node; empty: node- and the hardware address|"
            + "Host application the node waits for; empty: none|"
            + "Brokers by name or address, first choice first, separated by commas; each may have :port|"
            + "Port of brokers without one of their own; 0: 8883 with TLS, 1883 without|"
            + "TLS, or plain MQTT said in these words|"
            + "User name at the broker; empty: none|"
            + "Password at the broker; empty: none|"
            + "Longest silence before the node pings the broker|"
            + "File with the CA certificate (PEM); empty: the board's certificate store|"
            + "File with the client certificate (PEM); empty: none|"
            + "File with the client key (PEM); empty: none|"
            + "Accelerometer on the bus|"
            + "Full scale of the accelerometer, one of the chip's|"
            + "Nominal output data rate, one of the chip's|"
            + "Temperature sensor on the bus|"
            + "Alarm above this temperature|"
            + "Alarm above this rise in an hour|"
            + "Samples of one window on each axis|"
            + "Time from window to window; 0: one after the other|"
            + "Running windows the baseline is learned from; below 300 only for trials|"
            + "ISO 20816-3 group and support, for the zones|"
            + "Shortest time between two reports, but for state changes|"
            + "Time after which health and spectrum are reported, changed or not|"
            + "Smallest change of a measurement that is reported|"
            + "Name or address of the SNTP server|"
            + "Records that wait in RAM before they are written; what a power cut may cost|"
            + "Smallest change reported: velocity RMS|"
            + "Smallest change reported: acceleration RMS, strongest line|"
            + "Smallest change reported: acceleration peaks|"
            + "Smallest change reported: crest factor, kurtosis, envelope depth|"
            + "Smallest change reported: temperatures; four times this for their trend|"
            + "Smallest change reported: the detector's score|"
            + "Releases the node fetches and starts: all, those that close a hole, none|"
            + "Always connected, or light or deep sleep between windows|"
            + "Windows from connection to connection of a node that sleeps; an alarm does not wait";

        // Split once: the device searches a long text from its beginning each time, and copies it for each part.
        private readonly string[] _ofNode = OfNode.Split('|');
        private readonly string[] _ofApplication = OfApplication.Split('|');
        private readonly string[] _ofAxis = OfAxis.Split('|');
        private readonly string[] _ofSettings = OfSettings.Split('|');

        /// <inheritdoc/>
        public string OfMetric(int metric)
        {
            if (metric < NodeMetric.Count)
            {
                return _ofNode[metric - NodeMetric.Rebirth];
            }

            return metric < Metric.AxisFirst ? _ofApplication[metric - NodeMetric.Count] : _ofAxis[(metric - Metric.AxisFirst) % Metric.AxisMetricCount];
        }

        /// <inheritdoc/>
        public string OfSetting(int key)
        {
            return _ofSettings[key];
        }
    }
}
