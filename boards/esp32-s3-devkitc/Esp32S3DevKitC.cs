namespace SensorNode.Boards
{
    /// <summary>ESP32-S3-DevKitC-1 N8R8: 8 MB of flash, 8 MB of octal PSRAM.</summary>
    internal static class Esp32S3DevKitC
    {
        internal const string Name = "esp32-s3-devkitc";

        internal static BoardProfile Create()
        {
            BoardProfile board = new BoardProfile();
            board.Name = Name;
            board.NanoffTarget = "ESP32_S3_OCTAL";
            board.I2cBusId = 1;
            board.I2cDataPin = 8;
            board.I2cClockPin = 9;
            board.I2cClockHz = 400000;
            board.LedPin = -1;
            board.IsLedOnWhenLow = false;
            board.ButtonPin = 0;
            board.FlashKilobytes = 8192;
            board.FileSystemKilobytes = 2048;
            board.HeapKilobytes = 3700;
            board.WindowPointsMax = 2048;
            return board;
        }
    }
}
