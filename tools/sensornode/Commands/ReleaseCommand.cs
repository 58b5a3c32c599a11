using System.CommandLine;
using SensorNode.Emulator;
using SensorNode.Release;
using SensorNode.Release.Lms;
using SensorNode.Tool.Boards;
using SensorNode.Update;

namespace SensorNode.Tool.Commands;

/// <summary>sensornode release: signing keys, and releases made and checked with them. What it all means is in firmware/docs/update.md.</summary>
public static class ReleaseCommand
{
    /// <summary>What a release file has to be, for messages.</summary>
    public const string RightRelease = "give a release that release pack wrote";

    private const string Secret = "The private key's file.";

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("release", "Makes signing keys, and packs, signs and checks releases.");
        command.Subcommands.Add(Keygen());
        command.Subcommands.Add(Reserve());
        command.Subcommands.Add(Pack());
        command.Subcommands.Add(Verify());
        command.Subcommands.Add(Inspect());
        command.Subcommands.Add(SbomCommand.Create());
        return command;
    }

    private static Command Keygen()
    {
        Option<string> key = Required("--key", "File to write; its public half goes to FILE.pub.");
        var height = new Option<int>("--height") { Description = "Height of the tree: 5, 10 or 15 for 32, 1024 or 32768 signatures.", DefaultValueFactory = _ => 10 };
        var digits = new Option<int>("--digits") { Description = "Bits of a digit: 4, or 8 for smaller signatures that take a node eight times as long.", DefaultValueFactory = _ => 4 };
        var command = new Command("keygen", """
            Makes a new signing key. It can sign a fixed number of releases.
            Example: sensornode release keygen --key release.key
            """) { key, height, digits };
        command.SetAction(parsed => Run(() =>
        {
            int treeType = parsed.GetValue(height) switch { 5 => 5, 10 => 6, 15 => 7, int other => throw new ToolException($"--height {other}: 5, 10 or 15", ExitCode.Usage) };
            int oneTimeType = parsed.GetValue(digits) switch { 4 => 3, 8 => 4, int other => throw new ToolException($"--digits {other}: 4 or 8", ExitCode.Usage) };
            string path = NewKey("--key", parsed.GetValue(key)!);
            if (!File.Exists(path) && File.Exists(path + ".pub"))
            {
                throw new ToolException($"--key {path}: {path}.pub is there already; a public key is not overwritten", ExitCode.Usage);
            }

            using var made = SigningKey.Create(new DiskKeyFiles(), path, treeType, oneTimeType);
            OutputFile.Write("--key", path + ".pub", Convert.ToHexStringLower(made.PublicKey()) + "\n");
            Console.Out.WriteLine($"{path}: {made.Remaining} signatures. Keep it secret, and out of backups that could bring an old state back.");
            Console.Out.WriteLine($"{path}.pub: the public key, for the nodes");
        }));
        return command;
    }

    private static Command Reserve()
    {
        Option<string> key = Required("--key", Secret);
        var count = new Option<int>("--count") { Description = "How many of its signatures to give away.", Required = true };
        Option<string> output = Required("--out", "The second signer's file. It is bound to the machine that uses it first.");
        var command = new Command("reserve", """
            Gives some of a key's signatures to a second signer, in a file of its own.
            Example: sensornode release reserve --key release.key --count 200 --out second.key
            """) { key, count, output };
        command.SetAction(parsed => Run(() =>
        {
            string path = NewKey("--out", parsed.GetValue(output)!);
            using var first = OpenKey(parsed.GetValue(key)!);
            first.Reserve(parsed.GetValue(count), path);
            Console.Out.WriteLine($"{path}: {parsed.GetValue(count)} signatures; {first.Remaining} remain in {parsed.GetValue(key)}. Move the file, do not copy it.");
        }));
        return command;
    }

    private static Command Pack()
    {
        Option<string> key = Required("--key", Secret);
        Option<string> payload = Required("--payload", "The application assembly (.pe) or model.");
        Option<string> board = Required("--board", "Board that it is for.", "NAME");
        Option<string> version = Required("--version", "Version, such as 1.2.3.", "VERSION");
        Option<string> baseVersion = Required("--base", "Lowest version of SensorNode.Base on the node.", "VERSION");
        var counter = new Option<int>("--counter") { Description = "Security counter; nodes never go back to a lower one.", Required = true };
        Option<string> output = Required("--out", "Release file to write.");
        var product = new Option<string>("--product") { Description = "Product.", DefaultValueFactory = _ => "sensornode" };
        var kind = new Option<string>("--kind") { Description = "application or model.", DefaultValueFactory = _ => "application" };
        var security = new Option<bool>("--security") { Description = "It closes a security hole." };
        var chunk = new Option<int>("--chunk") { Description = "Bytes of a chunk.", DefaultValueFactory = _ => 2048 };
        var emulated = new Option<bool>("--emulated") { Description = "The payload is a .NET assembly, for nodes of emulate." };
        var command = new Command("pack", """
            Packs and signs a release. Uses one of the key's signatures. The assemblies that an application refers to are read out of it; a node
            that has others refuses it.
            Example: sensornode release pack --key release.key --payload App.pe --board esp32-devkitc --version 1.2.3 --counter 7 --base 1.0 --out app.snr
            """) { key, payload, board, version, baseVersion, counter, output, product, kind, security, chunk, emulated };
        command.SetAction(parsed => Run(() =>
        {
            string file = parsed.GetValue(output)!;
            OutputFile.Check("--out", file, ("--payload", parsed.GetValue(payload)), ("--key", parsed.GetValue(key)));
            (byte[] bytes, IReadOnlyList<PlatformAssembly> assemblies) = ReadPayload(parsed.GetValue(payload)!, parsed.GetValue(kind)!, parsed.GetValue(emulated));
            CheckBoard(parsed.GetValue(board)!);
            if (parsed.GetValue(counter) < 0)
            {
                throw new ToolException($"--counter {parsed.GetValue(counter)}: 0 to {int.MaxValue} are possible", ExitCode.Usage);
            }

            var content = new ReleaseContent
            {
                Product = parsed.GetValue(product)!,
                Board = parsed.GetValue(board)!,
                Kind = KindOf(parsed.GetValue(kind)!),
                Class = parsed.GetValue(security) ? ReleaseManifest.Security : ReleaseManifest.Feature,
                Version = ParseVersion("--version", parsed.GetValue(version)!),
                SecurityCounter = parsed.GetValue(counter),
                BaseVersion = ParseVersion("--base", parsed.GetValue(baseVersion)!),
                ChunkBytes = parsed.GetValue(chunk),
                Assemblies = assemblies,
            };
            using var signer = OpenKey(parsed.GetValue(key)!);
            byte[] manifest = ReleasePacker.Manifest(content, bytes, signer.PublicKey());
            if (NodeLimits.Refusal(content.Kind, bytes.Length, ReleasePacker.HeadBytes(manifest, signer.SignatureBytes)) is { } refusal)
            {
                throw new ToolException("release: " + refusal);
            }

            Console.Out.WriteLine($"{file}: {Write(file, signer, manifest, bytes)} bytes, signed; {signer.Remaining} signatures left");
        }));
        return command;
    }

    private static SigningKey OpenKey(string file)
    {
        // Named before it is opened to be written.
        InputFile.ReadBytes(file, "--key", "give the private key that release keygen or reserve wrote");
        try
        {
            return SigningKey.Open(new DiskKeyFiles(), Path.GetFullPath(file));
        }
        catch (SigningKeyException exception)
        {
            throw new ToolException($"--key {exception.Message}");
        }
    }

    /// <summary>Signs last: a signature cannot be given back.</summary>
    private static int Write(string file, SigningKey signer, byte[] manifest, byte[] payload)
    {
        bool isNew = !File.Exists(file);
        try
        {
            using FileStream stream = OutputFile.Open("--out", file);
            byte[] release = ReleasePacker.File(manifest, signer.Sign(manifest), payload);
            stream.SetLength(0);
            stream.Write(release);
            return release.Length;
        }
        catch (Exception) when (isNew)
        {
            File.Delete(file);
            throw;
        }
    }

    private static int KindOf(string kind) => kind switch
    {
        "application" => ReleaseManifest.Application,
        "model" => ReleaseManifest.Model,
        _ => throw new ToolException($"--kind {kind}: application or model", ExitCode.Usage),
    };

    private static (byte[] Bytes, IReadOnlyList<PlatformAssembly> Assemblies) ReadPayload(string file, string kind, bool isEmulated)
    {
        byte[] read = InputFile.ReadBytes(file, "--payload", "give an application assembly (.pe) or a model");
        bool isApplication = KindOf(kind) == ReleaseManifest.Application;
        if (isEmulated && !isApplication)
        {
            throw new ToolException("--emulated is for applications; a model is the same for every node", ExitCode.Usage);
        }

        byte[] bytes = isEmulated ? EmulatedImage.Pack(read) : read;
        if (bytes.Length > 0 && isApplication && !isEmulated && !DeviceImage.IsAssembly(bytes))
        {
            throw new ToolException($"--payload {file}: is no assembly of the device (.pe); a .NET assembly for nodes of emulate needs --emulated");
        }

        if (NodeLimits.Refusal(KindOf(kind), bytes.Length, 0) is { } refusal)
        {
            throw new ToolException($"--payload {file}: {refusal}");
        }

        try
        {
            return (bytes, !isApplication ? [] : isEmulated ? PlatformReferences.OfDotNet(read) : PlatformReferences.OfDevice(read));
        }
        catch (InvalidDataException exception)
        {
            throw new ToolException($"--payload {file}: {exception.Message}");
        }
    }

    private static void CheckBoard(string name)
    {
        string[] names = [.. FirmwareBoards.All().Select(board => board.Name)];
        if (!names.Contains(name))
        {
            throw new ToolException($"--board {name}: is not one of {string.Join(", ", names)}; a node refuses a release for another board", ExitCode.Usage);
        }
    }

    private static Command Verify()
    {
        Option<string> publicKey = Required("--public", "The public key's file, as keygen wrote it, or two of them one behind the other.");
        var file = new Argument<string>("release") { Description = "Release file." };
        var command = new Command("verify", """
            Checks a release as a node does: form, signature, every chunk.
            Example: sensornode release verify --public release.key.pub app.snr
            """) { publicKey, file };
        command.SetAction(parsed => Run(() =>
        {
            string path = parsed.GetValue(file)!;
            byte[][] keys = ReadPublicKeys(parsed.GetValue(publicKey)!);
            ReleaseFile release = ReadRelease(path, InputFile.ReadBytes(path, null, RightRelease));
            if ((release.Check(keys) ?? release.Misfit) is { } wrong)
            {
                throw new ToolException($"{path}: {wrong}");
            }

            Console.Out.WriteLine($"{path}: valid");
        }));
        return command;
    }

    /// <summary>Reads the public keys of --public: one or, while one follows another, two, as a node takes them.</summary>
    /// <exception cref="ToolException">The file holds anything else.</exception>
    public static byte[][] ReadPublicKeys(string file) => PublicKeys(InputFile.ReadBytes(file, "--public", "give the public key that release keygen wrote")) is { Length: 1 or 2 } keys
        ? keys
        : throw new ToolException($"--public {file}: not a public key, which is one line of 120 hexadecimal digits, or two for two keys");

    /// <summary>Public keys of a file, one a line; none where it holds anything else.</summary>
    private static byte[][] PublicKeys(byte[] bytes)
    {
        string[] lines = System.Text.Encoding.ASCII.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.All(line => line.Length == 120 && line.All(char.IsAsciiHexDigit)) ? [.. lines.Select(Convert.FromHexString)] : [];
    }

    private static ReleaseFile ReadRelease(string path, byte[] bytes)
    {
        try
        {
            return ReleaseFile.Read(bytes);
        }
        catch (InvalidDataException exception)
        {
            throw new ToolException($"{path}: {exception.Message}");
        }
    }

    private static Command Inspect()
    {
        var file = new Argument<string>("file") { Description = "Release, private key or public key." };
        var command = new Command("inspect", """
            Says what a release holds, how many signatures a key has left, or which public key a file holds. Checks no signature.
            Example: sensornode release inspect app.snr
            """) { file };
        command.SetAction(parsed => Run(() =>
        {
            string path = parsed.GetValue(file)!;
            byte[] bytes = InputFile.ReadBytes(path, null, "give a release or a key");
            foreach (byte[] key in PublicKeys(bytes))
            {
                Console.Out.WriteLine($"{path}: public key of releases, id {Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(key))[..32]}");
            }

            if (PublicKeys(bytes).Length > 0)
            {
                return;
            }

            if (bytes.AsSpan().StartsWith("SNLMSKEY"u8))
            {
                (int next, int end, bool isBound) = SigningKey.Inspect(new DiskKeyFiles(), Path.GetFullPath(path));
                Console.Out.WriteLine($"{path}: {end - next} signatures left, leaves {next} to {end - 1}{(isBound ? "" : "; not used yet, may be moved")}");
                return;
            }

            Print(path, ReadRelease(path, bytes));
        }));
        return command;
    }

    private static void Print(string path, ReleaseFile release)
    {
        ReleaseManifest manifest = release.Manifest;
        Console.Out.WriteLine($"{path}: {manifest.Product} for {manifest.Board}, {(manifest.Kind == ReleaseManifest.Model ? "model" : "application")}, {(manifest.Class == ReleaseManifest.Security ? "security" : "feature")} release");
        Console.Out.WriteLine($"version {Text(manifest.Version)}, security counter {manifest.SecurityCounter}, needs SensorNode.Base {Text(manifest.BaseVersion)}");
        Console.Out.WriteLine($"{manifest.PayloadBytes} bytes in {manifest.Chunks} chunks of {manifest.ChunkBytes}; manifest {manifest.ManifestBytes} bytes, HSS signature {release.SignatureBytes} bytes");
        for (int i = 0; manifest.AssemblyAt(i, out long version, out int checksum) is { } name; i++)
        {
            Console.Out.WriteLine($"refers to {name} {Text(version)}{(checksum != 0 ? $", native checksum {(uint)checksum:x8}" : "")}");
        }
    }

    private static string Text(long version) => $"{version >> 48}.{(version >> 32) & 0xFFFF}.{(version >> 16) & 0xFFFF}.{version & 0xFFFF}";

    private static Version ParseVersion(string option, string text) =>
        Version.TryParse(text, out Version? version) ? version : throw new ToolException($"{option} {text}: two to four numbers with dots are expected", ExitCode.Usage);

    // A key in a repository is a key that others have.
    private static string NewKey(string option, string file)
    {
        OutputFile.Check(option, file);
        string path = Path.GetFullPath(file);
        for (string? folder = Path.GetDirectoryName(path); folder != null; folder = Path.GetDirectoryName(folder))
        {
            if (Path.Exists(Path.Combine(folder, ".git")))
            {
                throw new ToolException($"{option} {file}: {folder} is a Git work tree; keep keys elsewhere", ExitCode.Usage);
            }
        }

        return path;
    }

    private static Option<string> Required(string name, string description, string value = "FILE") => new(name) { Description = description, HelpName = value, Required = true };

    private static int Run(Action action)
    {
        try
        {
            action();
            return ExitCode.Success;
        }
        catch (Exception exception) when (exception is SigningKeyException or InvalidDataException or ArgumentException)
        {
            throw new ToolException("release: " + exception.Message);
        }
    }
}
