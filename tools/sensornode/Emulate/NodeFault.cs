namespace SensorNode.Tool.Emulate;

/// <summary>What goes wrong around emulated nodes, in node time.</summary>
public enum NodeFault
{
    /// <summary>Every 120 s the way to the broker is gone for 20 s.</summary>
    Network,

    /// <summary>Every 300 s one node, in turn, loses its power for an instant.</summary>
    Power,

    /// <summary>One I2C transfer in 2000 is not acknowledged.</summary>
    Bus,
}
