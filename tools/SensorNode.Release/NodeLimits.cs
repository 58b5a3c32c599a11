using SensorNode.Storage;
using SensorNode.Update;

namespace SensorNode.Release;

/// <summary>What no node takes, whoever signed it: the sizes of the firmware's own slots.</summary>
public static class NodeLimits
{
    /// <summary>Longest payload of a kind.</summary>
    public static int PayloadBytesMax(int kind) => kind == ReleaseManifest.Model ? UpdateLimits.ModelBytesMax : FlashBudget.SlotSizeBytesMax;

    /// <summary>Judges the sizes of a release.</summary>
    /// <param name="kind"><see cref="ReleaseManifest.Application"/> or <see cref="ReleaseManifest.Model"/>.</param>
    /// <param name="payloadBytes">Of the payload.</param>
    /// <param name="headBytes">Of manifest and signatures.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? Refusal(int kind, int payloadBytes, int headBytes)
    {
        int max = PayloadBytesMax(kind);
        return payloadBytes < 1 || payloadBytes > max ? $"a payload of {payloadBytes} bytes: a node takes 1 to {max} of {(kind == ReleaseManifest.Model ? "a model" : "an application")}"
            : headBytes > UpdateLimits.HeadBytesMax ? $"manifest and signatures have {headBytes} bytes, nodes take {UpdateLimits.HeadBytesMax}; use larger chunks"
            : null;
    }
}
