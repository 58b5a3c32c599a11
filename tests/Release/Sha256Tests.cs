using System.Security.Cryptography;
using Xunit;
using Sha256 = SensorNode.Crypto.Sha256;

namespace SensorNode.Release.Tests;

/// <summary>The node's SHA-256, compiled for the host, against .NET's and against long published tests.</summary>
public class Sha256Tests
{
    [Fact]
    public void RandomMessages_InRandomParts_GiveTheDigestsOfDotNet()
    {
        var random = new Random(20261);
        var hash = new Sha256();
        byte[] digest = new byte[32];
        for (int n = 0; n < 3000; n++)
        {
            byte[] message = new byte[random.Next(n < 2000 ? 300 : 5000)];
            random.NextBytes(message);
            for (int offset = 0; offset < message.Length;)
            {
                int part = Math.Min(random.Next(1 + random.Next(1, 200)), message.Length - offset);
                hash.Update(message, offset, part);
                offset += part;
            }

            hash.Finish(digest, 0);
            Assert.Equal(SHA256.HashData(message), digest);
        }
    }

    /// <summary>FIPS 180-2, appendix B.3.</summary>
    [Fact]
    public void AMillionLettersA()
    {
        byte[] message = new byte[1_000_000];
        Array.Fill(message, (byte)'a');
        Assert.Equal("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0", Convert.ToHexStringLower(Sha256.Hash(message, 0, message.Length)));
    }

    /// <summary>NIST CAVP, SHA256Monte.rsp: seed, first and second checkpoint, and the last of 100 (SHAVS, section 6.4).</summary>
    [Fact]
    public void MonteCarlo()
    {
        byte[] seed = Convert.FromHexString("6d1e72ad03ddeb5de891e572e2396f8da015d899ef0e79503152d6010a3fe691");
        var hash = new Sha256();
        var checkpoints = new List<string>();
        for (int checkpoint = 0; checkpoint < 100; checkpoint++)
        {
            byte[] last3 = [.. seed, .. seed, .. seed];
            for (int i = 0; i < 1000; i++)
            {
                hash.Update(last3, 0, 96);
                Array.Copy(last3, 32, last3, 0, 64);
                hash.Finish(last3, 64);
            }

            seed = last3[64..];
            checkpoints.Add(Convert.ToHexStringLower(seed));
        }

        Assert.Equal("e93c330ae5447738c8aa85d71a6c80f2a58381d05872d26bdd39f1fcd4f2b788", checkpoints[0]);
        Assert.Equal("2e78f8c8772ea7c9331d41ed3f9cdf27d8f514a99342ee766ee3b8b0d0b121c0", checkpoints[1]);
        Assert.Equal("6a912ba4188391a78e6f13d88ed2d14e13afce9db6f7dcbf4a48c24f3db02778", checkpoints[99]);
    }
}
