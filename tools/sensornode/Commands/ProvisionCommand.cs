using System.CommandLine;
using System.Text;
using SensorNode.Release;
using SensorNode.Site;
using SensorNode.Tool.Configuration;
using SensorNode.Tool.Provision;

namespace SensorNode.Tool.Commands;

/// <summary>sensornode provision: a board from the box to its first birth. What it does is in firmware/docs/provisioning.md.</summary>
public static class ProvisionCommand
{
    /// <summary>The flash of the smallest board.</summary>
    private const int ImageBytesMax = 4 * 1024 * 1024;

    private const string RightImage = "give the application image, which the build of SensorNode.Boot.nfproj writes";

    private static readonly Option<string?> s_port = new("--port") { Description = "Serial port of the board.", HelpName = "PORT" };
    private static readonly Option<string?> s_batch = new("--batch") { Description = "Many nodes: a CSV file with the columns port and, if wanted, group, name, location, board, sensor.", HelpName = "FILE" };
    private static readonly Option<string?> s_image = new("--image") { Description = "Application image (.bin), as the build of SensorNode.Boot.nfproj writes it.", HelpName = "FILE" };
    private static readonly Option<string?> s_runtime = new("--clr-version") { Description = "Version of the runtime image that the packages were built for.", HelpName = "VERSION" };
    private static readonly Option<string?> s_archive = new("--archive") { Description = "Folder with runtime images from nanoff --updatearchive, for a line without internet.", HelpName = "FOLDER" };
    private static readonly Option<string?> s_network = new("--ssid") { Description = "Wi-Fi network of the nodes.", HelpName = "NAME" };
    private static readonly Option<string?> s_password = new("--wifi-password-file") { Description = "File with its password.", HelpName = "FILE" };
    private static readonly Option<bool> s_open = new("--open-network") { Description = "The Wi-Fi network has no password." };
    private static readonly Option<string?> s_group = new("--group") { Description = "Sparkplug group; without it the site's first.", HelpName = "NAME" };
    private static readonly Option<string?> s_name = new("--name") { Description = "Name; without it the next of the site's scheme. Goes on with a node that was begun.", HelpName = "NAME" };
    private static readonly Option<string> s_location = new("--location") { Description = "Where it will hang, for inventory and label.", HelpName = "TEXT", DefaultValueFactory = _ => "" };
    private static readonly Option<string> s_board = new("--board") { Description = "Board profile.", HelpName = "NAME", DefaultValueFactory = _ => "esp32-devkitc" };
    private static readonly Option<string?> s_sensor = new("--sensor") { Description = "Accelerometer; without it the firmware's default.", HelpName = "PART" };
    private static readonly Option<string?> s_conf = new("--conf") { Description = "File with further settings for node.conf.", HelpName = "FILE" };
    private static readonly Option<bool> s_request = new("--csr") { Description = "Make a request for an authority that signs elsewhere, instead of a certificate. One of the site's anchors must sign it." };
    private static readonly Option<bool> s_again = new("--again") { Description = "Begin anew with a node that was begun or is in service; its board is erased." };
    private static readonly Option<bool> s_dryRun = new("--dry-run") { Description = "Print every command and file, and touch nothing." };
    private static readonly Option<bool> s_identities = new("--identities-only") { Description = "Make names, keys and certificates only, so that the broker can know the nodes first." };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("provision", """
            Takes a board from the box to its first birth: runtime, application, certificates, node.conf, Wi-Fi, inventory, label. Goes on where it was interrupted.
            Needs nanoff 2.5.162 on the PATH and a site (sensornode site init).
            Examples: sensornode provision --site plant-site --port COM5 --image SensorNode.Boot.bin --clr-version 1.12.4.20 --ssid plant-iot --wifi-password-file wifi.txt
                      sensornode provision --site plant-site --batch nodes.csv --image SensorNode.Boot.bin --clr-version 1.12.4.20 --ssid plant-iot --wifi-password-file wifi.txt --dry-run
            """);
        foreach (Option option in new Option[]
        {
            SiteOptions.Site, s_port, s_batch, s_image, s_runtime, s_archive, s_network, s_password, s_open, s_group, s_name, s_location, s_board, s_sensor, s_conf,
            s_request, s_again, s_identities, s_dryRun, SiteOptions.BirthTimeout, SiteOptions.NoBirth, SiteOptions.Nanoff,
        })
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, cancel) => SiteOptions.RunAsync("provision", () => RunAsync(parsed, cancel)));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        bool isDry = parsed.GetValue(s_dryRun);
        bool isIdentitiesOnly = parsed.GetValue(s_identities);
        string? batch = parsed.GetValue(s_batch);
        NodeRequest common = Common(parsed, isIdentitiesOnly);
        using SiteFolder site = SiteFolder.Open(parsed.GetRequiredValue(SiteOptions.Site), TimeProvider.System, isLocked: !isDry);
        using var firmware = new FirmwareConfiguration();
        Nanoff? nanoff = isDry || isIdentitiesOnly ? null : await SiteOptions.NanoffAsync(parsed, cancel);
        ProvisionTools tools = SiteOptions.Tools(site, firmware, nanoff);
        tools.Secrets.Add(common.NetworkPassword ?? "");
        var provisioner = new Provisioner(site, tools);
        IReadOnlyList<(int Line, NodeRequest Request)> requests = batch == null ? [(0, common)] : NodeBatch.Read(batch, common);
        requests = [.. requests.Select(entry => (entry.Line, entry.Request with { Target = Target(firmware, entry.Request.Board) }))];
        CheckPorts(batch, requests, isDry || isIdentitiesOnly);
        List<(NodeRequest Request, InventoryRow Node)> nodes = Choose(site, provisioner, batch, requests, isDry);
        foreach ((NodeRequest request, InventoryRow node) in nodes)
        {
            // Every fault that can be known beforehand is, before the first board is touched.
            string[] plan = [.. provisioner.Plan(request, node)];
            if (isDry)
            {
                Console.Out.WriteLine($"{node.Name} (group {node.Group}) on {request.Port}, nothing is touched:");
                Array.ForEach(plan, line => Console.Out.WriteLine("  " + line));
            }
        }

        if (isDry && batch != null)
        {
            Console.Out.WriteLine($"for the whole batch:\n  write {NodeBatch.NamesFile(site, batch)}: which line is which node");
        }

        return isDry ? ExitCode.Success : await DoAsync(site, provisioner, nodes, isIdentitiesOnly, cancel);
    }

    private static async Task<int> DoAsync(SiteFolder site, Provisioner provisioner, List<(NodeRequest Request, InventoryRow Node)> nodes, bool isIdentitiesOnly, CancellationToken cancel)
    {
        string previousPort = "";
        foreach ((NodeRequest request, InventoryRow node) in nodes)
        {
            if (request.Port == previousPort && !isIdentitiesOnly)
            {
                Console.Error.WriteLine($"Connect the board for {node.Name} to {request.Port}, then press Enter.");
                Console.In.ReadLine();
            }

            previousPort = request.Port;
            InventoryRow? done = await provisioner.ProvisionAsync(request, node, cancel);
            if (done == null)
            {
                string folder = site.FileOf("nodes", node.Name);
                string signer = site.Settings.HasOutsideAuthority ? "" : $" (the site's own, ca-{site.Settings.Generation}.key; nodes and broker trust no other)";
                Console.Out.WriteLine($"{node.Name}: give {Path.Combine(folder, NodeFiles.RequestName)} to your authority{signer}, put its answer to {Path.Combine(folder, NodeFiles.CertificateName)}, then call again with --name {node.Name}");
                continue;
            }

            if (isIdentitiesOnly)
            {
                Console.Out.WriteLine($"{node.Name}: has an identity");
                continue;
            }

            Console.Out.WriteLine(done.State == InventoryRow.StateBorn ? $"{done.Name}: in service" : $"{done.Name}: set up; its birth was not waited for");
            Console.Out.Write(Label.Text(site.Settings.Name, done));
            Console.Out.WriteLine($"label: {site.FileOf("nodes", done.Name, "label.svg")}");
        }

        if (site.Settings.Groups.Count > 1 && isIdentitiesOnly)
        {
            Console.Out.WriteLine("Now: sensornode site broker-config, and let the broker read it.");
        }

        return ExitCode.Success;
    }

    private static List<(NodeRequest Request, InventoryRow Node)> Choose(SiteFolder site, Provisioner provisioner, string? batch, IReadOnlyList<(int Line, NodeRequest Request)> requests, bool isDry)
    {
        Dictionary<int, string> names = batch == null ? [] : NodeBatch.Names(site, batch);
        var taken = new List<string>(requests.Select(entry => entry.Request.Name ?? names.GetValueOrDefault(entry.Line)).OfType<string>());
        var nodes = new List<(NodeRequest, InventoryRow)>();
        foreach ((int line, NodeRequest asked) in requests)
        {
            NodeRequest request = asked with { Name = asked.Name ?? names.GetValueOrDefault(line) };
            if (batch != null && !request.IsAgain && request.Name != null && site.Inventory.Find(request.Name)?.State == InventoryRow.StateBorn)
            {
                Console.Error.WriteLine($"{request.Name}: in service already");
                continue;
            }

            if (request.Name != null)
            {
                taken.Remove(request.Name);
            }

            try
            {
                InventoryRow node = provisioner.Choose(request, taken);
                names[line] = node.Name;
                taken.Add(node.Name);
                nodes.Add((request with { Name = node.Name }, node));
            }
            catch (SiteException exception) when (batch != null)
            {
                throw new SiteException($"--batch {batch}, line {line}: {exception.Message}");
            }
        }

        if (batch != null && !isDry)
        {
            NodeBatch.KeepNames(site, batch, names);
        }

        return nodes;
    }

    private static NodeRequest Common(ParseResult parsed, bool isIdentitiesOnly)
    {
        string? batch = parsed.GetValue(s_batch);
        string? port = parsed.GetValue(s_port);
        Expect((batch == null) != (port == null), "give --port PORT for one node, or --batch FILE for many");
        Expect(batch == null || parsed.GetValue(s_name) == null, "--name is for one node; with --batch names stand in the file");
        var request = new NodeRequest
        {
            Port = port ?? "",
            Group = parsed.GetValue(s_group),
            Name = parsed.GetValue(s_name),
            Location = parsed.GetValue(s_location)!,
            Board = parsed.GetValue(s_board)!,
            Sensor = parsed.GetValue(s_sensor),
            ConfigurationFile = parsed.GetValue(s_conf),
            UsesRequest = parsed.GetValue(s_request),
            IsAgain = parsed.GetValue(s_again),
            IsIdentityOnly = isIdentitiesOnly,
            BirthLimit = SiteOptions.BirthLimit(parsed),
        };
        if (isIdentitiesOnly)
        {
            return request;
        }

        Expect(parsed.GetValue(s_image) != null, "--image: " + RightImage);
        CheckImage(parsed.GetValue(s_image)!);
        Expect(parsed.GetValue(s_runtime) is { } version && Version.TryParse(version, out _), $"--clr-version {parsed.GetValue(s_runtime)}: give the runtime's version, such as 1.12.4.20; nanoff --listtargets --platform esp32 shows those there are");
        string? archive = parsed.GetValue(s_archive);
        if (archive != null)
        {
            InputFile.CheckFolder(archive, "--archive", "nanoff --updatearchive fills one", ExitCode.Usage);
        }

        string network = parsed.GetValue(s_network) ?? "";
        Expect(Encoding.UTF8.GetByteCount(network) is >= 1 and <= 32, "--ssid: the Wi-Fi network's name, 1 to 32 bytes, is needed");
        return request with { Image = parsed.GetValue(s_image)!, RuntimeVersion = parsed.GetValue(s_runtime)!, Archive = archive == null ? null : Path.GetFullPath(archive), Network = network, NetworkPassword = Password(parsed) };
    }

    private static void CheckImage(string file)
    {
        byte[] bytes = InputFile.ReadBytes(file, "--image", RightImage, ExitCode.Usage);
        Expect(bytes.Length is > 0 and <= ImageBytesMax, $"--image {file}: has {bytes.Length} bytes; a deployment image has 1 to {ImageBytesMax}");
        Expect(DeviceImage.IsAssembly(bytes), $"--image {file}: is no deployment image (.bin); the build of SensorNode.Boot.nfproj writes one");
    }

    private static string? Password(ParseResult parsed)
    {
        string? file = parsed.GetValue(s_password);
        bool isOpen = parsed.GetValue(s_open);
        Expect((file == null) == isOpen, "give --wifi-password-file FILE, or --open-network where there is no password");
        if (file == null)
        {
            return null;
        }

        string password = InputFile.ReadText(file, "--wifi-password-file", "give a file with the Wi-Fi password in one line", ExitCode.Usage).TrimEnd('\r', '\n');
        Expect(password.Length is >= 8 and <= 63 && password.All(c => c is >= ' ' and <= '~'), $"--wifi-password-file {file}: a WPA2 password has 8 to 63 printable ASCII characters, in one line");
        return password;
    }

    private static void CheckPorts(string? batch, IReadOnlyList<(int Line, NodeRequest Request)> requests, bool needsNoBoard)
    {
        // The same port twice means: change the board in between. Somebody has to be there for that.
        if (needsNoBoard || !Console.IsInputRedirected)
        {
            return;
        }

        IGrouping<string, (int Line, NodeRequest Request)>? twice = requests.GroupBy(entry => entry.Request.Port).FirstOrDefault(group => group.Count() > 1);
        if (twice != null)
        {
            throw new SiteException($"--batch {batch}, line {twice.Last().Line}: the port {twice.Key} comes twice, and nobody is at the keyboard to change the board; give each line a port of its own");
        }
    }

    private static string Target(FirmwareConfiguration firmware, string board) =>
        firmware.NanoffTarget(board) ?? throw new SiteException($"board '{board}': is not one of {firmware.BoardNames}");

    private static void Expect(bool isTrue, string error)
    {
        if (!isTrue)
        {
            throw new ToolException("provision: " + error, ExitCode.Usage);
        }
    }
}
