using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace SensorNode.Interop.Tests.Mqtt;

/// <summary>A real mosquitto on a free loopback port, with a configuration of its own in a temporary folder.</summary>
internal sealed class MosquittoBroker : IDisposable
{
    private readonly string _program;
    private readonly string _folder;
    private Process _process;

    private MosquittoBroker(string program, string folder, int port)
    {
        _program = program;
        _folder = folder;
        Port = port;
        _process = Launch();
    }

    public int Port { get; }

    /// <summary>A port of this machine that is free now.</summary>
    public static int FreePort()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return port;
    }

    /// <summary>Starts it; skips the test with the reason where it is not installed.</summary>
    /// <param name="extraConfiguration">Lines behind a plain listener without users; {folder} stands for the broker's folder.</param>
    /// <param name="files">Put into that folder, by name.</param>
    /// <param name="port">Of the plain listener; 0 for a free one.</param>
    public static async Task<MosquittoBroker> StartAsync(string extraConfiguration = "", IReadOnlyDictionary<string, string>? files = null, int port = 0)
    {
        string? program = new[] { "/usr/sbin/mosquitto", "/usr/bin/mosquitto", "/usr/local/sbin/mosquitto", "/opt/homebrew/sbin/mosquitto" }.FirstOrDefault(File.Exists);
        Skip.If(program == null, "mosquitto is not installed (apt-get install mosquitto)");
        string folder = Directory.CreateTempSubdirectory("sensornode-mosquitto-").FullName;
        foreach ((string name, string content) in files ?? new Dictionary<string, string>())
        {
            File.WriteAllText(Path.Combine(folder, name), content);
        }

        port = port == 0 ? FreePort() : port;
        string configuration = $"per_listener_settings true\nuser root\npersistence false\nlog_dest none\nlistener {port} 127.0.0.1\nallow_anonymous true\n{extraConfiguration}\n";
        File.WriteAllText(Path.Combine(folder, "mosquitto.conf"), configuration.Replace("{folder}", folder, StringComparison.Ordinal));
        var broker = new MosquittoBroker(program!, folder, port);
        await broker.WaitUntilOpenAsync();
        return broker;
    }

    /// <summary>Starts it again on the same port, after <see cref="Kill"/> or <see cref="StopAsync"/>.</summary>
    public Task StartAgainAsync()
    {
        _process.Dispose();
        _process = Launch();
        return WaitUntilOpenAsync();
    }

    /// <summary>Ends it in good order, as a service manager does.</summary>
    public async Task StopAsync()
    {
        using (Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        await _process.WaitForExitAsync();
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

    private Process Launch()
    {
        Process process = Process.Start(new ProcessStartInfo(_program, ["-c", Path.Combine(_folder, "mosquitto.conf")]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.ErrorDataReceived += (_, _) => { };
        process.OutputDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return process;
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
