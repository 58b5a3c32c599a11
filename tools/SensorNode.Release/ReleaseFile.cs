using System.Security.Cryptography;
using SensorNode.Crypto;
using SensorNode.Update;

namespace SensorNode.Release;

/// <summary>A release file read and checked as a node does.</summary>
public sealed class ReleaseFile
{
    private readonly byte[] _bytes;
    private readonly int _signatureOffset;
    private readonly int _signatureBytes;
    private readonly int _payloadOffset;

    private ReleaseFile(byte[] bytes, ReleaseManifest manifest, int signatureOffset, int signatureBytes, int payloadOffset)
    {
        (_bytes, Manifest, _signatureOffset, _signatureBytes, _payloadOffset) = (bytes, manifest, signatureOffset, signatureBytes, payloadOffset);
    }

    /// <summary>What it says of itself.</summary>
    public ReleaseManifest Manifest { get; }

    /// <summary>Bytes of the HSS signature.</summary>
    public int SignatureBytes => _signatureBytes;

    /// <summary>Bytes that a node keeps beside the payload: manifest and signatures.</summary>
    public int HeadBytes => _payloadOffset;

    /// <summary>Why its sizes are not those of a node's slots; null where they are.</summary>
    public string? Misfit => NodeLimits.Refusal(Manifest.Kind, Manifest.PayloadBytes, HeadBytes);

    /// <summary>Reads a file's bytes.</summary>
    /// <exception cref="InvalidDataException">They are no release; the message says why.</exception>
    public static ReleaseFile Read(byte[] bytes)
    {
        var manifest = new ReleaseManifest();
        if (!ReleaseParser.TryParse(bytes, 0, bytes.Length, manifest, out ReleaseError error))
        {
            throw new InvalidDataException($"not a release: {ReleaseWords.Of(error)}");
        }

        int end = manifest.ManifestBytes;
        if (!ReleaseParser.TryFindSignature(bytes, end, bytes.Length - end, ReleaseParser.AlgorithmHss, out int offset, out int count, out int payload))
        {
            throw new InvalidDataException("no HSS/LMS signature behind the manifest, or its lengths are damaged");
        }

        return new ReleaseFile(bytes, manifest, offset, count, payload);
    }

    /// <summary>Everything that a node checks with its keys alone.</summary>
    /// <param name="publicKeys">Those that it trusts, 60 bytes each; the one that the manifest names is tried.</param>
    /// <returns>Null if all is right; otherwise what is wrong.</returns>
    public string? Check(params byte[][] publicKeys)
    {
        byte[]? publicKey = publicKeys.FirstOrDefault(key => Manifest.IsKeyId(SHA256.HashData(key)));
        if (publicKey == null)
        {
            return "signed with another key";
        }

        SignatureStatus status = new HssVerifier().Verify(
            publicKey, 0, publicKey.Length, _bytes, 0, Manifest.ManifestBytes, _bytes, _signatureOffset, _signatureBytes);
        if (status != SignatureStatus.Valid)
        {
            return $"the signature is not valid: {ReleaseWords.Of(status)}";
        }

        byte[] payload = _bytes[_payloadOffset..];
        if (payload.Length != Manifest.PayloadBytes)
        {
            return $"the payload has {payload.Length} bytes instead of {Manifest.PayloadBytes}";
        }

        for (int chunk = 0; chunk < Manifest.Chunks; chunk++)
        {
            if (!Manifest.IsChunkDigest(chunk, SHA256.HashData(payload.AsSpan(chunk * Manifest.ChunkBytes, Manifest.BytesOfChunk(chunk)))))
            {
                return $"chunk {chunk} is not the one that was signed";
            }
        }

        return Manifest.IsPayloadDigest(SHA256.HashData(payload)) ? null : "the payload is not the one that was signed";
    }
}
