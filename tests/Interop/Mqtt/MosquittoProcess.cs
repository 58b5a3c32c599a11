using System.Diagnostics;
using System.Globalization;
using System.Text;
using Xunit;

namespace SensorNode.Interop.Tests.Mqtt;

/// <summary>A real mosquitto with a configuration file; it must log to stderr.</summary>
internal sealed class MosquittoProcess : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);
    private readonly string _configuration;
    private readonly StringBuilder _log = new();
    private Process? _process;

    /// <param name="configuration">Path of the file, which may be written anew before a start.</param>
    public MosquittoProcess(string configuration) => _configuration = configuration;

    private static string? Program => new[] { "/usr/sbin/mosquitto", "/usr/bin/mosquitto", "/usr/local/sbin/mosquitto", "/opt/homebrew/sbin/mosquitto" }.FirstOrDefault(File.Exists);

    /// <summary>Skips the test with the reason where it is not installed.</summary>
    public static void SkipIfMissing() => Skip.If(Program == null, "mosquitto is not installed (apt-get install mosquitto)");

    /// <summary>Starts it, at first or again, and waits until it says that it runs: then its ports are open.</summary>
    public async Task StartAsync()
    {
        Kill();
        _process?.Dispose();
        var runs = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = Process.Start(new ProcessStartInfo(Program!, ["-c", _configuration]) { RedirectStandardError = true })!;
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_log)
            {
                _log.Append(line.Data).Append('\n');
            }

            if (line.Data == null || line.Data.EndsWith(" running", StringComparison.Ordinal))
            {
                runs.TrySetResult(line.Data != null);
            }
        };
        _process.BeginErrorReadLine();
        Assert.True(await runs.Task.WaitAsync(s_limit), $"mosquitto does not run:\n{Log}");
    }

    /// <summary>Ends it in good order, as a service manager does.</summary>
    public async Task StopAsync()
    {
        using (Process kill = Process.Start("kill", ["-TERM", _process!.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        await _process.WaitForExitAsync();
    }

    /// <summary>Ends it at once, as a crash does.</summary>
    public void Kill()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            _process.WaitForExit();
        }
    }

    public void Dispose()
    {
        Kill();
        _process?.Dispose();
    }

    private string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }
}
