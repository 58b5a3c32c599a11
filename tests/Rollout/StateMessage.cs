using System.Buffers.Binary;
using SensorNode.Update;

namespace SensorNode.Rollout.Tests;

/// <summary>State messages as a node sends them.</summary>
internal static class StateMessage
{
    public static readonly byte[] Nothing = new byte[16];

    public static NodeUpdateState Create(int phase = 0, int reason = 0, byte[]? about = null, byte[]? inForce = null, byte[]? delivery = null, long version = 1L << 32, int counter = 0, int kind = 2, int stored = 0, int total = 0) =>
        NodeUpdateState.Parse(Bytes(phase, reason, about, inForce, delivery, version, counter, kind, stored, total))!;

    public static byte[] Bytes(int phase = 0, int reason = 0, byte[]? about = null, byte[]? inForce = null, byte[]? delivery = null, long version = 1L << 32, int counter = 0, int kind = 2, int stored = 0, int total = 0)
    {
        byte[] bytes = new byte[UpdateMessages.StateBytes];
        "SNST"u8.CopyTo(bytes);
        (bytes[4], bytes[5], bytes[6], bytes[7]) = (1, (byte)kind, (byte)phase, (byte)reason);
        (about ?? Nothing).CopyTo(bytes, 8);
        (inForce ?? Nothing).CopyTo(bytes, 24);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(40), version);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(48), counter);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(52), stored);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(56), total);
        (delivery ?? Nothing).CopyTo(bytes, 60);
        return bytes;
    }
}
