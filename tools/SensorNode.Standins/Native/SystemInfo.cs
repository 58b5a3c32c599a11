using System;

namespace nanoFramework.Runtime.Native
{
    /// <summary>What image runs.</summary>
    public static class SystemInfo
    {
        public static Version Version => new(1, 12, 0, 0);

        public static string OEMString => "nanoCLR emulated by SensorNode";

        public static byte OEM => 0;

        public static byte Model => 0;

        public static ushort SKU => 0;

        public static string TargetName => "ESP32_EMULATED";

        public static string Platform => "ESP32";

        public static FloatingPoint FloatingPointSupport => FloatingPoint.DoublePrecisionSoftware;

        public enum FloatingPoint
        {
            None = 0,
            SinglePrecisionSoftware = 1,
            SinglePrecisionHardware = 2,
            DoublePrecisionSoftware = 3,
            DoublePrecisionHardware = 4
        }
    }
}
