using System.Text;
using SensorNode.Platform;

namespace SensorNode.Emulator;

/// <summary>A console kept as text, and handed on line by line to whoever wants it.</summary>
/// <param name="onLine">Called with the time of the line's end and the line; null for nobody.</param>
public sealed class TextConsole(Action<TimeSpan, string>? onLine = null) : INodeConsole
{
    private readonly StringBuilder _all = new();
    private readonly StringBuilder _line = new();

    /// <summary>Everything written so far.</summary>
    public string Text
    {
        get
        {
            lock (_all)
            {
                return _all.ToString();
            }
        }
    }

    /// <inheritdoc/>
    public void Write(long nowNs, string text)
    {
        lock (_all)
        {
            _all.Append(text);
            foreach (char c in text)
            {
                if (c == '\n')
                {
                    onLine?.Invoke(TimeSpan.FromTicks(nowNs / 100), _line.ToString());
                    _line.Clear();
                }
                else
                {
                    _line.Append(c);
                }
            }
        }
    }
}
