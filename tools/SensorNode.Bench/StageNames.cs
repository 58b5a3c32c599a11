namespace SensorNode.Bench;

/// <summary>Which methods of the firmware are the stages of a window.</summary>
internal static class StageNames
{
    internal const string Detector = "detector";
    internal const string Sampling = "sampling";

    internal static readonly IReadOnlyDictionary<string, string> ByMethod = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["SensorNode.Dsp.RealFft::Transform"] = "fft",
        ["SensorNode.Dsp.PowerSpectrum::ComputeHann"] = "power",
        ["SensorNode.Dsp.AxisMoments::Add"] = "moments",
        ["SensorNode.Dsp.BandLevels::Compute"] = "bands",
        ["SensorNode.Dsp.VelocityBand::End"] = "velocity",
        ["SensorNode.Dsp.SpectrumLines::Find"] = "lines",
        ["SensorNode.Dsp.SpectrumLines::OffsetQ10"] = "lines",
        ["SensorNode.Dsp.SpectrumLines::AmplitudeQ8"] = "lines",
        ["SensorNode.Features.FeatureExtractor::Summarise"] = "summary",
        ["SensorNode.Detection.AnomalyDetector::Process"] = Detector,
        ["SensorNode.Acquisition.Sampler::FillWindow"] = Sampling,
    };

    internal static string Meaning(string stage) => stage switch
    {
        "fft" => "real FFT",
        "power" => "Hann window (in frequency), mean removal and power",
        "moments" => "sums for RMS, peak, crest factor, kurtosis and quality",
        "bands" => "band levels",
        "velocity" => "RMS velocity",
        "lines" => "dominant lines, interpolated",
        "summary" => "RMS, crest factor, kurtosis and quality flags",
        _ => stage,
    };
}
