using System.Reflection;
using SensorNode.KernelGenerator.Measurement;

namespace SensorNode.Dsp.Tests;

/// <summary>The firmware's assembly as it is compiled for the device, bound to delegates.</summary>
internal static class Firmware
{
    private static readonly string _configuration = Path.GetFileName(Path.GetDirectoryName(typeof(Firmware).Assembly.Location))!;

    public static readonly string Root = FindRoot();

    public static readonly CountedAssembly Counted = new(Path.Combine(Root, "artifacts/bin/SensorNode.Dsp", _configuration, "SensorNode.Dsp.dll"));

    public static Type Type(string name) => Counted.Assembly.GetType("SensorNode.Dsp." + name, throwOnError: true)!;

    public static T Static<T>(string type, string method) where T : Delegate => Type(type).GetMethod(method)!.CreateDelegate<T>();

    private static string FindRoot()
    {
        string? directory = AppContext.BaseDirectory;
        while (directory != null && !File.Exists(Path.Combine(directory, "SensorNode.sln")))
            directory = Path.GetDirectoryName(directory);
        return directory ?? throw new InvalidOperationException("SensorNode.sln was not found above " + AppContext.BaseDirectory);
    }
}

/// <summary>One RealFft of the firmware, with its bins as double.</summary>
internal sealed class FirmwareFft
{
    private readonly object _instance;
    private readonly Action<long[], long[]> _copy;
    private readonly Action<long[], long[], bool> _copyHann;

    public FirmwareFft(int points)
    {
        Type type = Firmware.Type("RealFft");
        Points = points;
        try
        {
            _instance = Activator.CreateInstance(type, points)!;
        }
        catch (TargetInvocationException exception)
        {
            throw exception.InnerException!;
        }
        Transform = type.GetMethod("Transform")!.CreateDelegate<Action<short[]>>(_instance);
        _copy = type.GetMethod("CopySpectrum")!.CreateDelegate<Action<long[], long[]>>(_instance);
        _copyHann = type.GetMethod("CopyHannSpectrum")!.CreateDelegate<Action<long[], long[], bool>>(_instance);
        Exponent = (int)type.GetProperty("Exponent")!.GetValue(_instance)!;
    }

    public object Instance => _instance;

    public int Points { get; }

    public int Exponent { get; }

    public Action<short[]> Transform { get; }

    public (double[] Re, double[] Im) Spectrum()
    {
        var re = new long[Points / 2 + 1];
        var im = new long[Points / 2 + 1];
        _copy(re, im);
        return (Scale(re), Scale(im));
    }

    public (double[] Re, double[] Im) HannSpectrum(bool removeMean)
    {
        var re = new long[Points / 2 + 1];
        var im = new long[Points / 2 + 1];
        _copyHann(re, im, removeMean);
        return (Scale(re), Scale(im));
    }

    public long[] HannPower()
    {
        var arrays = (long[][])Firmware.Type("PowerSpectrum").GetMethod("ComputeHann")!.Invoke(null, [_instance])!;
        return [.. arrays.SelectMany(powers => powers).Take(Points / 2 + 1)];
    }

    private double[] Scale(long[] values) => [.. values.Select(v => v * Math.Pow(2, Exponent))];
}
