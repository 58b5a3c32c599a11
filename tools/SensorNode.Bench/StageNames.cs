namespace SensorNode.Bench;

/// <summary>Which methods of the firmware are the stages of a window.</summary>
internal static class StageNames
{
    internal static readonly Dictionary<string, string> ByMethod = new(StringComparer.Ordinal)
    {
        ["SensorNode.Dsp.RealFft::Transform"] = "fft",
    };
}
