namespace SensorNode.Platform;

/// <summary>The board's free pins, as somebody who holds the board sees them: buttons that pull low, LEDs. Outlives reboots.</summary>
public sealed class GpioState
{
    private readonly HashSet<int> _pressed = [];
    private readonly HashSet<int> _reserved = [];
    private readonly Dictionary<int, bool> _driven = [];

    /// <summary>How often firmware has changed a pin.</summary>
    public int ChangeCount { get; private set; }

    /// <summary>Most pins that the platform's own list has held in one boot. A pin is never taken out but by ClosePin, so this is heap that does not come back.</summary>
    public int ListedPinCountMax { get; set; }

    /// <summary>Holds a button.</summary>
    public void Press(int pin) => _pressed.Add(pin);

    /// <summary>Lets go of it.</summary>
    public void Release(int pin) => _pressed.Remove(pin);

    /// <summary>Level of a pin that firmware drives; null where it does not.</summary>
    public bool? LevelOf(int pin) => _driven.TryGetValue(pin, out bool level) ? level : null;

    /// <summary>A restart: every pin is an input again.</summary>
    public void Reset()
    {
        _reserved.Clear();
        _driven.Clear();
    }

    /// <summary>Firmware opens a pin. False where it is open already.</summary>
    public bool Reserve(int pin) => _reserved.Add(pin);

    /// <summary>Firmware gives a pin back: an input, and free.</summary>
    public void Free(int pin)
    {
        LetGo(pin);
        _reserved.Remove(pin);
    }

    /// <summary>The pin becomes an input.</summary>
    public void LetGo(int pin) => _driven.Remove(pin);

    /// <summary>What firmware reads.</summary>
    public bool Read(int pin, bool isPulledUp) => isPulledUp && !_pressed.Contains(pin);

    /// <summary>What firmware writes.</summary>
    public void Write(int pin, bool isHigh)
    {
        ChangeCount += LevelOf(pin) == isHigh ? 0 : 1;
        _driven[pin] = isHigh;
    }
}
