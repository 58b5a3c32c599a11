using System.Text;
using System.Text.RegularExpressions;
using SensorNode.Release.Lms;
using SensorNode.Update;
using Xunit;

namespace SensorNode.Release.Tests;

/// <summary>The release format: written by the host, read by the node's parser, described in a document.</summary>
public class ReleaseFormatTests
{
    private static readonly LmsKeyPair s_pair = new(5, 1, new byte[16], new byte[32]);
    private static readonly byte[] s_key = [0, 0, 0, 1, .. s_pair.TreeKey()];
    private static readonly byte[] s_payload = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("payload of the example. ", 25)));

    private static readonly ReleaseContent s_content = new()
    {
        Product = "sensornode",
        Board = "esp32-devkitc",
        Kind = ReleaseManifest.Application,
        Class = ReleaseManifest.Security,
        Version = new Version(1, 2, 3, 4),
        SecurityCounter = 7,
        BaseVersion = new Version(1, 1),
        ChunkBytes = 512,
        Assemblies = [new("mscorlib", new Version(1, 17, 11, 0), 0xC3B1DF22)],
    };

    [Fact]
    public void ExampleInTheDocument_IsTheManifest()
    {
        string document = File.ReadAllText(Path.Combine(Root(), "firmware/docs/update.md"));
        string hex = string.Concat(Regex.Matches(document, "^    ([0-9a-f]{2}(?: [0-9a-f]{2})*)$", RegexOptions.Multiline).Select(line => line.Groups[1].Value.Replace(" ", "")));
        Assert.Equal(Convert.ToHexStringLower(ReleasePacker.Manifest(s_content, s_payload, s_key)), hex);
    }

    [Fact]
    public void WhatIsPacked_IsRead()
    {
        ReleaseFile release = ReleaseFile.Read(Pack());
        ReleaseManifest manifest = release.Manifest;
        Assert.Null(release.Check(s_key));
        Assert.Equal(("sensornode", "esp32-devkitc", 1, 2, 7), (manifest.Product, manifest.Board, manifest.Kind, manifest.Class, manifest.SecurityCounter));
        Assert.Equal((0x0001_0002_0003_0004, 0x0001_0001_0000_0000), (manifest.Version, manifest.BaseVersion));
        Assert.Equal((600, 512, 2, 512, 88, 0), (manifest.PayloadBytes, manifest.ChunkBytes, manifest.Chunks, manifest.BytesOfChunk(0), manifest.BytesOfChunk(1), manifest.BytesOfChunk(2)));
        Assert.Equal("mscorlib", manifest.AssemblyAt(0, out long version, out int checksum));
        Assert.Equal((0x0001_0011_000B_0000, unchecked((int)0xC3B1DF22)), (version, checksum));
        Assert.Null(manifest.AssemblyAt(1, out _, out _));
        Assert.Equal("signed with another key", release.Check(new byte[60]));
    }

    [Fact]
    public void EveryChangedByte_IsRefused()
    {
        byte[] good = Pack();
        for (int i = 0; i < good.Length; i++)
        {
            byte[] bad = [.. good];
            bad[i] ^= 1;
            Assert.True(Refused(bad), $"byte {i}");
        }
    }

    [Fact]
    public void EveryLength_IsRefused()
    {
        byte[] good = Pack();
        for (int length = 0; length < good.Length; length++)
        {
            Assert.True(Refused(good[..length]), $"{length} bytes");
        }

        Assert.True(Refused([.. good, 0]));
    }

    [Fact]
    public void AnyBytes_GiveAManifestOrAReason()
    {
        var random = new Random(4711);
        byte[] good = Pack();
        for (int n = 0; n < 100_000; n++)
        {
            byte[] bytes = random.Next(10) == 0 ? new byte[random.Next(400)] : good[..random.Next(good.Length)];
            for (int changes = random.Next(6); changes > 0 && bytes.Length > 0; changes--)
            {
                bytes[random.Next(Math.Min(bytes.Length, random.Next(2) == 0 ? 240 : 80))] = (byte)random.Next(256);
            }

            int offset = random.Next(-1, 3);
            var manifest = new ReleaseManifest();
            if (ReleaseParser.TryParse(bytes, offset, bytes.Length - Math.Max(offset, 0) + random.Next(-2, 2), manifest, out ReleaseError error))
            {
                for (int i = 0; i < manifest.Assemblies; i++)
                {
                    Assert.NotNull(manifest.AssemblyAt(i, out _, out _));
                }

                Assert.False(manifest.IsChunkDigest(manifest.Chunks - 1, new byte[32]));
                Assert.Equal(manifest.PayloadBytes, Enumerable.Range(0, manifest.Chunks).Sum(manifest.BytesOfChunk));
                ReleaseParser.TryFindSignature(bytes, offset + manifest.ManifestBytes, random.Next(4000), 1, out _, out _, out _);
            }
            else
            {
                Assert.True(Enum.IsDefined(error) && error != ReleaseError.None);
            }
        }
    }

    [Theory]
    [InlineData("sensor node", 512, 1, "product 'sensor node'")]
    [InlineData("sensornode", 100, 1, "chunks of 100 bytes")]
    [InlineData("sensornode", 512, 3, "its kind or class is not known")]
    public void WhatANodeWouldRefuse_IsNotPacked(string product, int chunkBytes, int kind, string expected)
    {
        ReleaseContent content = s_content with { Product = product, ChunkBytes = chunkBytes, Kind = kind };
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => ReleasePacker.Manifest(content, s_payload, s_key)).Message);
    }

    private static byte[] Pack()
    {
        byte[] manifest = ReleasePacker.Manifest(s_content, s_payload, s_key);
        return ReleasePacker.File(manifest, [0, 0, 0, 0, .. s_pair.Sign(3, new byte[32], manifest)], s_payload);
    }

    private static bool Refused(byte[] bytes)
    {
        try
        {
            return ReleaseFile.Read(bytes).Check(s_key) != null;
        }
        catch (InvalidDataException)
        {
            return true;
        }
    }

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder != null && !File.Exists(Path.Combine(folder, "SensorNode.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("no SensorNode.sln above the tests");
    }
}
