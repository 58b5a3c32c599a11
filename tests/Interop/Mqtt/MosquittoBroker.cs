namespace SensorNode.Interop.Tests.Mqtt;

/// <summary>A real mosquitto on a free loopback port, with a configuration of its own in a temporary folder.</summary>
internal sealed class MosquittoBroker : IDisposable
{
    private readonly string _folder;
    private readonly MosquittoProcess _process;

    private MosquittoBroker(string folder, string configuration, int port)
    {
        _folder = folder;
        _process = new MosquittoProcess(configuration);
        Port = port;
    }

    public int Port { get; }

    /// <summary>Starts it; skips the test with the reason where it is not installed.</summary>
    /// <param name="extraConfiguration">Lines behind a plain listener without users; {folder} stands for the broker's folder.</param>
    /// <param name="files">Put into that folder, by name.</param>
    /// <param name="port">Of the plain listener; 0 for a free one.</param>
    public static async Task<MosquittoBroker> StartAsync(string extraConfiguration = "", IReadOnlyDictionary<string, string>? files = null, int port = 0)
    {
        MosquittoProcess.SkipIfMissing();
        string folder = Directory.CreateTempSubdirectory("sensornode-mosquitto-").FullName;
        foreach ((string name, string content) in files ?? new Dictionary<string, string>())
        {
            File.WriteAllText(Path.Combine(folder, name), content);
        }

        port = port == 0 ? LoopbackPort.Free() : port;
        string configuration = $"per_listener_settings true\nuser root\npersistence false\nlog_dest stderr\nlistener {port} 127.0.0.1\nallow_anonymous true\n{extraConfiguration}\n";
        string file = Path.Combine(folder, "mosquitto.conf");
        File.WriteAllText(file, configuration.Replace("{folder}", folder, StringComparison.Ordinal));
        var broker = new MosquittoBroker(folder, file, port);
        try
        {
            await broker.StartAgainAsync();
            return broker;
        }
        catch
        {
            broker.Dispose();
            throw;
        }
    }

    /// <summary>Starts it again on the same port, after <see cref="Kill"/> or <see cref="StopAsync"/>.</summary>
    public Task StartAgainAsync() => _process.StartAsync();

    /// <summary>Ends it in good order, as a service manager does.</summary>
    public Task StopAsync() => _process.StopAsync();

    /// <summary>Ends it at once, as a crash does.</summary>
    public void Kill() => _process.Kill();

    public void Dispose()
    {
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
