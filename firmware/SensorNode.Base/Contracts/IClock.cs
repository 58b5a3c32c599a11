namespace SensorNode.Contracts
{
    /// <summary>Time, as firmware sees it. The only source of time outside the adapters.</summary>
    public interface IClock
    {
        /// <summary>Milliseconds since boot, or since the first of the boots that only deep sleep has parted. Never goes back; light sleep makes it step on.</summary>
        long TickMs { get; }

        /// <summary>Milliseconds since 1970-01-01 UTC. Meaningful only while <see cref="IsUtcSet"/>.</summary>
        long UtcMs { get; }

        /// <summary>True once the time of day has come from the network in this boot, or in one that only deep sleep has parted from it.</summary>
        bool IsUtcSet { get; }

        /// <summary>Blocks the calling thread. Sleeps of less than 10 ms may take 10 ms.</summary>
        void Sleep(int milliseconds);
    }
}
