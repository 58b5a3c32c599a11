namespace SensorNode.Boards
{
    /// <summary>Seeed Studio XIAO ESP32S3: 8 MB of flash, 8 MB of octal PSRAM, 21 x 17.8 mm.</summary>
    internal static class XiaoEsp32S3
    {
        internal const string Name = "xiao-esp32s3";

        internal static BoardProfile Create()
        {
            BoardProfile board = new BoardProfile();
            board.Name = Name;
            board.NanoffTarget = "ESP32_S3_OCTAL";
            board.I2cBusId = 1;
            board.I2cDataPin = 5;
            board.I2cClockPin = 6;
            board.I2cClockHz = 400000;
            board.LedPin = 21;
            board.IsLedOnWhenLow = true;
            board.ButtonPin = 0;
            board.FlashKilobytes = 8192;
            board.FileSystemKilobytes = 2048;
            board.HeapKilobytes = 3700;
            board.WindowPointsMax = 2048;
            return board;
        }
    }
}
