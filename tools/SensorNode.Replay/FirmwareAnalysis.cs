using System.Reflection;
using SensorNode.Emulator;

namespace SensorNode.Replay;

/// <summary>The firmware's own features and detector, called in a node's context: the same bits as on the board.</summary>
public sealed class FirmwareAnalysis : IDisposable
{
    private const string AssemblyName = "SensorNode.Analysis";

    private readonly FirmwareSandbox _sandbox = new();
    private readonly object _extractor;
    private readonly object _detector;
    private readonly object _result;
    private readonly Action _begin;
    private readonly Action<short[], short[]?, short[]?, int, int> _addWindow;
    private readonly Func<object> _finish;
    private readonly MethodInfo _process;
    private readonly Action _restart;
    private readonly Func<bool> _finishLearning;
    private readonly Func<int> _learnedWindows;
    private readonly object[] _arguments = new object[3];
    private readonly FieldInfo _quality;
    private readonly Dictionary<string, FieldInfo> _fields;
    private object? _features;

    /// <param name="points">Samples of a window.</param>
    /// <param name="axisCount">1 to 3.</param>
    /// <param name="rateMilliHz">Sampling rate.</param>
    /// <param name="nanoGPerCount">One count.</param>
    /// <param name="averageCount">Windows a decision.</param>
    public FirmwareAnalysis(int points, int axisCount, int rateMilliHz, int nanoGPerCount, int averageCount)
    {
        Assembly analysis = _sandbox.Context.LoadFirmware(AssemblyName);
        Type extractor = analysis.GetType("SensorNode.Features.FeatureExtractor", true)!;
        Type detector = analysis.GetType("SensorNode.Detection.AnomalyDetector", true)!;
        Type result = analysis.GetType("SensorNode.Detection.DetectorResult", true)!;
        int perAxis = (int)analysis.GetType("SensorNode.Features.WindowFeatures", true)!.GetField("PerAxis")!.GetValue(null)!;

        // Recordings do not say where their sensor clips or stops being flat: the ends of 16 bits, and two fifths of the rate.
        _extractor = Activator.CreateInstance(extractor, points, axisCount, rateMilliHz, rateMilliHz / 5 * 2, nanoGPerCount, 32767, averageCount)!;
        _detector = Activator.CreateInstance(detector, axisCount, perAxis, 0)!;
        _result = Activator.CreateInstance(result)!;
        _begin = extractor.GetMethod("Begin")!.CreateDelegate<Action>(_extractor);
        _addWindow = extractor.GetMethod("AddWindow")!.CreateDelegate<Action<short[], short[]?, short[]?, int, int>>(_extractor);
        _finish = extractor.GetMethod("Finish")!.CreateDelegate<Func<object>>(_extractor);
        _process = detector.GetMethod("Process")!;
        _restart = detector.GetMethod("Restart")!.CreateDelegate<Action>(_detector);
        _finishLearning = detector.GetMethod("FinishLearning")!.CreateDelegate<Func<bool>>(_detector);
        _learnedWindows = detector.GetProperty("LearnedWindows")!.GetMethod!.CreateDelegate<Func<int>>(_detector);
        _fields = result.GetFields().ToDictionary(f => f.Name);
        _quality = analysis.GetType("SensorNode.Features.WindowFeatures", true)!.GetField("Quality")!;
    }

    /// <summary>Running windows learned so far.</summary>
    public int LearnedWindows => _learnedWindows();

    /// <summary>Starts a decision.</summary>
    public void Begin() => _begin();

    /// <summary>Takes in one window.</summary>
    public void AddWindow(short[][] channels, int offset) =>
        _addWindow(channels[0], channels.Length > 1 ? channels[1] : null, channels.Length > 2 ? channels[2] : null, offset, 0);

    /// <summary>Ends a decision: learns from it, or judges it.</summary>
    public Decision Decide(int index, int startFrame)
    {
        object features = _finish();
        if (_features == null)
        {
            _features = features;
            _arguments[0] = features.GetType().GetField("VectorQ8")!.GetValue(features)!;
            _arguments[2] = _result;
        }

        int quality = (int)_quality.GetValue(features)!;
        _arguments[1] = quality;
        _process.Invoke(_detector, _arguments);
        return new Decision(
            index,
            startFrame,
            (bool)Get("IsRunning"),
            (int)Get("Gate"),
            (int)Get("State"),
            (long)Get("MeanSquareQ16"),
            (int)Get("ScoreQ8"),
            (int)Get("Alarm"),
            (int)Get("Reason"),
            quality,
            (short[])((short[])_arguments[0]).Clone());
    }

    /// <summary>Forgets gate history, persistence and hysteresis.</summary>
    public void Restart() => _restart();

    /// <summary>Ends learning and freezes the baseline. False: nothing usable was learned.</summary>
    public bool FinishLearning() => _finishLearning();

    /// <inheritdoc/>
    public void Dispose() => _sandbox.Dispose();

    private object Get(string field) => _fields[field].GetValue(_result)!;
}
