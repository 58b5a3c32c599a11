using System;
using System.Device.Wifi;
using System.Net.NetworkInformation;
using nanoFramework.Networking;
using nanoFramework.Runtime.Native;
using SensorNode.Contracts;

namespace SensorNode.Esp32
{
    /// <summary>The board's Wi-Fi station with the credentials that nanoff stored, and the time server.</summary>
    /// <remarks>
    /// The platform connects by itself after boot and after a loss, when its stored configuration says so. This class waits for that first and
    /// asks for a connection only when it does not come, or where it has itself ended the one before: the platform then no longer tries.
    /// WifiNetworkHelper is of no use for that: its Reconnect only waits for an address, and its Disconnect knows only connections that it has made.
    /// </remarks>
    public sealed class WifiNetwork : INetwork
    {
        private const int PollMs = 250;
        private const int SelfConnectMs = 10000;
        private const int TimeServerWaitMs = 10000;
        private const int CorrectionWaitMs = 2000;
        private const int ScanWaitMs = 10000;
        private const int CorrectionMsMin = 10;

        private readonly IClock _clock;
        private readonly string _timeServer;
        private WifiAdapter _adapter;
        private bool _isDown;
        private bool _isScanned;

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
                    AskForConnection();
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
                Adapter().Disconnect();
            }
            catch (Exception)
            {
                // The radio is off: there is nothing to take down.
            }
        }

        /// <inheritdoc/>
        public int MeasureSignalDbm()
        {
            int best = 0;
            try
            {
                string ssid = Wireless80211Configuration.GetAllWireless80211Configurations()[0].Ssid;
                _isScanned = false;
                Adapter().AvailableNetworksChanged += OnScanned;
                Adapter().ScanAsync();
                for (int waitedMs = 0; waitedMs < ScanWaitMs && !_isScanned; waitedMs += PollMs)
                {
                    _clock.Sleep(PollMs);
                }

                // Several access points may have the name: the station uses the strongest, as far as one can know.
                WifiAvailableNetwork[] networks = _isScanned ? Adapter().NetworkReport.AvailableNetworks : new WifiAvailableNetwork[0];
                for (int i = 0; i < networks.Length; i++)
                {
                    int dbm = (int)networks[i].NetworkRssiInDecibelMilliwatts;
                    best = networks[i].Ssid == ssid && (best == 0 || dbm > best) ? dbm : best;
                }
            }
            catch (Exception)
            {
                // The radio is busy or off, in several types.
            }

            if (_adapter != null)
            {
                _adapter.AvailableNetworksChanged -= OnScanned;
            }

            return best;
        }

        /// <inheritdoc/>
        public bool SetClockFromNetwork(bool forgets)
        {
            if (forgets)
            {
                Rtc.SetSystemTime(new DateTime(2000, 1, 1));
            }

            Sntp.Server1 = _timeServer;
            if (!Sntp.IsStarted)
            {
                Sntp.Start();
            }

            // It only asks; the answer steps the clock some time later. A clock that is as good as right does not step.
            bool wasSet = _clock.IsUtcSet;
            long startMs = _clock.TickMs;
            long offsetMs = _clock.UtcMs - startMs;
            Sntp.UpdateNow();
            while (_clock.TickMs - startMs < (wasSet ? CorrectionWaitMs : TimeServerWaitMs))
            {
                long stepMs = _clock.UtcMs - _clock.TickMs - offsetMs;
                if (wasSet ? stepMs > CorrectionMsMin || stepMs < -CorrectionMsMin : _clock.IsUtcSet)
                {
                    break;
                }

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

        /// <summary>Connects with the stored name and password. Blocks for up to 20 s, other threads run meanwhile.</summary>
        private void AskForConnection()
        {
            try
            {
                Wireless80211Configuration[] stored = Wireless80211Configuration.GetAllWireless80211Configurations();
                if (stored.Length > 0 && stored[0].Ssid.Length > 0)
                {
                    // Automatic: kept connected from here on, and not written to flash again.
                    Adapter().Connect(stored[0].Ssid, WifiReconnectionKind.Automatic, stored[0].Password);
                }
            }
            catch (Exception)
            {
                // No radio, or it is busy, in several types: the caller sees that there is no address, and tries again later.
            }
        }

        /// <summary>One for life: each that the platform gives is listened to until it is disposed of.</summary>
        private WifiAdapter Adapter()
        {
            return _adapter = _adapter ?? WifiAdapter.FindAllAdapters()[0];
        }

        private void OnScanned(WifiAdapter sender, object e)
        {
            _isScanned = true;
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
