namespace SensorNode.Platform;

/// <summary>One accepted connection, seen from the endpoint: what the node does arrives here.</summary>
public interface IEndpointConnection
{
    /// <summary>Bytes have arrived from the node.</summary>
    /// <param name="bytes">Valid during the call only.</param>
    void Received(ReadOnlySpan<byte> bytes);

    /// <summary>The node has closed the connection, or lost power.</summary>
    /// <param name="graceful">False for a reset: power cut or network loss that the endpoint gets to know of.</param>
    void Closed(bool graceful);
}
