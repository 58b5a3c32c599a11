using System.Diagnostics;
using System.Text;

namespace SensorNode.Rollout.Tests;

/// <summary>sensornode rollout in a process of its own, which can be killed.</summary>
internal sealed class SenderProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    public SenderProcess(string release, string key, int port, params string[] more)
    {
        _process = Process.Start(new ProcessStartInfo(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "sensornode.dll"), "rollout", release, "--public", key, "--broker", $"127.0.0.1:{port}", "--group", EmulatedFleet.Group, "--user", "sender", "--password", "x", "--plain", "--rate", "10000", .. more])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _process.OutputDataReceived += (_, line) => Add(line.Data);
        _process.ErrorDataReceived += (_, line) => Add(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Ends it at once; it can withdraw nothing.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public async Task<int> WaitAsync()
    {
        using var limit = new CancellationTokenSource(EmulatedFleet.Limit);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    private void Add(string? line)
    {
        lock (_output)
        {
            _output.Append(line).Append('\n');
        }
    }
}
