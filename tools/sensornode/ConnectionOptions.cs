using System.CommandLine;

namespace SensorNode.Tool;

/// <summary>Options of every command that logs into a broker, and their checks.</summary>
/// <param name="who">Whose certificate and user it is, for the help.</param>
public sealed class ConnectionOptions(string who)
{
    private readonly Option<bool> _tls = new("--tls") { Description = "Connect with TLS; needs --broker." };
    private readonly Option<FileInfo?> _ca = new("--ca") { Description = "The broker's authority (PEM).", HelpName = "FILE" };
    private readonly Option<FileInfo?> _certificate = new("--cert") { Description = $"Client certificate for {who} (PEM).", HelpName = "FILE" };
    private readonly Option<FileInfo?> _key = new("--key") { Description = "Its private key (PEM).", HelpName = "FILE" };
    private readonly Option<string?> _user = new("--user") { Description = $"User name for {who}; needs --broker.", HelpName = "NAME" };
    private readonly Option<string?> _password = new("--password") { Description = "Its password; others on this machine can see it here.", HelpName = "TEXT" };
    private readonly Option<FileInfo?> _passwordFile = new("--password-file") { Description = "File with the password in its first line.", HelpName = "FILE" };

    /// <summary>To be added to the command.</summary>
    public IEnumerable<Option> All => [_tls, _ca, _certificate, _key, _user, _password, _passwordFile];

    /// <summary>Reads and checks them.</summary>
    /// <exception cref="ToolException">What does not go together, or is not there.</exception>
    public ConnectionLogin Read(System.CommandLine.ParseResult parsed)
    {
        var login = new ConnectionLogin(
            parsed.GetValue(_tls),
            parsed.GetValue(_ca)?.FullName,
            parsed.GetValue(_certificate)?.FullName,
            parsed.GetValue(_key)?.FullName,
            parsed.GetValue(_user),
            Password(parsed.GetValue(_password), parsed.GetValue(_passwordFile)));
        bool hasFiles = login.AuthorityFile != null || login.CertificateFile != null || login.KeyFile != null;
        Expect(login.UseTls || !hasFiles, "--ca, --cert and --key are of no use without --tls");
        Expect((login.CertificateFile == null) == (login.KeyFile == null), "--cert and --key belong together; only one is given");
        Expect((login.User == null) == (login.Password == null), "--user and --password or --password-file belong together; only one is given");
        foreach ((string name, string? text) in new[] { ("--user", login.User), ("the password", login.Password) })
        {
            Expect(text == null || (text.Length is >= 1 and <= 64 && text.All(c => c is > ' ' and <= '~')), $"{name} must be 1 to 64 printable characters without blanks");
        }

        // Also reads the files: before anything is started.
        login.ToClient(new BrokerAddress("", null));
        return login;
    }

    private static string? Password(string? text, FileInfo? file)
    {
        Expect(text == null || file == null, "--password and --password-file exclude each other");
        return file == null ? text : InputFile.ReadText(file.FullName, "--password-file", "give a file with the password in its first line", ExitCode.Usage).Split('\n')[0].TrimEnd('\r');
    }

    private static void Expect(bool isTrue, string error)
    {
        if (!isTrue)
        {
            throw new ToolException(error, ExitCode.Usage);
        }
    }
}
