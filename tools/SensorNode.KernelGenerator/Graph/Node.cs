namespace SensorNode.KernelGenerator.Graph;

/// <summary>One summand of a node: plus or minus an operand, times a constant or a loaded twiddle, if any.</summary>
/// <param name="Operand">The value added or subtracted.</param>
/// <param name="Minus">True for subtraction.</param>
/// <param name="Factor">Constant factor; 1 costs nothing. The sign belongs to the factor if it is not 1.</param>
/// <param name="Twiddle">A loaded factor instead of a constant one, or null.</param>
internal sealed record Term(Node Operand, bool Minus, long Factor = 1, Node? Twiddle = null)
{
    public bool HasFactor => Factor != 1 || Twiddle != null;
}

/// <summary>
/// One value of a block: a load from an array, or (((sum of one or two terms) >> PreShift) * Post) >> Shift. Every value used by exactly two others
/// costs a store and two loads, or a single dup if the planner finds an order in which it can wait on the evaluation stack.
/// </summary>
internal sealed class Node
{
    public required int Id { get; init; }
    /// <summary>C# expression that loads an input, or null for a computed value.</summary>
    public string? Load { get; init; }
    /// <summary>IL instructions of the load.</summary>
    public int LoadCost { get; init; }
    /// <summary>Bit width of the value's type: inputs of pass one are int until they are multiplied.</summary>
    public bool IsInt { get; set; }
    public List<Term> Terms { get; } = [];
    /// <summary>Right shift of the sum before it is multiplied by Post, where the product would not fit otherwise.</summary>
    public int PreShift { get; set; }
    public long Post { get; set; } = 1;
    public int Shift { get; set; }
    /// <summary>Nodes that use this value, one entry a use.</summary>
    public List<Node> Users { get; } = [];
    /// <summary>Where the value is written at the end, as "array[index]", if it is an output; at most one place.</summary>
    public string? Target { get; set; }
    public bool TargetMinus { get; set; }

    /// <summary>The value is computed as int and converted to long once, because a user needs long.</summary>
    public bool Converts { get; set; }

    /// <summary>The load is a local that is set before the block.</summary>
    public bool IsNamed { get; init; }

    public bool IsLeaf => Load != null;
    public bool IsOutput => Target != null;
}

/// <summary>A node with a sign: signs travel through the graph and are settled by the consumer at no cost.</summary>
internal readonly record struct Value(Node Node, bool Minus)
{
    public static Value operator -(Value value) => new(value.Node, !value.Minus);
}

/// <summary>A complex value of two signed nodes.</summary>
internal readonly record struct Complex(Value Re, Value Im)
{
    public Complex Conjugate => new(Re, -Im);
    public Complex TimesMinusI => new(Im, -Re);
}
