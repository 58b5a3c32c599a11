namespace SensorNode.Boards
{
    /// <summary>ESP32-C3-DevKitM-1: 4 MB of flash, no PSRAM, one RISC-V core.</summary>
    internal static class Esp32C3DevKitM
    {
        internal const string Name = "esp32-c3-devkitm";

        internal static BoardProfile Create()
        {
            BoardProfile board = new BoardProfile();
            board.Name = Name;
            board.NanoffTarget = "ESP32_C3";
            board.I2cBusId = 1;
            board.I2cDataPin = 4;
            board.I2cClockPin = 5;
            board.I2cClockHz = 400000;
            board.LedPin = -1;
            board.IsLedOnWhenLow = false;
            board.ButtonPin = 9;
            board.FlashKilobytes = 4096;
            board.FileSystemKilobytes = 256;
            board.HeapKilobytes = 90;
            board.WindowPointsMax = 1024;
            return board;
        }
    }
}
