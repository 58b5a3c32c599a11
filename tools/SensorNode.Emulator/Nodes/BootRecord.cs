using SensorNode.Platform;

namespace SensorNode.Emulator;

/// <summary>How one boot of a node went.</summary>
/// <param name="Number">Counts from 1.</param>
/// <param name="BeganNs">On the timeline.</param>
/// <param name="EndedNs">On the timeline.</param>
/// <param name="Reason">Why it ended.</param>
/// <param name="UncaughtException">What nobody caught, with its stack; null for nothing.</param>
/// <param name="IsWake">It was the end of a deep sleep: the boot before goes on.</param>
public sealed record BootRecord(int Number, long BeganNs, long EndedNs, EndReason Reason, string? UncaughtException, bool IsWake);
