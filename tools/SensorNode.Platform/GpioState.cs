namespace SensorNode.Platform;

/// <summary>The board's free pins, as somebody who holds the board sees them: buttons that pull low, LEDs. Outlives reboots.</summary>
public sealed class GpioState
{
    private readonly HashSet<int> _pressed = [];
    private readonly Dictionary<int, bool> _written = [];

    /// <summary>How often firmware has changed a pin.</summary>
    public int ChangeCount { get; private set; }

    /// <summary>Holds a button.</summary>
    public void Press(int pin) => _pressed.Add(pin);

    /// <summary>Lets go of it.</summary>
    public void Release(int pin) => _pressed.Remove(pin);

    /// <summary>Level of a pin that firmware drives; null where it does not.</summary>
    public bool? LevelOf(int pin) => _written.TryGetValue(pin, out bool level) ? level : null;

    /// <summary>What firmware reads.</summary>
    public bool Read(int pin, bool isPulledUp) => isPulledUp && !_pressed.Contains(pin);

    /// <summary>What firmware writes.</summary>
    public void Write(int pin, bool isHigh)
    {
        ChangeCount += LevelOf(pin) == isHigh ? 0 : 1;
        _written[pin] = isHigh;
    }
}
