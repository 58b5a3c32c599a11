using System;
using System.Net.NetworkInformation;
using System.Threading;
using nanoFramework.Networking;
using SensorNode.Contracts;

namespace SensorNode.Esp32
{
    /// <summary>The board's Wi-Fi station with the credentials that nanoff stored, and the time server.</summary>
    /// <remarks>
    /// The platform connects by itself after boot and after a loss, when its stored configuration says so. This class waits for that first and
    /// asks for a new connection only when it does not come.
    /// </remarks>
    public sealed class WifiNetwork : INetwork
    {
        private const int PollMs = 250;
        private const int SelfConnectMs = 10000;
        private const int TimeServerWaitMs = 10000;

        private readonly IClock _clock;
        private readonly string _timeServer;
        private bool _isDown;

        public WifiNetwork(IClock clock, string timeServer)
        {
            _clock = clock;
            _timeServer = timeServer;
        }

        /// <inheritdoc/>
        public bool IsUp
        {
            get
            {
                NetworkInterface station = Station();
                return station != null && station.IPv4Address != null && station.IPv4Address != "" && station.IPv4Address != "0.0.0.0";
            }
        }

        /// <inheritdoc/>
        public bool BringUp(int timeoutMs)
        {
            long startMs = _clock.TickMs;
            bool hasAsked = false;
            while (!IsUp)
            {
                long waitedMs = _clock.TickMs - startMs;
                if (waitedMs > timeoutMs)
                {
                    return false;
                }

                if (!hasAsked && (_isDown || waitedMs > SelfConnectMs))
                {
                    hasAsked = true;
                    AskForConnection(timeoutMs - (int)waitedMs);
                }

                _clock.Sleep(PollMs);
            }

            _isDown = false;
            return true;
        }

        /// <inheritdoc/>
        public void TakeDown()
        {
            _isDown = true;
            try
            {
                WifiNetworkHelper.Disconnect();
            }
            catch (Exception)
            {
                // The helper was not asked for this connection, or the radio is off: there is nothing to take down.
            }
        }

        /// <inheritdoc/>
        public bool SetClockFromNetwork()
        {
            Sntp.Server1 = _timeServer;
            if (!Sntp.IsStarted)
            {
                Sntp.Start();
            }

            Sntp.UpdateNow();
            long startMs = _clock.TickMs;
            while (!_clock.IsUtcSet && _clock.TickMs - startMs < TimeServerWaitMs)
            {
                _clock.Sleep(PollMs);
            }

            return _clock.IsUtcSet;
        }

        /// <summary>Hardware address of the station, 12 hex digits in lower case; all zeros where there is none.</summary>
        public static string HardwareAddress()
        {
            NetworkInterface station = Station();
            byte[] address = station != null ? station.PhysicalAddress : new byte[6];
            string digits = "0123456789abcdef";
            char[] text = new char[12];
            for (int i = 0; i < 6; i++)
            {
                text[2 * i] = digits[address[i] >> 4];
                text[2 * i + 1] = digits[address[i] & 15];
            }

            return new string(text);
        }

        /// <summary>Wipes name and password of the access point from the platform's settings.</summary>
        /// <returns>False where the platform did not take it.</returns>
        public static bool ForgetCredentials()
        {
            try
            {
                Wireless80211Configuration[] stored = Wireless80211Configuration.GetAllWireless80211Configurations();
                for (int i = 0; i < stored.Length; i++)
                {
                    stored[i].Ssid = "";
                    stored[i].Password = "";
                    stored[i].Options = Wireless80211Configuration.ConfigurationOptions.Disable;
                    stored[i].SaveConfiguration();
                }

                return true;
            }
            catch (Exception)
            {
                // Several types, none of which says more than that it failed.
                return false;
            }
        }

        private static void AskForConnection(int timeoutMs)
        {
            try
            {
                // The helper refuses a second call until it is reset.
                WifiNetworkHelper.Reset();
                WifiNetworkHelper.Reconnect(false, 0, new CancellationTokenSource(timeoutMs).Token);
            }
            catch (InvalidOperationException)
            {
                // No stored configuration, or the radio is busy: the caller sees that there is no address, and tries again later.
            }
        }

        private static NetworkInterface Station()
        {
            NetworkInterface[] interfaces = NetworkInterface.GetAllNetworkInterfaces();
            for (int i = 0; i < interfaces.Length; i++)
            {
                if (interfaces[i].NetworkInterfaceType == NetworkInterfaceType.Wireless80211)
                {
                    return interfaces[i];
                }
            }

            return null;
        }
    }
}
