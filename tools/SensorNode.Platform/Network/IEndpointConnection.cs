namespace SensorNode.Platform;

/// <summary>One accepted connection, seen from the endpoint: what the node does arrives here.</summary>
public interface IEndpointConnection
{
    /// <summary>Bytes have arrived from the node.</summary>
    /// <param name="bytes">Valid during the call only.</param>
    void Received(ReadOnlySpan<byte> bytes);

    /// <summary>The node has closed the connection, or the network has reset it. A node that loses power says nothing, as in the field.</summary>
    /// <param name="graceful">False for a reset.</param>
    void Closed(bool graceful);
}
