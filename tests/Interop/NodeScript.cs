using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using System.Threading.Channels;
using Xunit;

namespace SensorNode.Interop.Tests;

/// <summary>One of the scripts in tests/Interop/node, running under Node.js: a line in, JSON lines out.</summary>
internal sealed class NodeScript : IDisposable
{
    private readonly Process _process;
    private readonly List<JsonElement> _early = [];
    private readonly Channel<JsonElement> _answers = Channel.CreateUnbounded<JsonElement>();

    private NodeScript(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data == null)
            {
                _answers.Writer.TryComplete();
            }
            else
            {
                _answers.Writer.TryWrite(JsonDocument.Parse(line.Data).RootElement.Clone());
            }
        };
        process.BeginOutputReadLine();
    }

    /// <summary>Starts a script; skips the test with the reason where Node.js or the package is missing.</summary>
    public static NodeScript Start(string script, string package)
    {
        string folder = Path.Combine(Metadata("InteropFolder"), "node");
        Skip.IfNot(Directory.Exists(Path.Combine(folder, "node_modules", package)), $"npm package {package} is not installed (npm ci in tests/Interop/node)");
        try
        {
            var start = new ProcessStartInfo("node", [Path.Combine(folder, script)]) { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = folder };
            return new NodeScript(Process.Start(start)!);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Skip.If(true, "Node.js is not installed");
            throw;
        }
    }

    public void Write(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    public void Command(object command) => Write(JsonSerializer.Serialize(command));

    public async Task<JsonElement> ReadAsync() => await _answers.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(2));

    /// <summary>The next event of a name. Others that come first wait for their turn: the library reports a message and an answer that arrive together in either order.</summary>
    public async Task<JsonElement> ExpectAsync(string name)
    {
        int index = _early.FindIndex(answer => NameOf(answer) == name);
        if (index >= 0)
        {
            JsonElement found = _early[index];
            _early.RemoveAt(index);
            return found;
        }

        while (true)
        {
            JsonElement answer = await ReadAsync();
            if (NameOf(answer) == name)
            {
                return answer;
            }

            Assert.True(NameOf(answer) != "error", $"'{name}' expected, came {answer}");
            _early.Add(answer);
        }
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(5_000))
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static string? NameOf(JsonElement answer) => answer.GetProperty("event").GetString();

    internal static string Metadata(string key) =>
        typeof(NodeScript).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
