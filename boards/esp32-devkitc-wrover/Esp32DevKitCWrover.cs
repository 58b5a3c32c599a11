namespace SensorNode.Boards
{
    /// <summary>ESP32-DevKitC with a WROVER-E module: 4 MB of flash, 8 MB of PSRAM, of which the runtime maps 4.</summary>
    internal static class Esp32DevKitCWrover
    {
        internal const string Name = "esp32-devkitc-wrover";

        internal static BoardProfile Create()
        {
            BoardProfile board = new BoardProfile();
            board.Name = Name;
            board.NanoffTarget = "ESP32_PSRAM_REV3";
            board.I2cBusId = 1;
            board.I2cDataPin = 21;
            board.I2cClockPin = 22;
            board.I2cClockHz = 400000;
            board.LedPin = -1;
            board.IsLedOnWhenLow = false;
            board.ButtonPin = 0;
            board.FlashKilobytes = 4096;
            board.FileSystemKilobytes = 256;
            board.HeapKilobytes = 3700;
            board.WindowPointsMax = 2048;
            return board;
        }
    }
}
