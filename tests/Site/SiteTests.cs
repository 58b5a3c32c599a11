using System.Security.Cryptography.X509Certificates;
using System.Xml.Linq;
using Xunit;

namespace SensorNode.Site.Tests;

/// <summary>Names, inventory, certificates and label, without the tool around them.</summary>
public sealed class SiteTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Scheme_GivesTheNextNumber_AboveTheHighest()
    {
        NameScheme scheme = NameScheme.Parse("vib-{n:000}");
        Assert.Equal("vib-001", scheme.Next([]));
        Assert.Equal("vib-008", scheme.Next(["vib-003", "VIB-007", "fan-099", "vib-x", "vib-"]));
        Assert.Equal("vib-1000", scheme.Next(["vib-999"]));
        Assert.Equal("a2.z", NameScheme.Parse("a{n}.z").Next(["a1.z"]));
    }

    [Fact]
    public void Authority_SignsEndCertificatesOnly_AndNoneOutlivesIt()
    {
        using var authority = CertificateAuthority.Create("Plant", 1, s_now);
        using var key = CertificateAuthority.NewKey();
        X509BasicConstraintsExtension constraints = authority.Certificate.Extensions.OfType<X509BasicConstraintsExtension>().Single();
        Assert.Equal((true, true, 0, true), (constraints.CertificateAuthority, constraints.HasPathLengthConstraint, constraints.PathLengthConstraint, constraints.Critical));
        Assert.Equal(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, authority.Certificate.Extensions.OfType<X509KeyUsageExtension>().Single().KeyUsages);

        using X509Certificate2 node = authority.IssueClient("vib-001", new PublicKey(key), SiteFolder.ClientDays, s_now);
        Assert.Equal("CN=vib-001, O=Plant", node.Subject.Replace("O=Plant, CN=vib-001", "CN=vib-001, O=Plant", StringComparison.Ordinal));
        Assert.Equal("1.3.6.1.5.5.7.3.2", node.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages.Cast<System.Security.Cryptography.Oid>().Single().Value);
        Assert.False(node.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority);
        Assert.Equal(s_now.AddDays(SiteFolder.ClientDays).UtcDateTime, node.NotAfter.ToUniversalTime());
        Assert.Equal("sha256ECDSA", node.SignatureAlgorithm.FriendlyName);

        using X509Certificate2 late = authority.IssueClient("vib-002", new PublicKey(key), SiteFolder.ClientDays, s_now.AddYears(18));
        Assert.Equal(authority.Certificate.NotAfter, late.NotAfter);
        using X509Certificate2 server = authority.IssueServer(["broker.example", "10.1.2.3"], new PublicKey(key), 30, s_now);
        Assert.True(server.MatchesHostname("broker.example", allowWildcards: false, allowCommonName: false));
        Assert.True(server.MatchesHostname("10.1.2.3", allowWildcards: false, allowCommonName: false));
    }

    [Fact]
    public void Inventory_ReadsBackWhatItWrote_WhateverTheText()
    {
        string file = Path.GetTempFileName();
        File.Delete(file);
        try
        {
            var row = new InventoryRow { Name = "vib-001", Group = "plant", Location = "pump 3, \"drive\" end; =1+1", Board = "b", ExpiresUtc = s_now, BornUtc = s_now, Anchors = "a b", HardwareAddress = "246f28000001" };
            Inventory inventory = Inventory.Open(file);
            inventory.Put(row);
            inventory.Put(row with { Name = "vib-002", Location = "#2, =cmd()\n" });
            Assert.Equal(row, Inventory.Open(file).Rows[0]);
            Assert.Equal("#2, =cmd()", Inventory.Open(file).Rows[1].Location);
            Assert.Equal(3, File.ReadAllLines(file).Length);
            inventory.Put(row with { State = InventoryRow.StateRetired });
            Assert.Equal([InventoryRow.StateRetired, InventoryRow.StateIssued], Inventory.Open(file).Rows.Select(r => r.State));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Label_IsSvg_WithTheCodeInIt_AndEscapesText()
    {
        var row = new InventoryRow { Name = "vib-001", Group = "plant", Location = "<pump> & \"fan\"", HardwareAddress = "246f28000001", CertificateSerial = "4a0011223344556677", ExpiresUtc = s_now };
        XDocument svg = XDocument.Parse(Label.Svg("Plant North", row));
        XNamespace ns = "http://www.w3.org/2000/svg";
        Assert.Equal(["vib-001", "plant, Plant North", "<pump> & \"fan\"", "24:6f:28:00:00:01", "certificate to 2026-01"], svg.Descendants(ns + "text").Select(text => text.Value));

        // The three finder patterns of a QR code, and as many squares as dark modules.
        var modules = Label.Modules(Label.Code(row));
        int side = modules.Count;
        Assert.Equal(1, side % 4);
        foreach ((int top, int left) in new[] { (0, 0), (0, side - 7), (side - 7, 0) })
        {
            Assert.All(Enumerable.Range(0, 7), i => Assert.True(modules[top][left + i] && modules[top + 6][left + i] && modules[top + i][left] && modules[top + i][left + 6]));
            Assert.False(modules[top + 1][left + 1]);
        }

        string path = svg.Descendants(ns + "path").Single().Attribute("d")!.Value;
        Assert.Equal(modules.Sum(line => line.Cast<bool>().Count(dark => dark)), path.Count(c => c == 'M'));
        Assert.Equal("sensornode:plant/vib-001?mac=246f28000001&cert=44556677", Label.Code(row));
    }
}
