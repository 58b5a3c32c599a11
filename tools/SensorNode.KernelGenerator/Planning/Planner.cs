using SensorNode.KernelGenerator.Graph;

namespace SensorNode.KernelGenerator.Planning;

/// <summary>
/// Turns a graph into an order of statements. A local read twice costs a store and two loads; but where a statement begins with the value
/// that the one before it left, the compiler keeps the value on the evaluation stack (one dup for two uses). Each butterfly and each
/// rotation has two inputs and two outputs, so at best every one of them takes one input from the stack and leaves one output there.
/// Which, and in which order, is decided by one key a node, see <see cref="PlanKeys"/>.
/// </summary>
internal sealed class Planner
{
    private enum State { None, Busy, Held, Local, Done }

    private readonly IReadOnlyList<Node> _nodes;
    private readonly int[] _keys;
    private readonly State[] _states;
    private readonly int[] _index;
    private readonly List<Step> _steps = [];
    private readonly Dictionary<Node, int> _inlineLeft = [];
    private int _cost;

    private Planner(IReadOnlyList<Node> nodes, int[] keys)
    {
        _nodes = nodes;
        _keys = keys;
        _index = new int[nodes.Max(n => n.Id) + 1];
        for (int i = 0; i < nodes.Count; i++)
            _index[nodes[i].Id] = i;
        _states = [.. nodes.Select(n => n.IsNamed ? State.Local : State.None)];
    }

    public static Plan Make(IReadOnlyList<Node> nodes, int[] keys)
    {
        var planner = new Planner(nodes, keys);
        planner.Run();
        return new Plan(planner._steps, planner._cost, planner._inlineLeft);
    }

    private int Key(Node node) => _keys[_index[node.Id]];

    private State this[Node node]
    {
        get => _states[_index[node.Id]];
        set => _states[_index[node.Id]] = value;
    }

    private void Run()
    {
        int[] order = Enumerable.Range(0, _nodes.Count).ToArray();
        Array.Sort(order, (a, b) => _keys[a] != _keys[b] ? _keys[a].CompareTo(_keys[b]) : a.CompareTo(b));
        foreach (int i in order)
        {
            Node node = _nodes[i];
            if (_states[i] != State.None || (node.Users.Count == 1 && !node.IsOutput))
                continue;
            if (node.IsOutput)
                WriteOutput(node);
            else
            {
                Top(node);
                After(node);
            }
        }
    }

    private void WriteOutput(Node node)
    {
        this[node] = State.Busy;
        foreach (Term term in node.Terms)
            EnsureOperand(term);
        int left = node.Terms.Count == 2 && (Key(node) & 1) != 0 ? 1 : 0;
        Emit(node, left, false, leftOnStack: false);
        _cost += 3;
        this[node] = State.Done;
    }

    /// <summary>Emits what is needed so that the node's value is on top of the stack.</summary>
    private void Top(Node node)
    {
        if (node.IsLeaf)
        {
            Emit(node, 0, true, leftOnStack: false);
            return;
        }
        this[node] = State.Busy;
        foreach (Term term in node.Terms)
        {
            if (term.Twiddle != null)
                EnsureLocal(term.Twiddle);
        }
        int left = ChooseLeft(node);
        Node first = node.Terms[left].Operand;
        Term? other = node.Terms.Count == 2 ? node.Terms[1 - left] : null;
        bool onStack = false;
        if ((Key(node) & 2) != 0 && other != null && Computable(other.Operand))
            EnsureOperand(other);
        if (this[first] == State.None)
        {
            if (first.Users.Count == 1)
            {
                Top(first);
                this[first] = State.Held;
                onStack = true;
            }
            else if (first.Users.Count == 2)
                onStack = TryChain(first, node);
            if (!onStack)
                EnsureLocal(first);
        }
        if (other != null)
            EnsureOperand(other);
        if (onStack)
            this[first] = State.Done;
        Emit(node, left, true, onStack);
    }

    private int ChooseLeft(Node node)
    {
        if (node.Terms.Count == 1)
            return 0;
        bool firstReady = this[node.Terms[0].Operand] != State.None;
        bool secondReady = this[node.Terms[1].Operand] != State.None;
        if (firstReady != secondReady)
            return firstReady ? 1 : 0;
        return (Key(node) & 1) != 0 ? 1 : 0;
    }

    /// <summary>Computes first, gives it to its other user, and leaves it on the stack for this one. False, and nothing done, if the order forbids it.</summary>
    private bool TryChain(Node first, Node node)
    {
        Node sibling = first.Users[0] == node ? first.Users[1] : first.Users[0];
        if (!MayChain(first, sibling) || !ComputableOthers(node, first) || (Key(node) & 4) == 0 && (Key(first) & 4) == 0)
            return false;
        Top(first);
        if (this[sibling] != State.None)
        {
            // Computing first has forwarded it to the sibling already, which cannot have happened with a held operand; store instead.
            this[first] = State.Local;
            _cost++;
            _steps[^1] = _steps[^1] with { OnStack = false };
            return false;
        }
        this[first] = State.Held;
        UseHeld(first, sibling);
        return true;
    }

    /// <summary>Computes user from the held value (a copy stays on the stack) and goes on with the result.</summary>
    private void UseHeld(Node held, Node user)
    {
        this[user] = State.Busy;
        int left = LeftIndex(user, held);
        EnsureOthers(user, left);
        _cost++;
        Emit(user, left, true, leftOnStack: true);
        After(user);
    }

    /// <summary>The value on top of the stack is given to both users at once, or stored.</summary>
    private void After(Node node)
    {
        if (node.Users.Count == 2 && (Key(node) & 8) == 0)
        {
            Node first = node.Users[(Key(node) >> 4) & 1];
            Node second = node.Users[1 - ((Key(node) >> 4) & 1)];
            this[node] = State.Held;
            if (first != second && MayChain(node, first) && MayChain(node, second))
            {
                this[node] = State.Held;
                UseHeld(node, first);
                if (this[second] == State.None && ComputableOthers(second, node))
                {
                    this[second] = State.Busy;
                    int left = LeftIndex(second, node);
                    EnsureOthers(second, left);
                    this[node] = State.Done;
                    Emit(second, left, true, leftOnStack: true);
                    After(second);
                    return;
                }
                throw new InvalidOperationException("A value was left on the stack.");
            }
        }
        this[node] = State.Local;
        _cost++;
        int at = _steps.FindLastIndex(s => s.Node == node);
        _steps[at] = _steps[at] with { OnStack = false };
    }

    private bool MayChain(Node value, Node user) =>
        this[user] == State.None && !user.IsOutput && user.Users.Count >= 2 && LeftIndex(user, value) >= 0 && ComputableOthers(user, value);

    private static int LeftIndex(Node user, Node operand)
    {
        int left = user.Terms.FindIndex(t => t.Operand == operand);
        return user.Terms.Count(t => t.Operand == operand || t.Twiddle == operand) == 1 ? left : -1;
    }

    private bool ComputableOthers(Node user, Node held)
    {
        State saved = this[held];
        this[held] = State.Busy;
        State savedUser = this[user];
        this[user] = State.Busy;
        bool result = user.Terms.All(t => (t.Operand == held || Computable(t.Operand)) && (t.Twiddle == null || Computable(t.Twiddle)));
        this[held] = saved;
        this[user] = savedUser;
        return result;
    }

    private bool Computable(Node node) => this[node] switch
    {
        State.Local => true,
        State.None => node.Terms.All(t => Computable(t.Operand) && (t.Twiddle == null || Computable(t.Twiddle))),
        _ => false,
    };

    private void EnsureOthers(Node user, int left)
    {
        for (int i = 0; i < user.Terms.Count; i++)
        {
            if (i != left)
                EnsureOperand(user.Terms[i]);
            if (user.Terms[i].Twiddle is { } twiddle)
                EnsureLocal(twiddle);
        }
    }

    /// <summary>Makes an operand ready to be written into an expression: a local, or an expression of its own if nobody else uses it.</summary>
    private void EnsureOperand(Term term)
    {
        if (term.Twiddle != null)
            EnsureLocal(term.Twiddle);
        Node node = term.Operand;
        if (node.Users.Count > 1)
            EnsureLocal(node);
        else if (this[node] == State.None)
        {
            this[node] = State.Busy;
            foreach (Term inner in node.Terms)
                EnsureOperand(inner);
            this[node] = State.Done;
            _inlineLeft[node] = 0;
            _cost += ExpressionCost(node, false);
        }
    }

    private void EnsureLocal(Node node)
    {
        if (this[node] == State.Local)
            return;
        if (this[node] != State.None)
            throw new InvalidOperationException($"Node {node.Id} is {this[node]}.");
        Top(node);
        this[node] = State.Local;
        _cost++;
        int at = _steps.FindLastIndex(s => s.Node == node);
        _steps[at] = _steps[at] with { OnStack = false };
    }

    private void Emit(Node node, int left, bool onStack, bool leftOnStack)
    {
        _steps.Add(new Step(node, left, onStack));
        _cost += ExpressionCost(node, leftOnStack);
    }

    /// <summary>IL instructions of a node's expression without its inlined operands and without the store of its value.</summary>
    private static int ExpressionCost(Node node, bool leftOnStack)
    {
        if (node.IsLeaf)
            return node.LoadCost + (node.Converts ? 1 : 0);
        int cost = node.Terms.Count - 1 + (node.Post != 1 ? 2 : 0) + (node.Shift != 0 ? 2 : 0) + (node.PreShift != 0 ? 2 : 0) + (node.Converts ? 1 : 0);
        foreach (Term term in node.Terms)
        {
            cost += term.HasFactor ? 2 : 0;
            cost += term.Operand.Users.Count > 1 ? 1 : 0;
        }
        bool twoUses = leftOnStack && node.Terms.Any(t => t.Operand.Users.Count > 1);
        return cost - (twoUses ? 1 : 0);
    }
}
