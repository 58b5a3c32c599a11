namespace SensorNode.Features
{
    /// <summary>What one axis says, for people. The detector has its own vector.</summary>
    public sealed class AxisFeatures
    {
        /// <summary>Lines looked for.</summary>
        public const int LineCount = 3;

        /// <summary>RMS acceleration without its mean, micro-g.</summary>
        public int AccelerationMicroGRms;

        /// <summary>Largest deviation from the mean, micro-g.</summary>
        public int AccelerationMicroGPeak;

        /// <summary>Peak over RMS, hundredths; 0 for a constant axis.</summary>
        public int CrestFactorCenti;

        /// <summary>Fourth moment over the squared second, hundredths: 300 for noise, 150 for a sine; 0 for a constant axis.</summary>
        public int KurtosisCenti;

        /// <summary>RMS velocity over the velocity band, micrometres a second.</summary>
        public int VelocityMicrometerPerSecondRms;

        /// <summary>Frequencies of the strongest lines, strongest first; 0 where there is none.</summary>
        public readonly int[] LineMilliHz = new int[LineCount];

        /// <summary>Their peak amplitudes, micro-g.</summary>
        public readonly int[] LineMicroG = new int[LineCount];

        /// <summary>Strongest bin of each band.</summary>
        public readonly short[] BandPeakBins = new short[WindowFeatures.BandCount];

        /// <summary>Envelope line: frequency, or 0 where none stands out. Of the last window that <see cref="FeatureExtractor.FindEnvelope"/> was asked for.</summary>
        public int EnvelopeMilliHz;

        /// <summary>Its amplitude over the envelope's mean, 1/1000; 0 where there is none.</summary>
        public int EnvelopeDepthPermille;
    }
}
