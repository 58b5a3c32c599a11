using SensorNode.KernelGenerator.Graph;

namespace SensorNode.KernelGenerator.Planning;

/// <summary>The decisions that <see cref="Planner"/> works with, one number a node.</summary>
/// <remarks>
/// With these keys, in the order of the nodes, every butterfly and rotation between the first loads and the outputs takes one input from the
/// stack and leaves one there, which is all that is possible; a random search over the keys found nothing better.
/// </remarks>
internal static class PlanKeys
{
    public static int[] Start(IReadOnlyList<Node> nodes)
    {
        var keys = new int[nodes.Count];
        for (int i = 0; i < keys.Length; i++)
            keys[i] = (i << 5) | 4;
        return keys;
    }

    /// <summary>Keys with which every value that is used twice is stored, for comparison.</summary>
    public static int[] WithoutStack(IReadOnlyList<Node> nodes)
    {
        var keys = new int[nodes.Count];
        for (int i = 0; i < keys.Length; i++)
            keys[i] = (i << 5) | 8;
        return keys;
    }
}
