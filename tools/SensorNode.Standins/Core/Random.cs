using SensorNode.Standins;

namespace System
{
    /// <summary>The hardware generator: seeds given by firmware are ignored, as on the board. The emulator seeds it for each node.</summary>
    public class Random
    {
        public Random()
        {
        }

        public Random(int seed)
        {
        }

        public virtual int Next() => NodeRuntime.Enter().Random.Next();

        public virtual int Next(int maxValue) => NodeRuntime.Enter().Random.Next(maxValue);

        public virtual double NextDouble() => NodeRuntime.Enter().Random.NextDouble();

        public virtual void NextBytes(byte[] buffer) => NodeRuntime.Enter().Random.NextBytes(buffer);
    }
}
