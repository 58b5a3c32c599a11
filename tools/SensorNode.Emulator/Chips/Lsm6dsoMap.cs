namespace SensorNode.Emulator.Chips;

/// <summary>The LSM6DSO's registers: addresses used by the model, reset values, and which may be written. Source: DS12140 Rev 2, register mapping.</summary>
internal static class Lsm6dsoMap
{
    public const byte FifoCtrl1 = 0x07;
    public const byte FifoCtrl2 = 0x08;
    public const byte FifoCtrl3 = 0x09;
    public const byte FifoCtrl4 = 0x0A;
    public const byte WhoAmI = 0x0F;
    public const byte Ctrl1Xl = 0x10;
    public const byte Ctrl2G = 0x11;
    public const byte Ctrl3C = 0x12;
    public const byte Ctrl5C = 0x14;
    public const byte Ctrl9Xl = 0x18;
    public const byte Status = 0x1E;
    public const byte OutTempL = 0x20;
    public const byte OutXLA = 0x28;
    public const byte FifoStatus1 = 0x3A;
    public const byte FifoStatus2 = 0x3B;
    public const byte InternalFreqFine = 0x63;
    public const byte FifoDataOutTag = 0x78;
    public const byte FifoDataOutZH = 0x7E;

    /// <summary>Sets what is not zero after a reset.</summary>
    public static void LoadResetValues(byte[] registers)
    {
        registers[0x02] = 0x3F;
        registers[WhoAmI] = 0x6C;
        registers[Ctrl3C] = 0x04;
        registers[Ctrl9Xl] = 0xE0;
    }

    /// <summary>True for read/write registers. Writing a reserved one may damage the part, says the datasheet.</summary>
    public static bool IsWritable(byte register) => register is
        0x01 or 0x02 or (>= 0x07 and <= 0x0E) or (>= 0x10 and <= 0x19) or (>= 0x56 and <= 0x5F) or 0x62 or (>= 0x73 and <= 0x75);
}
