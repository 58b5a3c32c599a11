using System.CommandLine;
using SensorNode.Files;
using SensorNode.Site;
using SensorNode.Tool.Configuration;
using SensorNode.Tool.Provision;

namespace SensorNode.Tool.Commands;

/// <summary>Options and helpers that the commands site and provision share.</summary>
internal static class SiteOptions
{
    public static readonly Option<string> Site = new("--site") { Description = "The site's folder.", HelpName = "FOLDER", Required = true };
    public static readonly Option<string?> Nanoff = new("--nanoff") { Description = "nanoff's program, where it is not on the PATH.", HelpName = "FILE" };
    public static readonly Option<double> BirthTimeout = CommonOptions.Number("--birth-timeout", "How long to wait for the birth, in seconds, 5 to 3600.", "SECONDS", 180, 5, 3600);
    public static readonly Option<bool> NoBirth = new("--no-birth") { Description = "Do not wait for the birth: the broker cannot be reached from here." };

    /// <summary>Longest time of one call of nanoff; the download of a runtime image is in it.</summary>
    private static readonly TimeSpan s_nanoffLimit = TimeSpan.FromMinutes(10);

    /// <summary>Finds nanoff and checks its version.</summary>
    public static async Task<Nanoff> NanoffAsync(ParseResult parsed, CancellationToken cancel)
    {
        var nanoff = new Nanoff(FindNanoff(parsed), s_nanoffLimit);
        await nanoff.CheckVersionAsync(cancel);
        return nanoff;
    }

    public static TimeSpan? BirthLimit(ParseResult parsed) => parsed.GetValue(NoBirth) ? null : TimeSpan.FromSeconds(parsed.GetValue(BirthTimeout));

    /// <summary>What provisioning needs from this tool.</summary>
    public static ProvisionTools Tools(SiteFolder site, FirmwareConfiguration firmware, Nanoff? nanoff) => new()
    {
        Nanoff = nanoff,
        CheckConfiguration = bytes =>
        {
            var faults = new List<string>();
            firmware.TryRead(bytes, faults);
            return faults;
        },
        Listen = (group, node, cancel) => BirthListener.ListenAsync(site, group, node, cancel),
        Say = Console.Error.WriteLine,
        RetryPause = TimeSpan.FromSeconds(double.TryParse(Environment.GetEnvironmentVariable("SENSORNODE_RETRY_PAUSE_S"), out double seconds) ? seconds : 5),
    };

    /// <summary>Runs an action; what a site refuses becomes the tool's one line.</summary>
    public static async Task<int> RunAsync(string command, Func<Task<int>> action)
    {
        try
        {
            return await action();
        }
        catch (Exception exception) when (exception is SiteException or FileException)
        {
            throw new ToolException($"{command}: {exception.Message}");
        }
    }

    private static string FindNanoff(ParseResult parsed) => SensorNode.Site.Nanoff.Find(parsed.GetValue(Nanoff));
}
