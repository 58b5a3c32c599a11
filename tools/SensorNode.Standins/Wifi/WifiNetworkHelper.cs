using System;
using System.Device.Wifi;
using System.Threading;
using SensorNode.Standins;

namespace nanoFramework.Networking
{
    /// <summary>Waits for Wi-Fi, or brings it up with given credentials. Any credentials are right.</summary>
    /// <remarks>As on the device: Reconnect and SetupNetworkHelper without a name only wait for what the platform does by itself, and Disconnect ends only what this class has begun.</remarks>
    public static class WifiNetworkHelper
    {
        private const long LongestMs = 60_000;

        private static Helper Mine => NodeRuntime.Own<Helper>();

        public static ManualResetEvent NetworkReady => Mine.Ready;

        public static NetworkHelperStatus Status
        {
            get => Mine.Status;
            private set => Mine.Status = value;
        }

        public static Exception HelperException
        {
            get => Mine.Exception;
            private set => Mine.Exception = value;
        }

        public static WifiAdapter WifiAdapter => WifiAdapter.FindAllAdapters()[0];

        public static void SetupNetworkHelper(bool requiresDateTime = false)
        {
            Begin();
            new Thread(() => Connect(requiresDateTime, CancellationToken.None)).Start();
        }

        public static void SetupNetworkHelper(string ssid, string password, WifiReconnectionKind reconnectionKind = WifiReconnectionKind.Automatic, bool requiresDateTime = false)
        {
            Hold(false);
            SetupNetworkHelper(requiresDateTime);
        }

        public static void Disconnect()
        {
            NodeRuntime.Enter();
            if (Mine.HasConnected)
            {
                NodeRuntime.Platform.Process.TurnRadioOff();
                Hold(true);
            }
        }

        public static bool ConnectDhcp(string ssid, string password, WifiReconnectionKind reconnectionKind = WifiReconnectionKind.Automatic, bool requiresDateTime = false, int wifiAdapterId = 0, CancellationToken token = default)
        {
            Begin();
            Hold(false);
            return Connect(requiresDateTime, token);
        }

        public static bool ScanAndConnectDhcp(string ssid, string password, WifiReconnectionKind reconnectionKind = WifiReconnectionKind.Automatic, bool requiresDateTime = false, int WifiAdapter = 0, CancellationToken token = default) =>
            ConnectDhcp(ssid, password, reconnectionKind, requiresDateTime, WifiAdapter, token);

        public static bool Reconnect(bool requiresDateTime = false, int wifiAdapterId = 0, CancellationToken token = default)
        {
            Begin();
            Status = NetworkHelperStatus.Reconnecting;
            return Connect(requiresDateTime, token);
        }

        public static void Reset()
        {
            NodeRuntime.Enter();
            Mine.IsInUse = false;
            Status = NetworkHelperStatus.None;
            HelperException = null;
            Mine.Ready.Reset();
        }

        /// <summary>The helper serves one caller until it is reset.</summary>
        private static void Begin()
        {
            NodeRuntime.Enter();
            if (Mine.IsInUse)
            {
                throw new InvalidOperationException("The helper is in use; call Reset first.");
            }

            Mine.IsInUse = true;
            Status = NetworkHelperStatus.Started;
        }

        private static void Hold(bool isDown)
        {
            WifiStation.Hold(isDown);
            Mine.HasConnected = !isDown;
        }

        private static bool Connect(bool requiresDateTime, CancellationToken token)
        {
            long endMs = global::System.Environment.TickCount64 + LongestMs;
            while (!WifiStation.IsUp)
            {
                if (token.IsCancellationRequested || global::System.Environment.TickCount64 >= endMs)
                {
                    return Fail(NetworkHelperStatus.TokenExpiredWaitingIPAddress);
                }

                Thread.Sleep(100);
            }

            if (requiresDateTime && !WaitForTime(token, endMs))
            {
                return Fail(NetworkHelperStatus.TokenExpiredWaitingDateTime);
            }

            Status = NetworkHelperStatus.NetworkIsReady;
            Mine.Ready.Set();
            return true;
        }

        private static bool WaitForTime(CancellationToken token, long endMs)
        {
            if (!Sntp.IsStarted)
            {
                Sntp.Start();
            }

            while (DateTime.UtcNow.Year < 2021)
            {
                if (token.IsCancellationRequested || global::System.Environment.TickCount64 >= endMs)
                {
                    return false;
                }

                Thread.Sleep(100);
            }

            return true;
        }

        private static bool Fail(NetworkHelperStatus status)
        {
            Status = status;
            return false;
        }

        private sealed class Helper
        {
            public readonly ManualResetEvent Ready = new(false);
            public bool IsInUse;
            public bool HasConnected;
            public NetworkHelperStatus Status;
            public Exception Exception;
        }
    }
}
