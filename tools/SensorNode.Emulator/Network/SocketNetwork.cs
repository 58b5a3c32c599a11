using System.Net;
using System.Net.Sockets;
using SensorNode.Platform;

namespace SensorNode.Emulator;

/// <summary>The computer's own network: nodes reach real brokers. Needs a scaled clock, since real answers take real time.</summary>
public sealed class SocketNetwork : INodeNetwork
{
    private volatile bool _isReachable = true;

    /// <inheritdoc/>
    public bool IsReachable
    {
        get => _isReachable;
        set => _isReachable = value;
    }

    /// <summary>Longest real time of a connection attempt.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public string? Resolve(NodePlatform platform, string host)
    {
        if (!_isReachable)
        {
            return null;
        }

        if (IPAddress.TryParse(host, out _))
        {
            return host;
        }

        platform.Scheduler.BeginExclusive(platform.Process);
        try
        {
            IPAddress[]? found = Await(platform, async () => (IPAddress[]?)await Dns.GetHostAddressesAsync(host));
            return found?.FirstOrDefault()?.ToString();
        }
        finally
        {
            platform.Scheduler.EndExclusive(platform.Process);
        }
    }

    /// <inheritdoc/>
    public INodeStream? Connect(NodePlatform platform, string host, int port)
    {
        if (!_isReachable)
        {
            return null;
        }

        Socket? socket = Await(platform, () => ConnectAsync(host, port));
        return socket == null ? null : new SocketConnection(platform.Process, socket);
    }

    private async Task<Socket?> ConnectAsync(string host, int port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using var limit = new CancellationTokenSource(ConnectTimeout);
            await socket.ConnectAsync(host, port, limit.Token);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Lets the node's thread wait for something real; null where it failed.</summary>
    private static T? Await<T>(NodePlatform platform, Func<Task<T?>> work)
        where T : class
    {
        NodeScheduler scheduler = platform.Scheduler;
        if (scheduler.Mode != ClockMode.Scaled)
        {
            throw new InvalidOperationException("Real sockets need a scaled clock.");
        }

        var done = new WaitQueue();
        T? result = null;
        bool isDone = false;
        _ = Task.Run(async () =>
        {
            T? found = null;
            try
            {
                found = await work();
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException or ArgumentException)
            {
                // No such name, nobody there, or no answer in time: null says so.
            }

            scheduler.Post(0, () =>
            {
                result = found;
                isDone = true;
                if (platform.Process.IsOff)
                {
                    (found as IDisposable)?.Dispose();
                }

                scheduler.WakeAll(done);
            });
        });
        while (!isDone)
        {
            scheduler.Wait(platform.Process, [done], NodeScheduler.Infinite);
        }

        return result;
    }
}
