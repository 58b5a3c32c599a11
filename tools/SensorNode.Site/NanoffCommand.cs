namespace SensorNode.Site;

/// <summary>One call of nanoff: the only place that knows its options. Version 2.5.162; version 3 has others.</summary>
/// <param name="What">What it does, in words.</param>
/// <param name="Arguments">Arguments, one by one.</param>
/// <param name="Proofs">Texts that its output must have: exit code 0 alone does not say that files were written.</param>
/// <remarks>Source: Options.cs, Esp32Manager.cs and the deployment managers of nanoFirmwareFlasher, tag v2.5.162. What was found there is in firmware/docs/provisioning.md.</remarks>
public sealed record NanoffCommand(string What, IReadOnlyList<string> Arguments, IReadOnlyList<string> Proofs)
{
    /// <summary>The version whose options these are.</summary>
    public const string Version = "2.5.162";

    // nanoff asks GitHub for a newer version otherwise; a production line may have no internet.
    private const string NoVersionCheck = "--suppressnanoffversioncheck";

    // With more than this nanoff moves the cursor while it flashes, which fails on Windows where a program reads its output.
    private static readonly string[] s_quieter = ["-v", "minimal", NoVersionCheck];

    /// <summary>The command as a person types it: without what only a program needs.</summary>
    public string ByHand => "nanoff " + string.Join(' ', Arguments.Where(argument => !s_quieter.Contains(argument)));

    /// <summary>Prints nanoff's version.</summary>
    public static NanoffCommand ShowVersion() => new("version of nanoff", ["--version"], []);

    /// <summary>Erases the board and flashes the CLR.</summary>
    /// <param name="target">nanoff's name of the runtime image.</param>
    /// <param name="port">Serial port.</param>
    /// <param name="version">Version of the runtime image.</param>
    /// <param name="archive">Folder with images, or null to download.</param>
    public static NanoffCommand Runtime(string target, string port, string version, string? archive) => new(
        "erase the board, flash the runtime",
        ["--update", "--target", target, "--serialport", port, "--fwversion", version, "--masserase", .. archive == null ? Array.Empty<string>() : ["--fromarchive", "--archivepath", archive], .. s_quieter],
        []);

    /// <summary>Flashes the application image, through the CLR, which knows where it goes.</summary>
    /// <remarks>With --target instead, nanoff 2.5.162 takes address 0x1B0000 whatever the runtime's partition table says (nanoframework/Home issue 1835).</remarks>
    public static NanoffCommand Application(string port, string image) =>
        new("flash the application", ["--deploy", "--nanodevice", "--serialport", port, "--image", image, NoVersionCheck], ["Deploying managed application...OK"]);

    /// <summary>Copies files to I:. The port stands in the JSON file.</summary>
    /// <param name="json">The description.</param>
    /// <param name="files">Source and destination of each file in it.</param>
    public static NanoffCommand Files(string json, IEnumerable<(string Source, string Destination)> files) => new(
        "copy files to the board",
        ["--filedeployment", json, NoVersionCheck],
        [.. files.Select(file => $"Deploying file {file.Source} to {file.Destination}...OK")]);

    /// <summary>Sets Wi-Fi. The port stands in the JSON file.</summary>
    public static NanoffCommand Network(string json) =>
        new("set Wi-Fi", ["--networkdeployment", json, NoVersionCheck], ["Updating network configuration...OK", "Updating wireless configuration...OK"]);

    /// <summary>Reads the hardware address, and resets the board after that.</summary>
    public static NanoffCommand DetailsAndReset(string port) =>
        new("read the hardware address, reset the board", ["--platform", "esp32", "--serialport", port, "--devicedetails", NoVersionCheck], ["MAC "]);
}
