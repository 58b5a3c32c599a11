namespace SensorNode.Simulation;

/// <summary>How one run went.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="Days">Its length.</param>
/// <param name="Findings">What was wrong, or nothing.</param>
/// <param name="Log">What was done to the plant, one line each.</param>
/// <param name="Births">Births heard.</param>
/// <param name="Records">Different records heard.</param>
/// <param name="Repeats">Records heard again.</param>
/// <param name="Cuts">Power cuts.</param>
public sealed record SimulationResult(int Seed, double Days, IReadOnlyList<string> Findings, IReadOnlyList<string> Log, int Births, int Records, int Repeats, int Cuts)
{
    /// <summary>The command that does the same again.</summary>
    public string Command => FormattableString.Invariant($"dotnet run -c Release --project tools/sensornode -- simulate --seed {Seed} --days {Days}");
}
