using System.Globalization;

namespace SensorNode.Replay;

/// <summary>What the firmware says of one decision.</summary>
/// <param name="Index">From 0 in each row of the plan.</param>
/// <param name="StartFrame">First frame of its first window, in the recording.</param>
/// <param name="IsRunning">The machine-on and steadiness gate.</param>
/// <param name="Gate">Why not: 0 running, 1 standstill, 2 unsteady, 3 bad window.</param>
/// <param name="State">Nearest learned state, -1 without a baseline.</param>
/// <param name="MeanSquareQ16">Mean square deviation in squared standard deviations, Q16.</param>
/// <param name="ScoreQ8">log2 of it relative to the node's own threshold, Q8.</param>
/// <param name="Alarm">0 none, 1 warning, 2 alarm, after persistence.</param>
/// <param name="Reason">Why the alarm stands.</param>
/// <param name="Quality">Bits of the firmware's WindowQuality.</param>
/// <param name="VectorQ8">What the detector saw.</param>
public sealed record Decision(
    int Index, int StartFrame, bool IsRunning, int Gate, int State, long MeanSquareQ16, int ScoreQ8, int Alarm, int Reason, int Quality, short[] VectorQ8)
{
    /// <summary>Squared standard deviations: 1 is usual for a healthy decision.</summary>
    public double Score => MeanSquareQ16 / 65536.0;

    /// <summary>The alarm in words.</summary>
    public string AlarmText => Alarm == 0 ? "none" : Alarm == 1 ? "warning" : "alarm";

    /// <summary>Exact, and at least four significant digits down to the least score there is, 1/65536.</summary>
    public string ScoreText => (MeanSquareQ16 / 65536m).ToString("0.0000####", CultureInfo.InvariantCulture);
}
