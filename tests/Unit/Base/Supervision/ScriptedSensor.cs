using SensorNode.Contracts;

namespace SensorNode.Supervision.Tests
{
    /// <summary>A temperature sensor that says what it is told; as an accelerometer it has none.</summary>
    internal sealed class ScriptedSensor : ITemperatureSensor, IAccelerometer
    {
        internal SensorStatus Status;
        internal int TemperatureCentiC;

        public string PartName
        {
            get { return "script"; }
        }

        public int OutputRateMilliHz
        {
            get { return 0; }
        }

        public int NanoGPerCount
        {
            get { return 0; }
        }

        public int ClipCounts
        {
            get { return 0; }
        }

        public int BandwidthMilliHz
        {
            get { return 0; }
        }

        public int FifoCapacitySamples
        {
            get { return 0; }
        }

        public SensorStatus Read(out int temperatureCentiC)
        {
            temperatureCentiC = TemperatureCentiC;
            return Status;
        }

        public SensorStatus ReadDieTemperature(out int temperatureCentiC)
        {
            temperatureCentiC = 0;
            return SensorStatus.NotSupported;
        }

        public SensorStatus Configure(int rangeG, int outputRateHz)
        {
            return SensorStatus.Ok;
        }

        public SensorStatus Start()
        {
            return SensorStatus.Ok;
        }

        public SensorStatus Stop()
        {
            return SensorStatus.Ok;
        }

        public SensorStatus DrainFifo(short[] xCounts, short[] yCounts, short[] zCounts, int offset, int capacity, out int count)
        {
            count = 0;
            return SensorStatus.Ok;
        }
    }
}
