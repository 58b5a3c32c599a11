using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace SensorNode.Site;

/// <summary>Finds and runs nanoff, and judges what came of it.</summary>
/// <param name="program">Full path.</param>
/// <param name="limit">Longest time of one call.</param>
public sealed partial class Nanoff(string program, TimeSpan limit)
{
    /// <summary>Full path.</summary>
    public string Program { get; } = program;

    /// <summary>Finds the program: a file that was named, or nanoff on the PATH.</summary>
    /// <exception cref="SiteException">It is nowhere.</exception>
    public static string Find(string? named)
    {
        if (named != null)
        {
            return File.Exists(named) ? Path.GetFullPath(named) : throw new SiteException($"--nanoff {named}: {(Directory.Exists(named) ? "is a folder" : "there is no such file")}; give nanoff's program");
        }

        string[] names = OperatingSystem.IsWindows() ? ["nanoff.exe"] : ["nanoff"];
        IEnumerable<string> folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.SelectMany(folder => names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists)
            ?? throw new SiteException($"nanoff is not on the PATH; get it by: dotnet tool install -g nanoff --version {NanoffCommand.Version}");
    }

    /// <summary>Refuses any version but the one whose options are known.</summary>
    public async Task CheckVersionAsync(CancellationToken cancel)
    {
        (int code, string output) = await StartAsync(NanoffCommand.ShowVersion().Arguments, cancel);
        string version = VersionNumber().Match(output).Value;
        if (version != NanoffCommand.Version)
        {
            string found = version.Length > 0 ? $"is version {version}" : $"does not say its version (exit code {code})";
            throw new SiteException($"{Program} {found}; {NanoffCommand.Version} is needed: dotnet tool update -g nanoff --version {NanoffCommand.Version} --allow-downgrade");
        }
    }

    /// <summary>Runs a command.</summary>
    /// <param name="command">What to do.</param>
    /// <param name="cancel">Ends nanoff, too.</param>
    /// <returns>Its output, and null or why it failed.</returns>
    public async Task<(string Output, string? Failure)> RunAsync(NanoffCommand command, CancellationToken cancel)
    {
        (int code, string output) = await StartAsync(command.Arguments, cancel);
        return (output, Failure(command, code, output));
    }

    private static string? Failure(NanoffCommand command, int code, string output)
    {
        if (code != 0)
        {
            // Linux and macOS keep eight bits of 4005, so the text counts more than the code.
            Match named = ErrorCode().Match(output);
            string error = named.Success ? named.Value : $"exit code {code}";
            return $"nanoff could not {command.What}: {error}{Hint(error)}";
        }

        string flat = Blanks().Replace(output, " ");
        string? missing = command.Proofs.FirstOrDefault(proof => !flat.Contains(Blanks().Replace(proof, " "), StringComparison.Ordinal));
        return missing == null ? null : $"nanoff could not {command.What}: it ended with success, but did not say '{missing.Trim()}'";
    }

    private static string Hint(string error) => error switch
    {
        "E2000" or "E2001" or "E2002" or "E2003" => ", the runtime on the board does not answer; press its reset button and call again",
        "E4000" or "E4001" or "E4002" or "E4003" or "E4004" => ", the board's boot loader does not do what it should; hold BOOT while it begins, or try another cable",
        "E4005" or "E6000" => ", the serial port cannot be opened; nanoff --listports shows those there are",
        "E6002" => ", another program has the serial port; close Visual Studio's device explorer and terminals",
        "E7000" => ", the board is not what --board says",
        "E9005" => ", there is no such runtime image; nanoff --listtargets --platform esp32 shows those there are",
        "E9007" => ", the runtime image could not be downloaded; --archive FOLDER takes one from nanoff --updatearchive",
        "E9008" => ", the application image is not there",
        _ => "",
    };

    private async Task<(int ExitCode, string Output)> StartAsync(IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false, CreateNoWindow = true };
        var text = new StringBuilder();
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Add(line.Data);
        process.ErrorDataReceived += (_, line) => Add(line.Data);
        try
        {
            process.Start();
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException)
        {
            throw new SiteException($"{Program}: cannot be started: {exception.Message}");
        }

        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        timeout.CancelAfter(limit);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancel.ThrowIfCancellationRequested();
            throw new SiteException($"{Program}: had not ended after {limit.TotalMinutes:0} minutes");
        }

        lock (text)
        {
            return (process.ExitCode, Colours().Replace(text.ToString(), ""));
        }

        void Add(string? line)
        {
            lock (text)
            {
                text.Append(line).Append('\n');
            }
        }
    }

    [GeneratedRegex(@"(?<![\d.])\d+\.\d+\.\d+(?![\d])")]
    private static partial Regex VersionNumber();

    [GeneratedRegex(@"\bE\d{4}\b")]
    private static partial Regex ErrorCode();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"\u001b\[[0-9;?]*[A-Za-z]")]
    private static partial Regex Colours();
}
