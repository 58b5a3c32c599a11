using System.Text;
using SensorNode.KernelGenerator.Graph;
using SensorNode.KernelGenerator.Planning;

namespace SensorNode.KernelGenerator.Emission;

/// <summary>Writes a plan as C# statements: names for values on the stack are used once each, names for stored values again and again.</summary>
internal sealed class StatementWriter
{
    private readonly Plan _plan;
    private readonly string _indent;
    private readonly Dictionary<Node, string> _names = [];
    private readonly Dictionary<Node, bool> _flips;
    private readonly SortedDictionary<long, string> _constants = [];
    private readonly StringBuilder _body = new();
    private int _ints;
    private int _longs;

    public StatementWriter(Plan plan, string indent)
    {
        _flips = SignSearch.Run(plan);
        _plan = plan;
        _indent = indent;
        foreach (Node named in plan.Steps.SelectMany(s => s.Node.Terms).Concat(plan.InlineLeft.Keys.SelectMany(n => n.Terms)).Select(t => t.Twiddle).OfType<Node>().Where(n => n.IsNamed))
            _names[named] = named.Load!;
        Write();
    }

    public string Body => _body.ToString();

    /// <summary>Constants as locals to be declared outside the loop: a long constant below 2^32 would be two IL instructions.</summary>
    public IReadOnlyDictionary<long, string> Constants => _constants;

    public int LocalCount => _ints + _longs + _constants.Count;

    /// <summary>Declarations of the names that are used again and again.</summary>
    public IEnumerable<string> Declarations()
    {
        foreach (string line in Declare("int", "i", _ints).Concat(Declare("long", "a", _longs)))
            yield return line;
    }

    private static IEnumerable<string> Declare(string type, string prefix, int count)
    {
        foreach (int[] chunk in Enumerable.Range(0, count).Chunk(24))
            yield return $"{type} {string.Join(", ", chunk.Select(n => prefix + n))};";
    }

    private void Write()
    {
        Dictionary<Node, int> lastUse = LastUses();
        var free = new Dictionary<bool, SortedSet<int>> { [true] = [], [false] = [] };
        var registers = new Dictionary<Node, int>();
        for (int i = 0; i < _plan.Steps.Count; i++)
        {
            Step step = _plan.Steps[i];
            Node node = step.Node;
            string expression = Expression(node, step.Left);
            foreach (Node dead in registers.Keys.Where(n => lastUse[n] == i).OrderBy(n => n.Id).ToArray())
            {
                free[dead.IsInt].Add(registers[dead]);
                registers.Remove(dead);
            }
            string left;
            if (node.IsOutput)
                left = node.Target!;
            else if (step.OnStack)
            {
                _names[node] = "s" + node.Id;
                left = (node.IsInt ? "int " : "long ") + _names[node];
            }
            else
            {
                SortedSet<int> pool = free[node.IsInt];
                int register;
                if (pool.Count > 0)
                {
                    register = pool.Min;
                    pool.Remove(register);
                }
                else
                    register = node.IsInt ? _ints++ : _longs++;
                registers[node] = register;
                left = _names[node] = (node.IsInt ? "i" : "a") + register;
            }
            _body.Append(_indent).Append(left).Append(" = ").Append(expression).Append(";\n");
        }
    }

    private Dictionary<Node, int> LastUses()
    {
        var last = new Dictionary<Node, int>();
        for (int i = 0; i < _plan.Steps.Count; i++)
            Mark(_plan.Steps[i].Node, i);
        return last;

        void Mark(Node node, int at)
        {
            foreach (Term term in node.Terms)
            {
                last[term.Operand] = at;
                if (term.Twiddle != null)
                    last[term.Twiddle] = at;
                if (IsInlined(term.Operand))
                    Mark(term.Operand, at);
            }
        }
    }

    private bool IsInlined(Node node) => _plan.InlineLeft.ContainsKey(node);

    /// <summary>Text of a node's value, or of its negative where the sign search says so.</summary>
    private string Expression(Node node, int left)
    {
        if (node.IsLeaf)
            return (node.Converts ? "(long)" : "") + node.Load;
        bool flip = _flips[node];
        Term first = node.Terms[left];
        Term? second = node.Terms.Count == 2 ? node.Terms[1 - left] : null;
        bool firstMinus = first.Minus ^ _flips[first.Operand];
        bool secondMinus = second != null && second.Minus ^ _flips[second.Operand];
        // The sum is written so that it begins with plus where that is possible; a constant behind it takes the sign.
        bool sumFlip = node.Post != 1 ? firstMinus : flip;
        string text = Sum(first, firstMinus ^ sumFlip, second, secondMinus ^ sumFlip);
        bool single = second == null;
        if (node.Converts)
        {
            text = single ? "(long)" + text : $"(long)({text})";
            single = true;
        }
        if (node.PreShift != 0)
        {
            text = (single ? text : $"({text})") + " >> " + node.PreShift;
            single = false;
        }
        if (node.Post != 1)
            text = (single ? text : $"({text})") + " * " + Constant(sumFlip ^ flip ? -node.Post : node.Post);
        if (node.Shift != 0)
            text = (single || node.Post != 1 ? text : $"({text})") + " >> " + node.Shift;
        return text;
    }

    private string Sum(Term first, bool firstMinus, Term? second, bool secondMinus)
    {
        string firstText = Operand(first.Operand);
        if (second == null)
            return first.Factor != 1 ? Factored(first, firstText, firstMinus) : (firstMinus ? "-" : "") + Factored(first, firstText, false);
        string secondText = Operand(second.Operand);
        if (first.Factor == 1 && firstMinus && !secondMinus)
            return Factored(second, secondText, false) + " - " + Factored(first, firstText, false);
        string text = first.Factor == 1 ? (firstMinus ? "-" : "") + Factored(first, firstText, false) : Factored(first, firstText, firstMinus);
        bool minus = secondMinus ^ second.Factor < 0;
        return text + (minus ? " - " : " + ") + Factored(second, secondText, second.Factor < 0);
    }

    private string Factored(Term term, string text, bool minus)
    {
        if (term.Twiddle != null)
            return text + " * " + _names[term.Twiddle];
        return term.Factor == 1 ? text : text + " * " + Constant(minus ? -term.Factor : term.Factor);
    }

    private string Operand(Node node)
    {
        if (!IsInlined(node))
            return _names[node];
        string text = Expression(node, _plan.InlineLeft[node]);
        return node.IsLeaf && !node.Converts ? text : node.Converts ? text : "(" + text + ")";
    }

    private string Constant(long value)
    {
        if (!_constants.TryGetValue(value, out string? name))
            _constants[value] = name = (value < 0 ? "n" : "c") + Math.Abs(value);
        return name;
    }
}
