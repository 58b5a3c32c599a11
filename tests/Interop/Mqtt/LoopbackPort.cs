using System.Net;
using System.Net.Sockets;

namespace SensorNode.Interop.Tests.Mqtt;

/// <summary>Ports for brokers that are given a number, and may be ended and started again on it.</summary>
internal static class LoopbackPort
{
    // Below what operating systems give to outgoing connections, so that none of these takes the port while its broker is away.
    private const int First = 12_000;
    private const int Count = 18_000;

    private static readonly HashSet<int> s_given = [];

    /// <summary>A port that is free now, and was not given by this process before.</summary>
    public static int Free()
    {
        lock (s_given)
        {
            while (true)
            {
                int port = First + Random.Shared.Next(Count);
                if (s_given.Add(port) && IsFree(port))
                {
                    return port;
                }
            }
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
