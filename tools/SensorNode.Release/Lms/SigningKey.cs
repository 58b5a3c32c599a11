using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using SensorNode.Crypto;

namespace SensorNode.Release.Lms;

/// <summary>A private key in a file, which signs each time with a leaf that was never used before.</summary>
/// <remarks>
/// A leaf used for two messages gives the key away, so before a signature leaves, "this leaf is used" is on the disk, twice: in the key file
/// and in a witness file elsewhere (per user and machine). A crash loses at most the leaf. The witness shows what one file cannot:
/// an older copy put back (its state is behind the witness), a copy at another path, a file brought from another machine.
/// Not noticed: key and witness put back together (a machine restored from an image, a cloned virtual machine).
/// A second signer gets a file of its own with leaves of its own: <see cref="Reserve"/>. That file is bound to the first machine that opens it.
/// </remarks>
public sealed class SigningKey : IDisposable
{
    private const int HeaderBytes = 512;
    private const int HashedBytes = 8 + 4 + 4 + 4 + 16 + 16 + 32;
    private static readonly byte[] s_magic = "SNLMSKEY"u8.ToArray();

    private readonly IKeyFiles _files;
    private readonly IKeyFile _file;
    private readonly IKeyFile _witnessFile;
    private readonly KeyStateSlots _slots;
    private readonly KeyStateSlots _witness;
    private readonly LmsKeyPair _pair;
    private readonly byte[] _seed;
    private readonly string _path;
    private KeyState _state;
    private bool _isBroken;

    private SigningKey(IKeyFiles files, string path, IKeyFile file)
    {
        (_files, _path, _file) = (files, path, file);
        byte[] header = Header(path, file);
        byte[] fileId = header[20..36];
        _seed = header[52..84];
        _pair = new LmsKeyPair(BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(12)), BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(16)), header[36..52], _seed);
        _slots = new KeyStateSlots(file, HeaderBytes, fileId);
        _state = _slots.Load() ?? throw new SigningKeyException($"{path}: neither copy of its state is whole; it must not sign any more");
        string witnessPath = files.WitnessPath(Convert.ToHexStringLower(fileId));
        bool isBound = _state.Place.Any(b => b != 0);
        bool isWitnessed = files.Exists(witnessPath);
        if (isBound && !_state.Place.AsSpan().SequenceEqual(Place(path)))
        {
            throw new SigningKeyException($"{path}: the file was copied or moved here; use it where it was made, or reserve leaves for a second signer there");
        }

        if (isBound && !isWitnessed)
        {
            throw new SigningKeyException($"{path}: {witnessPath} is missing, so this is a copy from another machine or user, or the witness was deleted; reserve leaves for a second signer where the key was made");
        }

        _witnessFile = files.Open(witnessPath, !isWitnessed);
        try
        {
            _witness = new KeyStateSlots(_witnessFile, 0, fileId);
            CompareWithWitness(witnessPath, isBound);
        }
        catch
        {
            _witnessFile.Dispose();
            throw;
        }
    }

    /// <summary>Signatures left in this file.</summary>
    public int Remaining => _state.End - _state.Next;

    /// <summary>Index of the leaf that signs next.</summary>
    public int Next => _state.Next;

    /// <summary>Index after this file's last leaf.</summary>
    public int End => _state.End;

    /// <summary>The public key as nodes hold it: HSS of one level, 60 bytes.</summary>
    public byte[] PublicKey() => [0, 0, 0, 1, .. _pair.TreeKey()];

    /// <summary>Bytes of each signature, HSS of one level.</summary>
    public int SignatureBytes => 4 + LmsParameters.SignatureBytes(_pair.TreeType, _pair.OneTimeType);

    /// <summary>Makes a new key with all its leaves.</summary>
    /// <param name="files">Where files live.</param>
    /// <param name="path">Full path of a file that is not there yet.</param>
    /// <param name="treeType">LMS type, 5 (H5) to 9 (H25).</param>
    /// <param name="oneTimeType">LM-OTS type, 1 (W1) to 4 (W8).</param>
    public static SigningKey Create(IKeyFiles files, string path, int treeType, int oneTimeType)
    {
        byte[] seed = RandomNumberGenerator.GetBytes(LmsParameters.HashBytes);
        Write(files, path, new LmsKeyPair(treeType, oneTimeType, RandomNumberGenerator.GetBytes(LmsParameters.IdBytes), seed), seed, 0, 1 << LmsParameters.Height(treeType));
        return Open(files, path);
    }

    /// <summary>Opens a key to sign with.</summary>
    /// <exception cref="SigningKeyException">The file is not a key, is in use, is damaged, or is a copy.</exception>
    public static SigningKey Open(IKeyFiles files, string path)
    {
        if (!files.Exists(path))
        {
            throw new SigningKeyException($"{path}: there is no such file");
        }

        IKeyFile file = files.Open(path, isNew: false);
        try
        {
            return new SigningKey(files, path, file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads a key's leaves without using it: a reserved file is not bound by it.</summary>
    /// <returns>Index of the leaf that signs next, index after the last one, and whether the file is bound to a machine.</returns>
    public static (int Next, int End, bool IsBound) Inspect(IKeyFiles files, string path)
    {
        using IKeyFile file = files.Open(path, isNew: false);
        byte[] header = Header(path, file);
        KeyState state = new KeyStateSlots(file, HeaderBytes, header[20..36]).Load() ?? throw new SigningKeyException($"{path}: neither copy of its state is whole; it must not sign any more");
        return (state.Next, state.End, state.Place.Any(b => b != 0));
    }

    /// <summary>Signs a message: HSS of one level.</summary>
    public byte[] Sign(byte[] message)
    {
        if (Remaining <= 0)
        {
            throw new SigningKeyException($"{_path}: all its signatures are used; make a new key and bring its public half to the nodes first");
        }

        int leaf = _state.Next;
        Advance(_state with { Next = leaf + 1 });
        byte[] signature = [0, 0, 0, 0, .. _pair.Sign(leaf, RandomNumberGenerator.GetBytes(LmsParameters.HashBytes), message)];
        byte[] key = PublicKey();
        if (new HssVerifier().Verify(key, 0, key.Length, message, 0, message.Length, signature, 0, signature.Length) != SignatureStatus.Valid)
        {
            throw new SigningKeyException($"{_path}: the signature that was made does not verify; it was thrown away");
        }

        return signature;
    }

    /// <summary>Gives this file's last leaves to a new file for a second signer.</summary>
    /// <param name="count">How many.</param>
    /// <param name="path">Full path of a file that is not there yet. It is bound to where it is first opened.</param>
    public void Reserve(int count, string path)
    {
        if (count < 1 || count > Remaining)
        {
            throw new SigningKeyException($"{_path}: {count} leaves cannot be given away, 1 to {Remaining} can");
        }

        if (_files.Exists(path))
        {
            throw new SigningKeyException($"{path}: there is such a file already");
        }

        int end = _state.End;
        Advance(_state with { End = end - count });
        Write(_files, path, _pair, _seed, end - count, end);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _witnessFile.Dispose();
        _file.Dispose();
    }

    private static void Write(IKeyFiles files, string path, LmsKeyPair pair, byte[] seed, int next, int end)
    {
        if (files.Exists(path))
        {
            throw new SigningKeyException($"{path}: there is such a file already");
        }

        byte[] fileId = RandomNumberGenerator.GetBytes(16);
        byte[] header = new byte[HeaderBytes];
        s_magic.CopyTo(header, 0);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), 1);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), pair.TreeType);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), pair.OneTimeType);
        fileId.CopyTo(header, 20);
        pair.Id.CopyTo(header.AsSpan(36));
        seed.CopyTo(header, 52);
        SHA256.HashData(header.AsSpan(0, HashedBytes)).CopyTo(header, HashedBytes);
        using IKeyFile file = files.Open(path, isNew: true);
        file.Write(0, [.. header, .. new byte[2 * KeyStateSlots.SlotBytes]]);
        new KeyStateSlots(file, HeaderBytes, fileId).Save(new KeyState(next, end, new byte[32]));
    }

    private static byte[] Header(string path, IKeyFile file)
    {
        byte[] header = file.ReadAll();
        if (header.Length < HeaderBytes || !header.AsSpan(0, 8).SequenceEqual(s_magic) || BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(8)) != 1 ||
            !SHA256.HashData(header.AsSpan(0, HashedBytes)).AsSpan().SequenceEqual(header.AsSpan(HashedBytes, 32)))
        {
            throw new SigningKeyException($"{path}: not a signing key of this tool, or damaged");
        }

        return header;
    }

    private static byte[] Place(string path) => SHA256.HashData(Encoding.UTF8.GetBytes(path));

    // The key file is always written first, so its witness is level with it or one step behind. Anything else is a copy.
    private void CompareWithWitness(string witnessPath, bool isBound)
    {
        KeyState? witness = _witness.Load();
        if (witness == null && isBound)
        {
            throw new SigningKeyException($"{witnessPath}: damaged, so nothing shows that {_path} is not an old copy; it must not sign any more");
        }

        if (witness != null && (!witness.Place.AsSpan().SequenceEqual(Place(_path)) || witness.Next > _state.Next || witness.End < _state.End))
        {
            throw new SigningKeyException($"{_path}: an older copy, or one from elsewhere: {witnessPath} knows of leaves up to {witness.Next} of {witness.End}, the file of {_state.Next} of {_state.End}; use the file that signed last");
        }

        KeyState bound = _state with { Place = Place(_path) };
        _witness.Save(bound);
        if (!isBound)
        {
            _slots.Save(bound);
            _state = bound;
        }
    }

    private void Advance(KeyState state)
    {
        if (_isBroken)
        {
            throw new SigningKeyException($"{_path}: the last write failed; open the key again");
        }

        _isBroken = true;
        _slots.Save(state);
        _witness.Save(state);
        _state = state;
        _isBroken = false;
    }
}
