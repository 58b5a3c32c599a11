using SensorNode.Emulator;

namespace SensorNode.Interop.Tests;

/// <summary>What a node's link says on its console.</summary>
internal static class LinkLines
{
    /// <summary>Times that it said why there is no connection.</summary>
    public static int FailedAttempts(TextConsole console) =>
        console.Text.Split('\n').Count(line => line.Contains("link: the ", StringComparison.Ordinal) && !line.Contains("link: the time", StringComparison.Ordinal));
}
