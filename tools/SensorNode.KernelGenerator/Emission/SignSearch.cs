using SensorNode.KernelGenerator.Graph;
using SensorNode.KernelGenerator.Planning;

namespace SensorNode.KernelGenerator.Emission;

/// <summary>
/// Chooses for each value whether it or its negative is computed, so that few outputs need a negation and few constants are needed with
/// both signs. A value that begins with one from the stack has that one's sign; the others are free. Random turns of one or two free
/// values are kept where the result is no worse; the random numbers are fixed, so the same plan gives the same signs.
/// </summary>
internal sealed class SignSearch
{
    private const int Tries = 3000;

    private readonly Plan _plan;
    private readonly HashSet<Node> _onStack;

    private SignSearch(Plan plan)
    {
        _plan = plan;
        _onStack = [.. plan.Steps.Where(s => s.OnStack).Select(s => s.Node)];
    }

    /// <summary>The values of which the negative is to be computed.</summary>
    public static Dictionary<Node, bool> Run(Plan plan)
    {
        var search = new SignSearch(plan);
        Node[] free = [.. plan.Steps.Where(s => !s.Node.IsLeaf && !s.Node.IsOutput).Select(s => s.Node)];
        var turned = new HashSet<Node>();
        int best = search.Evaluate(turned, null);
        var random = new Random(1);
        for (int i = 0; i < Tries && free.Length > 0; i++)
        {
            Node[] changes = [.. Enumerable.Range(0, 1 + random.Next(3)).Select(_ => free[random.Next(free.Length)])];
            foreach (Node node in changes)
                Toggle(turned, node);
            int penalty = search.Evaluate(turned, null);
            if (penalty <= best)
                best = penalty;
            else
            {
                foreach (Node node in changes)
                    Toggle(turned, node);
            }
        }
        var flips = new Dictionary<Node, bool>();
        search.Evaluate(turned, flips);
        return flips;
    }

    private static void Toggle(HashSet<Node> set, Node node)
    {
        if (!set.Remove(node))
            set.Add(node);
    }

    // 100 for each negation, 1 for each negative constant.
    private int Evaluate(HashSet<Node> turned, Dictionary<Node, bool>? result)
    {
        var flips = result ?? [];
        int penalty = 0;
        foreach (Step step in _plan.Steps)
            penalty += Visit(step.Node, step.Left, turned, flips);
        return penalty;
    }

    private int Visit(Node node, int left, HashSet<Node> turned, Dictionary<Node, bool> flips)
    {
        if (node.IsLeaf)
        {
            flips[node] = false;
            return 0;
        }
        int penalty = 0;
        foreach (Term term in node.Terms)
        {
            if (_plan.InlineLeft.TryGetValue(term.Operand, out int inlineLeft) && !flips.ContainsKey(term.Operand))
                penalty += Visit(term.Operand, inlineLeft, turned, flips);
        }
        Term first = node.Terms[left];
        bool firstMinus = first.Minus ^ flips[first.Operand];
        bool wish = node.IsOutput ? node.TargetMinus : turned.Contains(node);
        if (node.Post != 1)
        {
            // Lead with plus; the constant takes the sign.
            flips[node] = wish;
            return penalty + ((node.Post < 0) ^ wish ^ LeadMinus(node, left, flips) ? 1 : 0);
        }
        if (first.Factor != 1)
        {
            flips[node] = wish;
            return penalty + ((first.Factor < 0) ^ firstMinus ^ wish ? 1 : 0);
        }
        if (node.Terms.Count == 1)
        {
            flips[node] = node.IsOutput ? wish : firstMinus;
            return penalty + (node.IsOutput && wish != firstMinus ? 100 : 0);
        }
        bool secondMinus = node.Terms[1 - left].Minus ^ flips[node.Terms[1 - left].Operand];
        if (node.IsOutput)
        {
            flips[node] = wish;
            return penalty + ((firstMinus ^ wish) && (secondMinus ^ wish) ? 100 : 0);
        }
        // Free only if the first operand is no stack value and the operands' signs differ: p - q or q - p.
        bool free = !_onStack.Contains(first.Operand) && firstMinus != secondMinus;
        flips[node] = free ? wish : firstMinus;
        return penalty;
    }

    private static bool LeadMinus(Node node, int left, Dictionary<Node, bool> flips) => node.Terms[left].Minus ^ flips[node.Terms[left].Operand];
}
