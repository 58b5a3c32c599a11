using System.Security.Cryptography.X509Certificates;
using SensorNode.Emulator.Mqtt;
using Xunit;

namespace SensorNode.Site.Tests;

/// <summary>New certificates, and a new authority, while the real firmware keeps its broker.</summary>
[Collection(SiteCollection.Name)]
public sealed class RenewTests : IDisposable
{
    private readonly TestSite _site = new();

    [SkippableFact]
    public async Task Renewal_AndRollOver_ANodeNeverLosesItsBroker()
    {
        await _site.InitAsync();
        using SiteMosquitto broker = await SiteMosquitto.StartAsync(_site);
        await using var board = new EmulatedBoard(_site, "COM5");
        await _site.OkAsync(_site.Provision("--port", "COM5", "--birth-timeout", "240"));
        InventoryRow born = _site.Row("vib-001");

        // A renewal.
        await RenewAsync();
        InventoryRow renewed = _site.Row("vib-001");
        Assert.NotEqual(born.CertificateSerial, renewed.CertificateSerial);
        Assert.Equal((born.Issuer, born.Anchors, born.BornUtc), (renewed.Issuer, renewed.Anchors, renewed.BornUtc));
        Assert.False(File.Exists(_site.NodeFile("vib-001", "client.key")));

        // A second authority: the node must have both anchors before the broker shows a certificate of the new one.
        await RollOverAsync("begin");
        Assert.Contains("1 is without the new authority as an anchor", await _site.FailsAsync(1, "site", "rollover", "switch", "--site", _site.Folder));
        await broker.RestartAsync();
        await RenewAsync();
        Assert.Equal(born.Issuer, _site.Row("vib-001").Issuer);
        Assert.Equal(2, _site.Row("vib-001").Anchors.Split(' ').Length);

        // The new one signs: broker and tool have certificates of it, the node's is still of the old one. A reset board comes back.
        await RollOverAsync("switch");
        await broker.RestartAsync();
        Assert.NotEqual(born.Issuer, IssuerOf(Path.Combine(_site.Folder, "broker", "server.crt")));
        await using (MqttSubscriber host = await broker.ConnectAsHostAsync("tool"))
        {
            await host.SubscribeAsync("spBv1.0/plant/NBIRTH/vib-001", 1);
            File.WriteAllText(Path.Combine(_site.Boards, "COM5", "resets"), "100");
            using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(4));
            await host.Messages.ReadAsync(timeout.Token);
        }

        Assert.Contains("vib-001", await _site.FailsAsync(1, "site", "rollover", "finish", "--site", _site.Folder));
        await RenewAsync();
        await RollOverAsync("finish");
        await broker.RestartAsync();
        Assert.False(File.Exists(Path.Combine(_site.Folder, "ca-1.key")));
        await RenewAsync();
        InventoryRow last = _site.Row("vib-001");
        Assert.Equal((last.Issuer, last.Issuer), (last.Anchors, IssuerOf(_site.NodeFile("vib-001", "client.pem"))));
        await _site.BrokerConfigAsync();

        async Task RenewAsync() => await _site.OkAsync("site", "renew", "vib-001", "--site", _site.Folder, "--port", "COM5", "--nanoff", TestSite.Standin, "--birth-timeout", "240");
    }

    [Fact]
    public async Task RenewalWithoutTheBoard_CountsOnlyWhenTheBoardHasIt_AndGoesOn()
    {
        await _site.InitAsync();
        _site.AddBoard("COM5");
        await BornAsync();
        string serial = _site.Row("vib-001").CertificateSerial;
        Assert.Contains("its board still has the old certificate", await _site.OkAsync("site", "renew", "--all", "--site", _site.Folder));
        Assert.Equal(serial, _site.Row("vib-001").CertificateSerial);
        string made = File.ReadAllText(_site.NodeFile("vib-001", "client.pem"));

        _site.Fault = "files=lost";
        string[] renew = ["site", "renew", "vib-001", "--site", _site.Folder, "--port", "COM5", "--nanoff", TestSite.Standin, "--no-birth"];
        await _site.FailsAsync(1, renew);
        Assert.Equal(serial, _site.Row("vib-001").CertificateSerial);
        _site.Fault = null;
        await _site.OkAsync(renew);
        Assert.Equal(made, File.ReadAllText(Path.Combine(_site.Boards, "COM5", "I", "client.pem")));
        Assert.NotEqual(serial, _site.Row("vib-001").CertificateSerial);
        Assert.Equal(["--filedeployment", "--platform"], _site.Calls.TakeLast(2).Select(call => call[0]));
    }

    [Fact]
    public async Task RollOver_WordsOutOfOrder_AreRefused()
    {
        await _site.InitAsync();
        Assert.Contains("the next word is begin", await _site.FailsAsync(1, "site", "rollover", "switch", "--site", _site.Folder));
        await RollOverAsync("begin");
        Assert.Contains("the next word is switch", await _site.FailsAsync(1, "site", "rollover", "begin", "--site", _site.Folder));
        await RollOverAsync("switch");
        await _site.OkAsync("site", "host", "scada", "--site", _site.Folder);
        await RollOverAsync("finish");
        using SiteFolder site = _site.Open();
        Assert.Equal((2, RollOverState.None, 1), (site.Settings.Generation, site.Settings.RollOver, site.Anchors().Count));
    }

    [Fact]
    public async Task RollOverCutShort_IsMadeWholeByTheNextCommand()
    {
        await _site.InitAsync();
        string anchors = Path.Combine(_site.Folder, "anchors.pem");
        string one = await File.ReadAllTextAsync(anchors);
        await RollOverAsync("begin");
        string two = await File.ReadAllTextAsync(anchors);
        Assert.NotEqual(one, two);

        // The power failed between site.json and anchors.pem, and in the middle of another file.
        await File.WriteAllTextAsync(anchors, one);
        await File.WriteAllTextAsync(Path.Combine(_site.Folder, "inventory.csv.part"), "name,gro");
        await _site.BrokerConfigAsync();
        Assert.Equal(two, await File.ReadAllTextAsync(anchors));
        Assert.Equal(two, await File.ReadAllTextAsync(Path.Combine(_site.Folder, "broker", "anchors.pem")));
    }

    [Fact]
    public async Task List_MarksWhatMustBeRenewed()
    {
        await _site.InitAsync();
        _site.AddBoard("COM5");
        await BornAsync();
        using (SiteFolder site = _site.Open())
        {
            site.Inventory.Put(_site.Row("vib-001") with { ExpiresUtc = DateTimeOffset.UtcNow.AddDays(30.5) });
        }

        string output = await _site.OkAsync("site", "list", "--site", _site.Folder);
        Assert.Contains("plant/vib-001  born  30 days RENEW  246f28", output);
        Assert.Contains("host:tool  read  1824 days", output);
    }

    [Fact]
    public async Task List_ShowsTheEndOfACertificate_ThatNoBoardHasYet()
    {
        await _site.InitAsync();
        await _site.OkAsync("provision", "--site", _site.Folder, "--port", "COM5", "--identities-only");
        Assert.Contains("plant/vib-001  issued  1824 days", await _site.OkAsync("site", "list", "--site", _site.Folder));
    }

    [Fact]
    public async Task RenewAll_SaysThatThereIsNothingToRenew()
    {
        await _site.InitAsync();
        Assert.Equal("no node is in service, so none was renewed\n", await _site.OkAsync("site", "renew", "--all", "--site", _site.Folder));
    }

    public void Dispose() => _site.Dispose();

    private Task RollOverAsync(string step) => _site.OkAsync("site", "rollover", step, "--site", _site.Folder);

    private async Task BornAsync()
    {
        await _site.OkAsync(_site.Provision("--port", "COM5", "--no-birth"));
        using SiteFolder site = _site.Open();
        site.Inventory.Put(_site.Row("vib-001") with { State = InventoryRow.StateBorn, BornUtc = DateTimeOffset.UtcNow });
    }

    // The fingerprint of the anchor that signed a certificate.
    private string IssuerOf(string file)
    {
        using var certificate = X509Certificate2.CreateFromPem(File.ReadAllText(file));
        using SiteFolder site = _site.Open();
        return CertificateAuthority.Short(site.Anchors().Single(anchor => anchor.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData)));
    }
}
