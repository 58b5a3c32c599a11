using System.Buffers.Binary;
using SensorNode.Crypto;
using SensorNode.Release.Lms;
using Xunit;

namespace SensorNode.Release.Tests;

/// <summary>No leaf signs twice, whatever happens to the files.</summary>
public class SigningKeyTests
{
    private const string Path = "/k/a.key";
    private const string Second = "/k/b.key";

    /// <summary>Power fails at each operation of making a key, signing, reserving leaves for a second file and signing with both; then all goes on.</summary>
    [Fact]
    public void PowerCutAtEveryOperation_UsesNoLeafTwice()
    {
        var whole = new FakeKeyFiles(0);
        var none = new List<int>();
        Work(whole, none);
        int operations = whole.Operations;
        Assert.InRange(operations, 20, 200);
        Assert.Equal(none.Count, none.Distinct().Count());
        for (int cut = 1; cut <= operations; cut++)
        {
            for (int seed = 0; seed < 4; seed++)
            {
                var files = new FakeKeyFiles((100 * cut) + seed) { CutAt = cut };
                var leaves = new List<int>();
                Assert.Throws<FakeKeyFiles.PowerCut>(() => Work(files, leaves));
                files.Reboot();
                if (seed % 2 == 1)
                {
                    // A second cut, some operations later.
                    files.CutAt = files.Operations + 1 + (seed * cut % 9);
                    Try(files, leaves);
                    files.Reboot();
                }

                Try(files, leaves);
                Assert.True(leaves.Count == leaves.Distinct().Count(), $"cut {cut}, seed {seed}: leaves {string.Join(' ', leaves)}");
            }
        }
    }

    [Fact]
    public void Signatures_VerifyOnTheNode_UntilNoneAreLeft()
    {
        var files = new FakeKeyFiles(1);
        using var key = SigningKey.Create(files, Path, 5, 1);
        byte[] publicKey = key.PublicKey();
        for (int n = 0; n < 32; n++)
        {
            Assert.Equal(32 - n, key.Remaining);
            byte[] message = [(byte)n, 5];
            byte[] signature = key.Sign(message);
            Assert.Equal(n, Leaf(signature));
            Assert.Equal(SignatureStatus.Valid, new HssVerifier().Verify(publicKey, 0, 60, message, 0, 2, signature, 0, signature.Length));
        }

        Assert.Contains("all its signatures are used", Assert.Throws<SigningKeyException>(() => key.Sign([1])).Message);
    }

    [Fact]
    public void Reserved_LeavesAreOfOneFileOnly()
    {
        var files = new FakeKeyFiles(2);
        using var key = SigningKey.Create(files, Path, 5, 1);
        key.Sign([1]);
        key.Reserve(10, Second);
        Assert.Equal((22, 32, false), SigningKey.Inspect(files, Second));
        files.Machine = "two";
        using var second = SigningKey.Open(files, Second);
        Assert.Equal((1, 22, 22, 32), (key.Next, key.End, second.Next, second.End));
        Assert.Equal(key.PublicKey(), second.PublicKey());
        Assert.Equal(22, Leaf(second.Sign([1])));
        Assert.Throws<SigningKeyException>(() => key.Reserve(22, "/k/c.key"));
        Assert.Throws<SigningKeyException>(() => key.Reserve(1, Second));
    }

    [Fact]
    public void OlderCopy_IsRefused()
    {
        var files = new FakeKeyFiles(3);
        SigningKey.Create(files, Path, 5, 1).Dispose();
        byte[] older = files.Copy()[Path];
        using (var key = SigningKey.Open(files, Path))
        {
            key.Sign([1]);
        }

        files.Restore(Path, older);
        Assert.Contains("an older copy", Assert.Throws<SigningKeyException>(() => SigningKey.Open(files, Path)).Message);
    }

    [Fact]
    public void CopyFromBeforeLeavesWereReserved_IsRefused()
    {
        var files = new FakeKeyFiles(4);
        using (var key = SigningKey.Create(files, Path, 5, 1))
        {
            byte[] older = files.Copy()[Path];
            key.Reserve(5, Second);
            key.Dispose();
            files.Restore(Path, older);
        }

        Assert.Throws<SigningKeyException>(() => SigningKey.Open(files, Path));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void CopyElsewhere_IsRefused(bool isOtherMachine)
    {
        var files = new FakeKeyFiles(5);
        SigningKey.Create(files, Path, 5, 1).Dispose();
        if (isOtherMachine)
        {
            files.Machine = "two";
            Assert.Contains("another machine", Assert.Throws<SigningKeyException>(() => SigningKey.Open(files, Path)).Message);
        }
        else
        {
            files.Restore(Second, files.Copy()[Path]);
            Assert.Contains("copied or moved", Assert.Throws<SigningKeyException>(() => SigningKey.Open(files, Second)).Message);
        }
    }

    /// <summary>A reserved file that was copied before its first use: the first one opened on a machine is bound, the other refused.</summary>
    [Fact]
    public void TwoCopiesOfAReservedFile_OnOneMachine_OnlyOneSigns()
    {
        var files = new FakeKeyFiles(6);
        using var key = SigningKey.Create(files, Path, 5, 1);
        key.Reserve(5, Second);
        files.Restore("/k/c.key", files.Copy()[Second]);
        using var second = SigningKey.Open(files, Second);
        Assert.Throws<SigningKeyException>(() => SigningKey.Open(files, "/k/c.key"));
    }

    [Fact]
    public void EveryDamagedByte_IsNoticedOrHarmless()
    {
        var files = new FakeKeyFiles(7);
        using (var key = SigningKey.Create(files, Path, 5, 1))
        {
            key.Sign([1]);
        }

        byte[] good = files.Copy()[Path];
        for (int i = 0; i < good.Length; i++)
        {
            byte[] bad = [.. good];
            bad[i] ^= 0x40;
            files.Restore(Path, bad);
            try
            {
                using var key = SigningKey.Open(files, Path);
                Assert.Equal(1, key.Next);
            }
            catch (SigningKeyException)
            {
                // Named, and nothing signed.
            }
        }
    }

    [Fact]
    public void OnDisk_AKeyIsOfOneProcessAndOfItsOwner()
    {
        string folder = Directory.CreateTempSubdirectory("sensornode-key-").FullName;
        try
        {
            var files = new DiskFilesHere(folder);
            string path = System.IO.Path.Combine(folder, "release.key");
            using (var key = SigningKey.Create(files, path, 5, 1))
            {
                Assert.Throws<SigningKeyException>(() => SigningKey.Open(files, path));
                key.Sign([1]);
            }

            using (var again = SigningKey.Open(files, path))
            {
                Assert.Equal(1, again.Next);
            }

            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Try(FakeKeyFiles files, List<int> leaves)
    {
        try
        {
            Work(files, leaves);
        }
        catch (Exception exception) when (exception is FakeKeyFiles.PowerCut or SigningKeyException)
        {
            // A key that was cut off while it was made may be unusable; it must only never sign twice.
        }
    }

    private static void Work(FakeKeyFiles files, List<int> leaves)
    {
        using SigningKey key = files.Exists(Path) ? SigningKey.Open(files, Path) : SigningKey.Create(files, Path, 5, 1);
        leaves.Add(Leaf(key.Sign([1])));
        leaves.Add(Leaf(key.Sign([2])));
        if (!files.Exists(Second))
        {
            key.Reserve(4, Second);
        }

        leaves.Add(Leaf(key.Sign([3])));
        using SigningKey second = SigningKey.Open(files, Second);
        leaves.Add(Leaf(second.Sign([4])));
    }

    private static int Leaf(byte[] signature) => BinaryPrimitives.ReadInt32BigEndian(signature.AsSpan(4));

    /// <summary>The disk, with witnesses in a folder of the test.</summary>
    private sealed class DiskFilesHere(string folder) : IKeyFiles
    {
        private readonly DiskKeyFiles _disk = new();

        public bool Exists(string path) => _disk.Exists(path);

        public IKeyFile Open(string path, bool isNew) => _disk.Open(path, isNew);

        public string WitnessPath(string fileId) => System.IO.Path.Combine(folder, "witness", fileId);
    }
}
