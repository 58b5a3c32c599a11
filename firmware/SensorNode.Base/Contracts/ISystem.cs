namespace SensorNode.Contracts
{
    /// <summary>The board itself.</summary>
    public interface ISystem
    {
        /// <summary>Free managed heap, in bytes, after a collection. Slow: once a minute at most.</summary>
        int MeasureFreeHeapBytes();

        /// <summary>The station's hardware address, 12 hex digits in lower case.</summary>
        string HardwareAddress { get; }

        /// <summary>A random number from 0 to exclusiveMax - 1, from the board's generator.</summary>
        int Random(int exclusiveMax);

        /// <summary>True where this start is the end of a deep sleep that a timer ended.</summary>
        bool IsTimerWake { get; }

        /// <summary>Version of a deployed assembly: major, minor, build, revision, 16 bits each, major in the highest.</summary>
        /// <returns>-1 where there is none of that name.</returns>
        long AssemblyVersion(string name);

        /// <summary>Stops processor and radio, keeps memory. No thread runs meanwhile, and their waits do not get shorter by it.</summary>
        /// <param name="milliseconds">1 or more.</param>
        /// <returns>False where the board did not sleep.</returns>
        bool LightSleep(int milliseconds);

        /// <summary>Stops everything but a timer, which starts the board again. Memory is lost; the time of day goes on. Returns only where the timer cannot be set.</summary>
        /// <param name="milliseconds">1 or more.</param>
        void DeepSleep(int milliseconds);

        /// <summary>Restarts the board. Does not return.</summary>
        void Reboot();
    }
}
