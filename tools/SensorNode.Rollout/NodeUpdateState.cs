using System.Buffers.Binary;
using SensorNode.Update;

namespace SensorNode.Rollout;

/// <summary>What a node says of its updates: the state message of firmware/docs/update.md.</summary>
public sealed record NodeUpdateState
{
    /// <summary>1 application, 2 model.</summary>
    public int Kind { get; private init; }

    /// <summary>0 nothing to do; 1 gets the head; 2 gets the payload; 3 complete; 4 on trial.</summary>
    public int Phase { get; private init; }

    /// <summary>The last decision: one of <see cref="UpdateReason"/>.</summary>
    public int Reason { get; private init; }

    /// <summary>Release that the reason is about, 32 hexadecimal digits.</summary>
    public required string ReasonId { get; init; }

    /// <summary>Release in force; zeros for the factory application or no model.</summary>
    public required string InForceId { get; init; }

    /// <summary>Its version; -1 for no model.</summary>
    public long Version { get; private init; }

    /// <summary>Security counter in force.</summary>
    public int SecurityCounter { get; private init; }

    /// <summary>Bytes of the payload stored.</summary>
    public int Stored { get; private init; }

    /// <summary>Bytes of the payload in all; 0 without a delivery.</summary>
    public int Total { get; private init; }

    /// <summary>Release in delivery or on trial.</summary>
    public required string DeliveryId { get; init; }

    /// <summary>Whether the reason is final for that release.</summary>
    public bool IsFinal { get; private init; }

    /// <summary>Null for anything that is no such message.</summary>
    public static NodeUpdateState? Parse(byte[] payload) =>
        payload.Length != UpdateMessages.StateBytes || !payload.AsSpan().StartsWith("SNST"u8) || payload[4] != 1 ? null : new NodeUpdateState
        {
            Kind = payload[5],
            Phase = payload[6],
            Reason = payload[7],
            ReasonId = Convert.ToHexStringLower(payload.AsSpan(8, 16)),
            InForceId = Convert.ToHexStringLower(payload.AsSpan(24, 16)),
            Version = BinaryPrimitives.ReadInt64LittleEndian(payload.AsSpan(40)),
            SecurityCounter = BinaryPrimitives.ReadInt32LittleEndian(payload.AsSpan(48)),
            Stored = BinaryPrimitives.ReadInt32LittleEndian(payload.AsSpan(52)),
            Total = BinaryPrimitives.ReadInt32LittleEndian(payload.AsSpan(56)),
            DeliveryId = Convert.ToHexStringLower(payload.AsSpan(60, 16)),
            IsFinal = (payload[79] & 1) != 0,
        };
}
