using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SensorNode.Release.Lms;

/// <summary>Which leaves a key file may still use.</summary>
/// <param name="Next">Index of the first unused leaf.</param>
/// <param name="End">Index after the last leaf of this file.</param>
/// <param name="Place">SHA-256 of the full path that the file belongs to; all zero: not yet used anywhere.</param>
internal sealed record KeyState(int Next, int End, byte[] Place);

/// <summary>A <see cref="KeyState"/> in a file, in two slots of 512 bytes that are written in turn: a write that is cut short damages only the slot that does not count.</summary>
/// <remarks>Slot: sequence (8 bytes), Next (4), End (4), Place (32), all least significant byte first, and SHA-256 over the file's id and these.</remarks>
internal sealed class KeyStateSlots(IKeyFile file, int offset, byte[] fileId)
{
    internal const int SlotBytes = 512;
    private const int ContentBytes = 8 + 4 + 4 + 32;

    private long _sequence;

    /// <summary>The state that counts; null if neither slot is whole.</summary>
    internal KeyState? Load()
    {
        byte[] bytes = file.ReadAll();
        KeyState? newest = null;
        for (int slot = 0; slot < 2; slot++)
        {
            int start = offset + (slot * SlotBytes);
            if (bytes.Length < start + ContentBytes + 32)
            {
                continue;
            }

            ReadOnlySpan<byte> content = bytes.AsSpan(start, ContentBytes);
            if (!Checksum(content).AsSpan().SequenceEqual(bytes.AsSpan(start + ContentBytes, 32)))
            {
                continue;
            }

            long sequence = BinaryPrimitives.ReadInt64LittleEndian(content);
            if (newest == null || sequence > _sequence)
            {
                _sequence = sequence;
                newest = new KeyState(BinaryPrimitives.ReadInt32LittleEndian(content[8..]), BinaryPrimitives.ReadInt32LittleEndian(content[12..]), content[16..].ToArray());
            }
        }

        return newest;
    }

    /// <summary>Writes a state over the older slot, and returns when it is on the disk and reads back.</summary>
    internal void Save(KeyState state)
    {
        byte[] slot = new byte[ContentBytes + 32];
        BinaryPrimitives.WriteInt64LittleEndian(slot, ++_sequence);
        BinaryPrimitives.WriteInt32LittleEndian(slot.AsSpan(8), state.Next);
        BinaryPrimitives.WriteInt32LittleEndian(slot.AsSpan(12), state.End);
        state.Place.CopyTo(slot, 16);
        Checksum(slot.AsSpan(0, ContentBytes)).CopyTo(slot, ContentBytes);
        int start = offset + ((int)(_sequence & 1) * SlotBytes);
        file.Write(start, slot);
        file.Flush();
        if (!file.ReadAll().AsSpan(start, slot.Length).SequenceEqual(slot))
        {
            throw new SigningKeyException("what was written does not read back: nothing was signed; the disk may be failing");
        }
    }

    private byte[] Checksum(ReadOnlySpan<byte> content) => SHA256.HashData([.. fileId, .. content]);
}
