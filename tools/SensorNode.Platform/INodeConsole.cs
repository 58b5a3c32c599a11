namespace SensorNode.Platform;

/// <summary>Where a node's console goes.</summary>
public interface INodeConsole
{
    /// <summary>Text of one write, line ends included as "\n". Called by the thread that holds the node's baton.</summary>
    void Write(long nowNs, string text);
}
