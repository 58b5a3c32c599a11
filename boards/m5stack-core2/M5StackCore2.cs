namespace SensorNode.Boards
{
    /// <summary>M5Stack Core2: 16 MB of flash, 8 MB of PSRAM, of which the runtime maps 4; the sensors on port A.</summary>
    internal static class M5StackCore2
    {
        internal const string Name = "m5stack-core2";

        internal static BoardProfile Create()
        {
            BoardProfile board = new BoardProfile();
            board.Name = Name;
            board.NanoffTarget = "M5Core2";
            board.I2cBusId = 1;
            board.I2cDataPin = 32;
            board.I2cClockPin = 33;
            board.I2cClockHz = 400000;
            board.LedPin = -1;
            board.IsLedOnWhenLow = false;
            board.ButtonPin = -1;
            board.FlashKilobytes = 16384;
            board.FileSystemKilobytes = 3072;
            board.HeapKilobytes = 3700;
            board.WindowPointsMax = 2048;
            return board;
        }
    }
}
