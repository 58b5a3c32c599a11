namespace SensorNode.Storage
{
    /// <summary>What an event is about. Numbers lie in flash and never change; what the detail means stands in firmware/docs/storage.md.</summary>
    public static class EventKind
    {
        /// <summary>The node started. Detail: <see cref="Contracts.RestartReason"/>.</summary>
        public const int Start = 1;

        /// <summary>Settings were changed by command. Detail: the first key, and 256 times how many.</summary>
        public const int Settings = 2;

        /// <summary>A release with a wrong or foreign signature was offered. Detail: <see cref="Update.UpdateReason"/>, and 256 times the kind of release.</summary>
        public const int Signature = 3;

        /// <summary>A release with a lower security counter was offered. Detail as for Signature.</summary>
        public const int Rollback = 4;

        /// <summary>The broker refused user, password or client. Detail: 0; 1 where no TLS connection came about, for want of a certificate that both accept.</summary>
        public const int Refused = 5;

        /// <summary>All settings, keys and records were wiped. Detail: <see cref="FactoryReset.ByCommand"/> or <see cref="FactoryReset.ByButton"/>.</summary>
        public const int FactoryReset = 6;

        /// <summary>The accelerometer could not be configured at a start. Detail: <see cref="Contracts.SensorStatus"/>.</summary>
        public const int NoSensor = 7;
    }
}
