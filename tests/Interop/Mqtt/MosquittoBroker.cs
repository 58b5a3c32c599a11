using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace SensorNode.Interop.Tests.Mqtt;

/// <summary>A real mosquitto on a free loopback port, with a configuration of its own in a temporary folder.</summary>
internal sealed class MosquittoBroker : IDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private MosquittoBroker(Process process, string folder, int port)
    {
        _process = process;
        _folder = folder;
        Port = port;
    }

    public int Port { get; }

    /// <summary>Starts it; skips the test with the reason where it is not installed.</summary>
    public static async Task<MosquittoBroker> StartAsync(string extraConfiguration = "")
    {
        string? program = new[] { "/usr/sbin/mosquitto", "/usr/bin/mosquitto", "/usr/local/sbin/mosquitto", "/opt/homebrew/sbin/mosquitto" }.FirstOrDefault(File.Exists);
        Skip.If(program == null, "mosquitto is not installed (apt-get install mosquitto)");
        string folder = Directory.CreateTempSubdirectory("sensornode-mosquitto-").FullName;
        int port = FreePort();
        string file = Path.Combine(folder, "mosquitto.conf");
        File.WriteAllText(file, $"listener {port} 127.0.0.1\nallow_anonymous true\npersistence false\nlog_dest none\n{extraConfiguration}\n");
        Process process = Process.Start(new ProcessStartInfo(program!, ["-c", file]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.ErrorDataReceived += (_, _) => { };
        process.OutputDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        var broker = new MosquittoBroker(process, folder, port);
        await broker.WaitUntilOpenAsync();
        return broker;
    }

    /// <summary>Ends it at once, as a crash does.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return port;
    }

    private async Task WaitUntilOpenAsync()
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException) when (attempt < 100 && !_process.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }
}
