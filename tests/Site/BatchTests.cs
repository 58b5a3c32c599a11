using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Xunit;

namespace SensorNode.Site.Tests;

/// <summary>Many nodes in one call, and nodes of an outside authority.</summary>
[Collection(SiteCollection.Name)]
public sealed class BatchTests : IDisposable
{
    private readonly TestSite _site = new();

    [Fact]
    public async Task Batch_InterruptedInTheMiddle_GoesOnWithTheSameNames()
    {
        await _site.InitAsync();
        _site.AddBoard("COM1");
        _site.AddBoard("COM3");
        string file = Path.Combine(_site.Root, "nodes.csv");
        await File.WriteAllTextAsync(file, "port,location,name\nCOM1,\"pump 1, drive end\",\nCOM2,pump 2,\nCOM3,fan,fan-1\n");

        // No board at COM2 yet.
        Assert.Contains("vib-002 on COM2: nanoff could not erase the board, flash the runtime: E4005, the serial port cannot be opened", await _site.FailsAsync(1, _site.Provision("--batch", file, "--no-birth")));
        _site.AddBoard("COM2");
        await _site.OkAsync(_site.Provision("--batch", file, "--no-birth"));
        Assert.Equal([("vib-001", "pump 1, drive end"), ("vib-002", "pump 2"), ("fan-1", "fan")], Inventory.Open(Path.Combine(_site.Folder, "inventory.csv")).Rows.Select(row => (row.Name, row.Location)));
        Assert.Single(_site.Calls, call => call.Contains("--masserase") && call.Contains("COM1"));
        foreach (string port in new[] { "COM1", "COM2", "COM3" })
        {
            Assert.True(File.Exists(Path.Combine(_site.Boards, port, "I", "client.key")));
        }
    }

    [Fact]
    public async Task Batch_WithOnePortForAll_NeedsSomebodyAtTheKeyboard()
    {
        await _site.InitAsync();
        string file = Path.Combine(_site.Root, "nodes.csv");
        await File.WriteAllTextAsync(file, "port\nCOM1\nCOM1\n");
        if (Console.IsInputRedirected)
        {
            Assert.Contains("line 3: the port COM1 comes twice, and nobody is at the keyboard", await _site.FailsAsync(1, _site.Provision("--batch", file)));
        }

        string output = await _site.OkAsync(_site.Provision("--batch", file, "--dry-run"));
        Assert.Contains("vib-001 (group plant) on COM1", output);
        Assert.Contains("vib-002 (group plant) on COM1", output);
    }

    [Fact]
    public async Task OutsideAuthority_GetsARequest_AndItsAnswerIsChecked()
    {
        using ECDsa key = CertificateAuthority.NewKey();
        using var outside = CertificateAuthority.Create("Corporation", 1, DateTimeOffset.UtcNow);
        using var stranger = CertificateAuthority.Create("Stranger", 1, DateTimeOffset.UtcNow);
        string anchor = Path.Combine(_site.Root, "corporation.pem");
        await File.WriteAllTextAsync(anchor, outside.Certificate.ExportCertificatePem());
        await _site.OkAsync("site", "init", "--site", _site.Folder, "--name", "Plant", "--group", "plant", "--broker", "localhost", "--outside-ca", anchor);
        Assert.Empty(Directory.EnumerateFiles(_site.Folder, "*.key", SearchOption.AllDirectories));
        _site.AddBoard("COM1");
        string[] line = _site.Provision("--port", "COM1", "--no-birth", "--name", "fan-1");
        Assert.Contains("give " + _site.NodeFile("fan-1", "client.csr") + " to your authority", await _site.OkAsync(line));
        Assert.Empty(_site.Calls);

        (string name, PublicKey asked) = CertificateAuthority.ReadRequest("client.csr", await File.ReadAllTextAsync(_site.NodeFile("fan-1", "client.csr")));
        Assert.Equal("fan-1", name);
        await AnswerAsync(outside.IssueClient("fan-1", new PublicKey(key), 30, DateTimeOffset.UtcNow), "is for another key than");
        await AnswerAsync(outside.IssueClient("fan-2", asked, 30, DateTimeOffset.UtcNow), "is for 'fan-2'; the common name must be fan-1");
        await AnswerAsync(stranger.IssueClient("fan-1", asked, 30, DateTimeOffset.UtcNow), "is signed by none of the anchors");
        Assert.Empty(_site.Calls);
        await File.WriteAllTextAsync(_site.NodeFile("fan-1", "client.pem"), outside.IssueClient("fan-1", asked, 30, DateTimeOffset.UtcNow).ExportCertificatePem());
        await _site.OkAsync(line);
        Assert.Equal(CertificateAuthority.Short(outside.Certificate), _site.Row("fan-1").Issuer);

        async Task AnswerAsync(X509Certificate2 certificate, string expected)
        {
            await File.WriteAllTextAsync(_site.NodeFile("fan-1", "client.pem"), certificate.ExportCertificatePem());
            Assert.Contains(expected, await _site.FailsAsync(1, line));
        }
    }

    [Fact]
    public async Task Request_IsSaidWithIdentitiesOnlyToo_AndKeepsItsKey()
    {
        await _site.InitAsync();
        _site.AddBoard("COM1");
        string[] identity = ["provision", "--site", _site.Folder, "--port", "COM1", "--name", "fan-1", "--identities-only"];
        string request = _site.NodeFile("fan-1", "client.csr");
        string output = await _site.OkAsync([.. identity, "--csr"]);
        Assert.DoesNotContain("has an identity", output);
        Assert.Contains($"give {request} to your authority (the site's own, ca-1.key; nodes and broker trust no other), put its answer to {_site.NodeFile("fan-1", "client.pem")}, then call again with --name fan-1", output);

        // Without --csr it is still the request that waits.
        string key = await File.ReadAllTextAsync(_site.NodeFile("fan-1", "client.key"));
        Assert.Contains("give " + request, await _site.OkAsync(identity));
        Assert.Contains("give " + request, await _site.OkAsync(_site.Provision("--port", "COM1", "--no-birth", "--name", "fan-1")));
        Assert.Contains(request + " was made before; its key is kept", _site.Printed);
        Assert.Equal(key, await File.ReadAllTextAsync(_site.NodeFile("fan-1", "client.key")));
        Assert.Empty(_site.Calls);

        (_, PublicKey asked) = CertificateAuthority.ReadRequest(request, await File.ReadAllTextAsync(request));
        using var stranger = CertificateAuthority.Create("Stranger", 1, DateTimeOffset.UtcNow);
        await AnswerAsync(stranger);
        Assert.Contains("is signed by none of the anchors in " + Path.Combine(_site.Folder, "anchors.pem") + "; here only ca-1.key can sign", await _site.FailsAsync(1, identity));
        using (SiteFolder site = _site.Open())
        {
            using CertificateAuthority own = site.Authority();
            await AnswerAsync(own);
        }

        Assert.Contains("fan-1: has an identity", await _site.OkAsync(identity));
        await _site.OkAsync(_site.Provision("--port", "COM1", "--no-birth", "--name", "fan-1"));
        Assert.Equal(key, await File.ReadAllTextAsync(Path.Combine(_site.Boards, "COM1", "I", "client.key")));

        Task AnswerAsync(CertificateAuthority authority) =>
            File.WriteAllTextAsync(_site.NodeFile("fan-1", "client.pem"), authority.IssueClient("fan-1", asked, 30, DateTimeOffset.UtcNow).ExportCertificatePem());
    }

    [Fact]
    public async Task Again_GivesUpARequest()
    {
        await _site.InitAsync();
        string[] identity = ["provision", "--site", _site.Folder, "--port", "COM1", "--name", "fan-1", "--identities-only"];
        await _site.OkAsync([.. identity, "--csr"]);
        string key = await File.ReadAllTextAsync(_site.NodeFile("fan-1", "client.key"));
        Assert.Contains("fan-1: has an identity", await _site.OkAsync([.. identity, "--again"]));
        Assert.NotEqual(key, await File.ReadAllTextAsync(_site.NodeFile("fan-1", "client.key")));
        Assert.False(File.Exists(_site.NodeFile("fan-1", "client.csr")));
    }

    public void Dispose() => _site.Dispose();
}
