using SensorNode.Emulator;

namespace SensorNode.Simulation;

/// <summary>The firmware's envelope line of one block size.</summary>
internal sealed class FirmwareEnvelope
{
    private static readonly System.Reflection.Assembly Dsp = new FirmwareSandbox().Context.LoadFirmware("SensorNode.Dsp");

    private readonly object _fft;
    private readonly object _line;
    private readonly System.Reflection.MethodInfo _find;
    private readonly Func<bool> _isFound;
    private readonly Func<int> _lineBinQ10;
    private readonly Func<int> _depthPermille;
    private readonly short[] _work;

    public FirmwareEnvelope(int points)
    {
        Points = points;
        _fft = Activator.CreateInstance(Dsp.GetType("SensorNode.Dsp.RealFft", true)!, points)!;
        Type type = Dsp.GetType("SensorNode.Dsp.EnvelopeLine", true)!;
        _line = Activator.CreateInstance(type)!;
        _find = type.GetMethod("Find")!;
        _isFound = type.GetProperty("IsFound")!.GetMethod!.CreateDelegate<Func<bool>>(_line);
        _lineBinQ10 = type.GetProperty("LineBinQ10")!.GetMethod!.CreateDelegate<Func<int>>(_line);
        _depthPermille = type.GetProperty("DepthPermille")!.GetMethod!.CreateDelegate<Func<int>>(_line);
        _work = new short[points];
    }

    public int Points { get; }

    /// <summary>Frequency in bins of the block, and depth in percent; null where no line stands out.</summary>
    public (double Bin, double DepthPercent)? Find(short[] samples, int firstBin = 0)
    {
        double mean = samples.Average(sample => (double)sample);
        double rms = Math.Sqrt(samples.Average(sample => (sample - mean) * (sample - mean)));
        _find.Invoke(_line, [_fft, samples, _work, firstBin, (int)(rms * 16)]);
        return _isFound() ? (_lineBinQ10() / 1024.0, _depthPermille() / 10.0) : null;
    }

    /// <summary>Rounded to counts.</summary>
    public (double Bin, double DepthPercent)? Find(IEnumerable<double> samples, int firstBin = 0) =>
        Find([.. samples.Select(sample => (short)Math.Clamp(Math.Round(sample), short.MinValue, short.MaxValue))], firstBin);
}
