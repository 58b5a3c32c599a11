using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using SensorNode.Files;

namespace SensorNode.Site;

/// <summary>The steps with one node: what provisioning and renewal share. Order and meaning are in firmware/docs/provisioning.md.</summary>
internal sealed partial class NodeJob
{
    private const int Attempts = 3;

    private readonly SiteFolder _site;
    private readonly ProvisionTools _tools;
    private readonly NodeRequest _request;
    private readonly string _folder;
    private readonly NodeIdentity _identity;

    public NodeJob(SiteFolder site, ProvisionTools tools, NodeRequest request, InventoryRow node)
    {
        _site = site;
        _tools = tools;
        _request = request;
        Node = node;
        _folder = site.FileOf("nodes", node.Name);
        _identity = new NodeIdentity(site, node.Name, _folder);
    }

    /// <summary>The node as the inventory has it, or will.</summary>
    public InventoryRow Node { get; private set; }

    /// <summary>True where an outside authority has to answer first.</summary>
    public bool IsWaitingForCertificate { get; private set; }

    public string FileOf(string name) => Path.Combine(_folder, name);

    public ProvisionStep Identity()
    {
        // A request that was made stays the way, also where it is not asked for again: a new key would make its answer worthless.
        bool isKept = _identity.HasRequest && !_request.IsAgain;
        bool isOutside = isKept || _request.UsesRequest || _site.Settings.HasOutsideAuthority;
        string input = (isOutside ? "outside" : _site.Settings.Generation.ToString(CultureInfo.InvariantCulture)) + " " + _site.AnchorNames();
        return new ProvisionStep("identity", input, () =>
        [
            isKept ? $"keep {FileOf(NodeFiles.KeyName)}: {FileOf(NodeFiles.RequestName)} is for it" : $"write {FileOf(NodeFiles.KeyName)}: a new P-256 key {Redactor.Mark}",
            isKept ? $"read {FileOf(NodeFiles.CertificateName)}: the answer to the request"
                : isOutside ? $"write {FileOf(NodeFiles.RequestName)}: a request for CN={Node.Name}; its answer goes to {FileOf(NodeFiles.CertificateName)}"
                : $"write {FileOf(NodeFiles.CertificateName)}: CN={Node.Name}, signed by ca-{_site.Settings.Generation}.crt",
            $"write {FileOf(NodeFiles.AnchorsName)}: {_site.Anchors().Count} anchor(s)",
        ], _ =>
        {
            _site.NodeFolder(Node.Name);
            SecretFile.WritePublic(FileOf(NodeFiles.AnchorsName), _site.ReadText("anchors.pem"));
            if (isOutside)
            {
                _tools.Say(isKept ? $"  {FileOf(NodeFiles.RequestName)} was made before; its key is kept" : $"  {FileOf(NodeFiles.RequestName)} is for a new key");
                IsWaitingForCertificate = !_identity.TryTakeAnswer();
            }
            else
            {
                _identity.Issue();
            }

            return Task.CompletedTask;
        });
    }

    public ProvisionStep Runtime()
    {
        NanoffCommand command = NanoffCommand.Runtime(_request.Target, _request.Port, _request.RuntimeVersion, _request.Archive);
        return new ProvisionStep("runtime", _request.Target + " " + _request.RuntimeVersion, () => [Shown(command)], cancel => CallAsync(command, 1, cancel));
    }

    public ProvisionStep Application()
    {
        NanoffCommand command = NanoffCommand.Application(_request.Port, Path.GetFullPath(_request.Image));
        return new ProvisionStep("application", Convert.ToHexStringLower(SHA256.HashData(NamedFile.ReadBytes(_request.Image, "--image", "give the application image"))), () => [Shown(command)], cancel => CallAsync(command, Attempts, cancel));
    }

    /// <param name="configuration">Text of node.conf, or null to leave the board's as it is.</param>
    /// <param name="shown">The same without secrets.</param>
    public ProvisionStep Files(string? configuration, string shown)
    {
        string? releaseKeys = _site.ReleaseKeys;
        string[] names =
        [
            .. configuration == null ? Array.Empty<string>() : ["node.conf"], NodeFiles.AnchorsName, NodeFiles.CertificateName, NodeFiles.KeyName,
            .. releaseKeys == null ? Array.Empty<string>() : [NodeFiles.ReleaseKeyName],
        ];
        (string Source, string Destination)[] files = [.. names.Select(name => (FileOf(name), NodeFiles.OnBoard(name)))];
        string json = NodeFiles.FileDeployment(_request.Port, files);
        NanoffCommand command = NanoffCommand.Files(FileOf("deploy-files.json"), files);
        string input = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(configuration + _site.AnchorNames() + releaseKeys)));
        return new ProvisionStep("files", input, () =>
        [
            .. configuration == null ? Array.Empty<string>() : [$"write {FileOf("node.conf")}:", .. Indented(shown)],
            releaseKeys == null ? "no release key: the node will refuse every update (sensornode site release-key FILE)" : $"write {FileOf(NodeFiles.ReleaseKeyName)}",
            $"write {FileOf("deploy-files.json")}:",
            .. Indented(json),
            Shown(command),
        ], async cancel =>
        {
            if (!File.Exists(FileOf(NodeFiles.KeyName)))
            {
                throw new SiteException($"{FileOf(NodeFiles.KeyName)}: is not here any more, the board may have the only one; --again erases the board and makes a new one");
            }

            if (configuration != null)
            {
                SecretFile.WriteSecret(FileOf("node.conf"), configuration);
            }

            if (releaseKeys != null)
            {
                SecretFile.WritePublic(FileOf(NodeFiles.ReleaseKeyName), releaseKeys);
            }
            else
            {
                _tools.Say("  no release key: this node will refuse every update (sensornode site release-key FILE, then site renew)");
            }

            SecretFile.WritePublic(FileOf("deploy-files.json"), json);
            _tools.Secrets.Add(NamedFile.ReadText(FileOf(NodeFiles.KeyName), null, "make it readable for this user"));
            await CallAsync(command, Attempts, cancel);
            using X509Certificate2 certificate = _identity.ReadCertificate();
            Put(Node with
            {
                CertificateSerial = certificate.SerialNumber.ToLowerInvariant(),
                Issuer = _identity.IssuerOf(certificate),
                Anchors = _site.AnchorNames(),
                ExpiresUtc = new DateTimeOffset(certificate.NotAfter.ToUniversalTime()),
            });
        });
    }

    public ProvisionStep Network()
    {
        string file = FileOf("deploy-network.json");
        NanoffCommand command = NanoffCommand.Network(file);
        return new ProvisionStep("network", _request.Network, () =>
        [
            $"write {file}, deleted afterwards:",
            .. Indented(NodeFiles.NetworkDeployment(_request.Port, _request.Network, _request.NetworkPassword == null ? null : Redactor.Mark)),
            Shown(command),
        ], async cancel =>
        {
            try
            {
                SecretFile.WriteSecret(file, NodeFiles.NetworkDeployment(_request.Port, _request.Network, _request.NetworkPassword));
                await CallAsync(command, Attempts, cancel);
            }
            finally
            {
                File.Delete(file);
            }
        });
    }

    /// <summary>Resets the board and waits for its birth; then its label, and the end of our copy of its key.</summary>
    /// <param name="forget">Called where no birth came: files and Wi-Fi are to be set again next time.</param>
    public ProvisionStep Birth(Action forget)
    {
        NanoffCommand command = NanoffCommand.DetailsAndReset(_request.Port);
        string listening = $"read spBv1.0/{Node.Group}/NBIRTH/{Node.Name} at {_site.Settings.Broker}, for {_request.BirthLimit?.TotalSeconds:0} s";
        string kept = $"{FileOf(NodeFiles.KeyName)} stays here, since no birth is waited for: delete it when the node runs";
        bool isHeard = _request.BirthLimit != null;
        return new ProvisionStep("birth", isHeard ? "heard" : "not heard", () =>
        [
            .. isHeard ? [listening] : Array.Empty<string>(),
            Shown(command),
            $"write {FileOf("label.txt")} and {FileOf("label.svg")}",
            isHeard ? $"delete {FileOf(NodeFiles.KeyName)}: the board has the only one" : kept,
        ], async cancel =>
        {
            if (_request.BirthLimit is { } limit)
            {
                await using IBirths births = await _tools.Listen(Node.Group, Node.Name, cancel);
                await ResetAsync(command, cancel);
                _tools.Say($"  waiting for {Node.Name} at {_site.Settings.Broker}");
                if (!await births.WaitAsync(limit, cancel))
                {
                    forget();
                    throw new SiteException($"{Node.Name}: no birth at {_site.Settings.Broker} in {limit.TotalSeconds:0} s; its console says why (Wi-Fi, time server, name or rules of the broker). The next call sets files and Wi-Fi again");
                }

                Put(Node with { State = InventoryRow.StateBorn, BornUtc = Node.BornUtc ?? _site.Now });
            }
            else
            {
                await ResetAsync(command, cancel);
                Put(Node);
            }

            SecretFile.WritePublic(FileOf("label.txt"), Label.Text(_site.Settings.Name, Node));
            SecretFile.WritePublic(FileOf("label.svg"), Label.Svg(_site.Settings.Name, Node));
            if (isHeard)
            {
                _identity.DeleteKey();
            }
            else
            {
                _tools.Say($"  {kept}");
            }
        });
    }

    /// <summary>Takes key, request and certificate away.</summary>
    public void DeleteIdentity()
    {
        _identity.DeleteKey();
        File.Delete(FileOf(NodeFiles.CertificateName));
    }

    /// <summary>Writes the node into the inventory.</summary>
    public void Put(InventoryRow node)
    {
        _site.Inventory.Put(node);
        Node = node;
    }

    private async Task ResetAsync(NanoffCommand command, CancellationToken cancel)
    {
        string output = await CallAsync(command, Attempts, cancel);
        Match address = HardwareAddress().Match(output);
        if (address.Success)
        {
            Node = Node with { HardwareAddress = address.Groups[1].Value.Replace(":", "", StringComparison.Ordinal).ToLowerInvariant() };
        }
    }

    private async Task<string> CallAsync(NanoffCommand command, int attempts, CancellationToken cancel)
    {
        for (int attempt = 1; ; attempt++)
        {
            _tools.Say("  " + Shown(command));
            (string output, string? failure) = await _tools.Nanoff!.RunAsync(command, cancel);
            output = _tools.Secrets.Clean(output);
            string log = FileOf("provision.log");
            NamedFile.Write(log, null, "make it writable for this user, or make room", () => File.AppendAllText(log, $"{_site.Now.UtcDateTime:u} {Shown(command)}\n{output}\n"));
            if (failure == null)
            {
                return output;
            }

            if (attempt == attempts)
            {
                throw new SiteException($"{Node.Name} on {_request.Port}: {_tools.Secrets.Clean(failure)} ({FileOf("provision.log")})");
            }

            await Task.Delay(_tools.RetryPause, cancel);
        }
    }

    private string Shown(NanoffCommand command) => _tools.Secrets.Clean("nanoff " + string.Join(' ', command.Arguments.Select(argument => argument.Contains(' ') ? $"\"{argument}\"" : argument)));

    private IEnumerable<string> Indented(string text) => _tools.Secrets.Clean(text).TrimEnd('\n').Split('\n').Select(line => "    " + line);

    [GeneratedRegex(@"^\s*MAC ([0-9A-Fa-f:]{12,17})\s*$", RegexOptions.Multiline)]
    private static partial Regex HardwareAddress();
}
