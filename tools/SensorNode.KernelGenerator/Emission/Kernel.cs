using SensorNode.KernelGenerator.Graph;

namespace SensorNode.KernelGenerator.Emission;

/// <summary>One generated class: its graph, and the text around the straight-line block.</summary>
internal sealed record Kernel(string Name, string Summary, string Parameters, string[] Prologue, string Loop, string[] LoopPrologue, IReadOnlyList<Node> Nodes, params string[] Epilogue);
