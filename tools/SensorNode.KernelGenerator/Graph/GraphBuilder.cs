namespace SensorNode.KernelGenerator.Graph;

/// <summary>Makes the nodes of one straight-line block and remembers them in the order of making.</summary>
internal sealed class GraphBuilder
{
    private readonly Dictionary<(int, bool, int, bool), Node> _sums = [];

    public List<Node> Nodes { get; } = [];

    public Value Load(string expression, int cost, bool isInt)
    {
        var node = new Node { Id = Nodes.Count, Load = expression, LoadCost = cost, IsInt = isInt };
        Nodes.Add(node);
        return new Value(node, false);
    }

    /// <summary>A local that is set before the block.</summary>
    public Value Named(string name)
    {
        var node = new Node { Id = Nodes.Count, Load = name, IsNamed = true };
        Nodes.Add(node);
        return new Value(node, false);
    }

    public Value Add(Value a, Value b)
    {
        if (a.Node.Id > b.Node.Id)
            (a, b) = (b, a);
        bool minus = a.Minus;
        var key = (a.Node.Id, false, b.Node.Id, a.Minus != b.Minus);
        if (!_sums.TryGetValue(key, out Node? node))
        {
            node = Make(a.Node.IsInt && b.Node.IsInt, new Term(a.Node, false), new Term(b.Node, a.Minus != b.Minus));
            _sums[key] = node;
        }
        return new Value(node, minus);
    }

    public Value Subtract(Value a, Value b) => Add(a, -b);

    public Complex Add(Complex a, Complex b) => new(Add(a.Re, b.Re), Add(a.Im, b.Im));

    public Complex Subtract(Complex a, Complex b) => new(Subtract(a.Re, b.Re), Subtract(a.Im, b.Im));

    /// <summary>value * factor >> shift.</summary>
    public Value Scale(Value value, long factor, int shift)
    {
        if (factor == 1 && shift == 0)
            return value;
        Node node = Make(false, new Term(value.Node, false, value.Minus ? -factor : factor));
        node.Shift = shift;
        return new Value(node, false);
    }

    /// <summary>value >> shift.</summary>
    public Value Shift(Value value, int shift)
    {
        Node node = Make(false, new Term(value.Node, false));
        node.PreShift = shift;
        return new Value(node, value.Minus);
    }

    /// <summary>(value >> shift) * factor.</summary>
    public Value ShiftAndScale(Value value, int shift, long factor)
    {
        Node node = Make(false, new Term(value.Node, false));
        node.PreShift = shift;
        node.Post = value.Minus ? -factor : factor;
        return new Value(node, false);
    }

    /// <summary>(a * factorA + b * factorB) >> shift.</summary>
    public Value Combine(Value a, long factorA, Value b, long factorB, int shift)
    {
        Node node = Make(false, new Term(a.Node, false, a.Minus ? -factorA : factorA), new Term(b.Node, false, b.Minus ? -factorB : factorB));
        node.Shift = shift;
        return new Value(node, false);
    }

    /// <summary>a * twiddleA + b * twiddleB, or minus.</summary>
    public Value CombineTwiddles(Value a, Value twiddleA, Value b, Value twiddleB)
    {
        return new Value(Make(false, new Term(a.Node, a.Minus ^ twiddleA.Minus, 1, twiddleA.Node), new Term(b.Node, b.Minus ^ twiddleB.Minus, 1, twiddleB.Node)), false);
    }

    public Value ScaleTwiddle(Value a, Value twiddle)
    {
        return new Value(Make(false, new Term(a.Node, a.Minus ^ twiddle.Minus, 1, twiddle.Node)), false);
    }

    public void Output(Value value, string target)
    {
        Node node = value.Node;
        if (node.IsOutput || node.IsLeaf)
            node = Make(node.IsInt, new Term(node, false));
        node.Target = target;
        node.TargetMinus = value.Minus;
    }

    /// <summary>Merges "x = a + b" used only by "y = x * constant >> shift" into one node, drops what nobody uses, and lists the users.</summary>
    public void Finish()
    {
        CountUsers();
        foreach (Node node in Nodes)
        {
            if (node.Terms.Count != 1 || node.Terms[0].Twiddle != null)
                continue;
            Term term = node.Terms[0];
            Node inner = term.Operand;
            if (inner.IsLeaf || inner.Users.Count != 1 || inner.IsOutput || inner.Post != 1 || inner.Shift != 0 || inner.PreShift != 0 || inner.Terms.Any(t => t.HasFactor))
                continue;
            if (node.Post == 1)
                node.Post = term.Minus ? -term.Factor : term.Factor;
            node.Terms.Clear();
            node.Terms.AddRange(inner.Terms);
        }
        CountUsers();
        ChooseTypes();
    }

    /// <summary>Sums of ints stay int until somebody multiplies them, adds them to a long or writes them to an array of longs.</summary>
    private void ChooseTypes()
    {
        var sumIsInt = Nodes.ToDictionary(n => n, n => n.IsLeaf ? n.IsInt : n.Terms.All(t => !t.HasFactor));
        foreach (Node node in Nodes)
            node.IsInt = sumIsInt[node] && node.Post == 1 && node.Shift == 0 && node.PreShift == 0 && !node.IsOutput;
        bool changed = true;
        while (changed)
        {
            changed = false;
            foreach (Node node in Nodes)
            {
                if (sumIsInt[node] && node.Terms.Any(t => !t.Operand.IsInt))
                {
                    sumIsInt[node] = false;
                    node.IsInt = false;
                    changed = true;
                }
                if (node.IsInt && node.Users.Any(u => !sumIsInt[u]))
                {
                    node.IsInt = false;
                    changed = true;
                }
            }
        }
        foreach (Node node in Nodes)
            node.Converts = sumIsInt[node] && !node.IsInt;
    }

    private void CountUsers()
    {
        var live = new HashSet<Node>();
        void Visit(Node node)
        {
            if (!live.Add(node))
                return;
            foreach (Term term in node.Terms)
            {
                Visit(term.Operand);
                if (term.Twiddle != null)
                    Visit(term.Twiddle);
            }
        }
        foreach (Node node in Nodes.Where(n => n.IsOutput))
            Visit(node);
        Nodes.RemoveAll(n => !live.Contains(n));
        foreach (Node node in Nodes)
            node.Users.Clear();
        foreach (Node node in Nodes)
        {
            foreach (Term term in node.Terms)
            {
                term.Operand.Users.Add(node);
                term.Twiddle?.Users.Add(node);
            }
        }
    }

    private Node Make(bool isInt, params Term[] terms)
    {
        var node = new Node { Id = Nodes.Count, IsInt = isInt };
        node.Terms.AddRange(terms);
        Nodes.Add(node);
        return node;
    }
}
