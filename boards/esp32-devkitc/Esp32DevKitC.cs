namespace SensorNode.Boards
{
    /// <summary>ESP32-DevKitC with a WROOM-32 module: 4 MB of flash, no PSRAM.</summary>
    internal static class Esp32DevKitC
    {
        internal const string Name = "esp32-devkitc";

        internal static BoardProfile Create()
        {
            BoardProfile board = new BoardProfile();
            board.Name = Name;
            board.NanoffTarget = "ESP32_REV3";
            board.I2cBusId = 1;
            board.I2cDataPin = 21;
            board.I2cClockPin = 22;
            board.I2cClockHz = 400000;
            board.LedPin = -1;
            board.IsLedOnWhenLow = false;
            board.ButtonPin = 0;
            board.FlashKilobytes = 4096;
            board.FileSystemKilobytes = 256;
            board.HeapKilobytes = 90;
            board.WindowPointsMax = 1024;
            return board;
        }
    }
}
