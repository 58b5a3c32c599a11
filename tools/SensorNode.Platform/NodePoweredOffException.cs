namespace SensorNode.Platform;

/// <summary>Thrown by every platform call of a node that has lost power or restarts. Firmware never swallows it.</summary>
/// <remarks>
/// Firmware says <c>catch (Exception)</c>, so NodeContext puts a check at the head of each such handler when it loads an assembly: this
/// exception passes through. Finally blocks do run; a platform call in one of them throws the same again.
/// </remarks>
public sealed class NodePoweredOffException : Exception
{
    /// <summary>Made by the scheduler only.</summary>
    public NodePoweredOffException()
        : base("The node has no power.")
    {
    }
}
