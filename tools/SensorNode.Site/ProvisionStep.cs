namespace SensorNode.Site;

/// <summary>One step with a node.</summary>
/// <param name="Name">One word; stands in the state file.</param>
/// <param name="Input">What it works with; another input makes it be done again.</param>
/// <param name="Describe">Commands and files, line by line, for --dry-run. Without secrets.</param>
/// <param name="DoAsync">Does it. May be called again after it was cut short.</param>
internal sealed record ProvisionStep(string Name, string Input, Func<IEnumerable<string>> Describe, Func<CancellationToken, Task> DoAsync);
