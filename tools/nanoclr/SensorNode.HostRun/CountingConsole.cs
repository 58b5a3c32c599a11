using System.Text;
using SensorNode.CostMeter;
using SensorNode.Platform;

namespace SensorNode.HostRun;

/// <summary>Passes a program's lines on; in a COUNT line the meter's figure takes the place of the runtime's.</summary>
internal sealed class CountingConsole : INodeConsole
{
    private readonly StringBuilder _line = new();
    private long _counted;

    public void Write(long nowNs, string text)
    {
        foreach (char letter in text)
        {
            if (letter == '\n')
            {
                Print(_line.ToString().TrimEnd('\r'));
                _line.Clear();
            }
            else
            {
                _line.Append(letter);
            }
        }
    }

    private void Print(string line)
    {
        if (line.StartsWith("COUNT ", StringComparison.Ordinal))
        {
            long all = Meter.Stages.Values.Sum(stage => stage.Sum.InterpretedInstructions);
            line = FormattableString.Invariant($"{line[..line.LastIndexOf(' ')]} {all - _counted}");
            _counted = all;
        }

        Console.Out.WriteLine(line);
    }
}
