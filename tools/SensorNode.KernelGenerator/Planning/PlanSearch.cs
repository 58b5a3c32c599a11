using SensorNode.KernelGenerator.Graph;

namespace SensorNode.KernelGenerator.Planning;

/// <summary>Looks for keys that make a cheap plan: random changes of a few keys, kept when the plan is not dearer. Same seed, same plan.</summary>
internal static class PlanSearch
{
    public static int[] Run(IReadOnlyList<Node> nodes, int[]? start, int tries, uint seed)
    {
        uint state = seed * 2654435761u + 12345u;
        int Next(int bound)
        {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            return (int)(state % (uint)bound);
        }
        int[] best = start ?? StartKeys(nodes);
        int bestCost = Planner.Make(nodes, best).Cost;
        var keys = new int[best.Length];
        for (int i = 0; i < tries; i++)
        {
            Array.Copy(best, keys, keys.Length);
            int changes = 1 + Next(4);
            for (int c = 0; c < changes; c++)
            {
                int at = Next(keys.Length);
                keys[at] = Next(2) == 0 ? keys[at] ^ (1 << Next(5)) : Next(1 << 16);
            }
            int cost = Planner.Make(nodes, keys).Cost;
            if (cost > bestCost)
                continue;
            bestCost = cost;
            (best, keys) = (keys, best);
        }
        return best;
    }

    public static int[] StartKeys(IReadOnlyList<Node> nodes)
    {
        var keys = new int[nodes.Count];
        for (int i = 0; i < keys.Length; i++)
            keys[i] = (i << 5) | 4;
        return keys;
    }
}
