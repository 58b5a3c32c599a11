namespace SensorNode.Emulator.Chips;

/// <summary>The LSM6DSO's FIFO of 512 tagged words. Source: DS12140 Rev 2, sections FIFO, FIFO_STATUS2 and FIFO_DATA_OUT_TAG.</summary>
internal sealed class Lsm6dsoFifo
{
    private const int Capacity = Lsm6dsoModel.FifoWords;

    // Sensor 2 in bits 7..3, counter in bits 2..1, even parity in bit 0.
    private static readonly byte[] Tags = [0x11, 0x12, 0x14, 0x17];

    private readonly byte[] _words = new byte[Capacity * 7];
    private readonly byte[] _current = new byte[7];
    private int _first;
    private int _counter;
    private int _mode;
    private int _depth = Capacity;
    private int _heldLevel = -1;
    private bool _isOverrunLatched;
    private bool _isCurrentValid;

    /// <summary>Words waiting.</summary>
    public int Level { get; private set; }

    /// <summary>Words overwritten or refused.</summary>
    public long LostCount { get; private set; }

    /// <summary>0 bypass (empties the FIFO), 1 stops when full, 6 continuous.</summary>
    public void SetMode(int mode, int depth)
    {
        if (mode == 0)
        {
            Level = 0;
            _isOverrunLatched = false;
            _isCurrentValid = false;
        }

        _mode = mode;
        _depth = depth is > 0 and < Capacity ? depth : Capacity;
    }

    /// <summary>A new word.</summary>
    public void Push(short x, short y, short z)
    {
        _counter = (_counter + 1) & 3;
        if (_mode is not (1 or 6) || !MakeRoom())
        {
            return;
        }

        int at = (_first + Level) % Capacity * 7;
        _words[at] = Tags[_counter];
        _words[at + 1] = (byte)x;
        _words[at + 2] = (byte)(x >> 8);
        _words[at + 3] = (byte)y;
        _words[at + 4] = (byte)(y >> 8);
        _words[at + 5] = (byte)z;
        _words[at + 6] = (byte)(z >> 8);
        Level++;
        _isOverrunLatched |= Level == Capacity;
    }

    /// <summary>Words that came while nobody could see them.</summary>
    public void Skip(long count)
    {
        _counter = (int)((_counter + count) & 3);
        if (_mode is 1 or 6)
        {
            LostCount += count;
        }
    }

    /// <summary>FIFO_STATUS1; holds the high bits still for FIFO_STATUS2.</summary>
    public byte ReadStatus1()
    {
        _heldLevel = Level;
        return (byte)Level;
    }

    /// <summary>FIFO_STATUS2; reading it resets the latched flag.</summary>
    public byte ReadStatus2(int watermark)
    {
        int value = (_heldLevel >= 0 ? _heldLevel : Level) >> 8;
        _heldLevel = -1;
        value |= watermark > 0 && Level >= watermark ? 0x80 : 0;
        value |= Level == Capacity ? 0x40 : 0;
        value |= Level >= Capacity - 1 ? 0x20 : 0;
        value |= _isOverrunLatched ? 0x08 : 0;
        _isOverrunLatched = false;
        return (byte)value;
    }

    /// <summary>One of the seven bytes of the oldest word; the last one takes the word out.</summary>
    public byte ReadByte(int index)
    {
        if (index == 0 || !_isCurrentValid)
        {
            Latch();
        }

        byte value = _current[index];
        if (index == 6)
        {
            Pop();
        }

        return value;
    }

    private bool MakeRoom()
    {
        if (Level < _depth)
        {
            return true;
        }

        LostCount++;
        if (_mode == 1)
        {
            return false;
        }

        _first = (_first + 1) % Capacity;
        Level--;
        return true;
    }

    private void Latch()
    {
        _isCurrentValid = true;
        if (Level == 0)
        {
            _current[0] = 0;
            return;
        }

        Array.Copy(_words, _first * 7, _current, 0, 7);
    }

    private void Pop()
    {
        _isCurrentValid = false;
        if (Level > 0 && _current[0] != 0)
        {
            _first = (_first + 1) % Capacity;
            Level--;
        }
    }
}
