using System.Buffers.Binary;
using SensorNode.Update;

namespace SensorNode.Rollout;

/// <summary>A node's request for one piece, as firmware/docs/update.md has it, and the replies to it.</summary>
/// <param name="ReleaseId">16 bytes.</param>
/// <param name="Offset">In the release file, as it came.</param>
/// <param name="Count">Bytes wanted, 1 to 3072.</param>
public sealed record PieceRequest(byte[] ReleaseId, uint Offset, int Count)
{
    private const byte StatusNoSuchBytes = 2;

    private byte[] _echo = [];

    /// <summary>Null for anything that is not exactly a request; such a message gets no answer.</summary>
    public static PieceRequest? Parse(byte[] payload)
    {
        if (payload.Length != UpdateMessages.RequestBytes || !payload.AsSpan().StartsWith("SNRQ"u8) || payload[4] != 1 || payload[5] is not (1 or 2))
        {
            return null;
        }

        int count = BinaryPrimitives.ReadUInt16LittleEndian(payload.AsSpan(6));
        return count is < 1 or > ReleaseParser.ChunkBytesMax
            ? null
            : new PieceRequest(payload[8..24], BinaryPrimitives.ReadUInt32LittleEndian(payload.AsSpan(24)), count) { _echo = payload[8..32] };
    }

    /// <summary>Here it is.</summary>
    public byte[] Data(byte[] piece) => [.. Head(UpdateMessages.StatusData, piece.Length), .. piece];

    /// <summary>The release has no such bytes.</summary>
    public byte[] NoSuchBytes() => Head(StatusNoSuchBytes, 0);

    /// <summary>Come again later.</summary>
    public byte[] Later(int seconds) => Head(UpdateMessages.StatusLater, seconds);

    private byte[] Head(int status, int number) => [.. "SNRP"u8, 1, (byte)status, (byte)number, (byte)(number >> 8), .. _echo];
}
