using SensorNode.KernelGenerator.Graph;

namespace SensorNode.KernelGenerator.Planning;

/// <summary>One C# statement: computes a node, starting with the term at index Left.</summary>
/// <param name="OnStack">The value stays on the evaluation stack: one or two later statements begin with it.</param>
internal sealed record Step(Node Node, int Left, bool OnStack);

/// <summary>An order of statements with the IL instructions it costs.</summary>
internal sealed record Plan(List<Step> Steps, int Cost, Dictionary<Node, int> InlineLeft);
