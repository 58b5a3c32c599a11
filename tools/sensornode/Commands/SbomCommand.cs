using System.CommandLine;
using System.Globalization;
using SensorNode.Release.Sbom;

namespace SensorNode.Tool.Commands;

/// <summary>sensornode release sbom: a bill of materials of the firmware, or of this tool.</summary>
internal static class SbomCommand
{
    private static readonly Option<string> s_of = new("--of") { Description = "node: firmware, its packages and the runtime; tool: this tool and its packages.", DefaultValueFactory = _ => "node" };
    private static readonly Option<string?> s_version = new("--version") { Description = "Version of the release, for --of node.", HelpName = "VERSION" };
    private static readonly Option<string?> s_runtime = new("--clr-version") { Description = "Version of the runtime image, for --of node.", HelpName = "VERSION" };
    private static readonly Option<string[]> s_files = new("--file") { Description = "File that is released, for its digest; may stand several times.", HelpName = "FILE", DefaultValueFactory = _ => [] };
    private static readonly Option<string?> s_source = new("--source") { Description = "Repository; without it the one around the working folder or this tool.", HelpName = "FOLDER" };
    private static readonly Option<string?> s_time = new("--time") { Description = "Time in the document (UTC), for the same bytes again; without it SOURCE_DATE_EPOCH or now.", HelpName = "TIME" };
    private static readonly Option<string?> s_output = new("--out") { Description = "File to write; without it standard output.", HelpName = "FILE" };

    public static Command Create()
    {
        s_of.AcceptOnlyFromAmong("node", "tool");
        var command = new Command("sbom", """
            Writes a bill of materials (CycloneDX 1.6, JSON) from the pinned packages.
            Examples: sensornode release sbom --version 1.2.3 --clr-version 1.12.4.20 --file app.snr --out sensornode-1.2.3.cdx.json
                      sensornode release sbom --of tool --out sensornode-tool.cdx.json
            """) { s_of, s_version, s_runtime, s_files, s_source, s_time, s_output };
        command.SetAction(parsed => Run(parsed));
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        OutputFile.Check("--out", parsed.GetValue(s_output), parsed.GetValue(s_files)!.Select(file => ("--file", (string?)file)));
        DateTimeOffset time = Time(parsed.GetValue(s_time));
        (SbomComponent root, IReadOnlyList<SbomComponent> parts) = Read(parsed);
        string toolVersion = typeof(SbomCommand).Assembly.GetName().Version!.ToString(3);
        OutputFile.Write("--out", parsed.GetValue(s_output), SbomDocument.Write(root, parts, time, toolVersion));
        return ExitCode.Success;
    }

    private static (SbomComponent Root, IReadOnlyList<SbomComponent> Parts) Read(ParseResult parsed)
    {
        try
        {
            return parsed.GetValue(s_of) == "tool" ? ToolParts.Read(Path.Combine(AppContext.BaseDirectory, "sensornode.deps.json")) : Node(parsed);
        }
        catch (InvalidDataException exception)
        {
            throw new ToolException($"release sbom: {exception.Message}");
        }
    }

    private static (SbomComponent Root, IReadOnlyList<SbomComponent> Parts) Node(ParseResult parsed)
    {
        string[] files = parsed.GetValue(s_files)!;
        foreach ((string option, string? value) in new[] { ("--version", parsed.GetValue(s_version)), ("--clr-version", parsed.GetValue(s_runtime)) })
        {
            if (!Version.TryParse(value, out _))
            {
                throw new ToolException($"release sbom: {option} {value}: two to four numbers with dots are expected", ExitCode.Usage);
            }
        }

        foreach (string file in files)
        {
            InputFile.ReadBytes(file, "--file", "give a file that is released", ExitCode.Usage);
        }

        return NodeParts.Read(Repository(parsed.GetValue(s_source)), parsed.GetValue(s_version)!, parsed.GetValue(s_runtime)!, files);
    }

    private static string Repository(string? named)
    {
        foreach (string start in named != null ? [named] : new[] { Environment.CurrentDirectory, AppContext.BaseDirectory })
        {
            for (string? folder = Path.GetFullPath(start); folder != null; folder = named != null ? null : Path.GetDirectoryName(folder))
            {
                if (File.Exists(Path.Combine(folder, "SensorNode.sln")))
                {
                    return folder;
                }
            }
        }

        throw new ToolException($"release sbom: there is no SensorNode.sln in {named ?? "the working folder or above"}; give the repository by --source FOLDER", ExitCode.Usage);
    }

    private static DateTimeOffset Time(string? asked)
    {
        if (asked != null)
        {
            return DateTimeOffset.TryParse(asked, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
                ? time : throw new ToolException($"release sbom: --time {asked}: a time such as 2026-01-31T12:00:00Z is expected", ExitCode.Usage);
        }

        return long.TryParse(Environment.GetEnvironmentVariable("SOURCE_DATE_EPOCH"), NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : DateTimeOffset.UtcNow;
    }
}
