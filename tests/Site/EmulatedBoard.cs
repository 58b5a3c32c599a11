using System.Globalization;
using SensorNode.Emulator;
using SensorNode.Emulator.Machines;
using SensorNode.Platform;

namespace SensorNode.Site.Tests;

/// <summary>The board behind a serial port of the stand-in: each reset starts the real firmware with the files that were copied to I:.</summary>
internal sealed class EmulatedBoard : IAsyncDisposable
{
    private readonly string _folder;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private readonly TextConsole _console = new();

    public EmulatedBoard(TestSite site, string port)
    {
        _folder = Path.Combine(site.Boards, site.AddBoard(port));
        _running = RunAsync();
    }

    public string Console => _console.Text;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }

    private async Task RunAsync()
    {
        int seen = 0;
        (NodeWorld World, EmulatedNode Node)? now = null;
        while (!_stop.IsCancellationRequested)
        {
            int resets = ReadResets();
            if (resets > seen)
            {
                seen = resets;
                TurnOff(now);
                now = TurnOn();
            }

            await Task.Delay(20);
        }

        TurnOff(now);
    }

    private (NodeWorld World, EmulatedNode Node) TurnOn()
    {
        var world = new NodeWorld(ClockMode.Scaled, 10);
        string files = Path.Combine(_folder, "I");
        EmulatedNodeOptions options = StandardNode.Create("board", File.ReadAllText(Path.Combine(files, "node.conf")), MachinePresets.HealthyMotor(1), new SocketNetwork(), 1, DateTime.UtcNow, _console);
        foreach (string file in Directory.EnumerateFiles(files))
        {
            options.Flash.WriteAllBytes(Path.GetFileName(file), File.ReadAllBytes(file));
        }

        EmulatedNode node = world.Add(options);
        node.PowerOn();
        world.Start();
        return (world, node);
    }

    private static void TurnOff((NodeWorld World, EmulatedNode Node)? running)
    {
        if (running is var (world, node))
        {
            world.Stop();
            node.PowerOff();
            world.Dispose();
        }
    }

    private int ReadResets()
    {
        try
        {
            string text = File.ReadAllText(Path.Combine(_folder, "resets"));
            return text.Length == 0 ? 0 : int.Parse(text, CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
