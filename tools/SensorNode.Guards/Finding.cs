namespace SensorNode.Guards;

/// <summary>One thing that is wrong.</summary>
/// <param name="Where">File and line ("firmware/X/Y.cs(12)") if known, else the assembly or file.</param>
/// <param name="What">The type, member or entry.</param>
/// <param name="Reason">What breaks, and what to write instead where that is not plain.</param>
public sealed record Finding(string Where, string What, string Reason)
{
    public override string ToString() => $"{Where}: {What}: {Reason}";

    /// <summary>All findings as one text, one a line; empty if there are none.</summary>
    public static string Report(IEnumerable<Finding> findings) => string.Join(Environment.NewLine, findings);
}
