namespace SensorNode.Tool.Power;

/// <summary>One number that the estimate rests on.</summary>
/// <param name="Option">Option that changes it.</param>
/// <param name="Value">Default.</param>
/// <param name="Unit">mA, s or a share.</param>
/// <param name="What">What it is.</param>
/// <param name="Source">Where it is from.</param>
public sealed record PowerAssumption(string Option, double Value, string Unit, string What, string Source)
{
    /// <summary>All of them, in the order of the table.</summary>
    public static readonly IReadOnlyList<PowerAssumption> All =
    [
        new("--cpu-ma", 50, "mA", "processor at 240 MHz, radio off", "ESP32 datasheet, power modes: 30 to 68, the middle"),
        new("--radio-ma", 100, "mA", "radio listening, processor on", "ESP32 datasheet, RF power: receive 95 to 100"),
        new("--send-ma", 240, "mA", "radio sending", "ESP32 datasheet, RF power: 802.11b at 19.5 dBm, the most"),
        new("--light-ma", 0.8, "mA", "light sleep", "ESP32 datasheet, power modes"),
        new("--deep-ma", 0.01, "mA", "deep sleep, timer and its memory", "ESP32 datasheet, power modes"),
        new("--sensor-ma", 0.55, "mA", "accelerometer while it samples", "LSM6DSO datasheet DS12140: with its gyroscope, so at most"),
        new("--board-ma", 0, "mA", "regulator, USB chip, LED; always", "0: a bare module. A development board takes milliamperes: measure it"),
        new("--sample-s", 0.62, "s", "one window: 1024 samples at 1667 Hz", "arithmetic"),
        new("--compute-s", 0.28, "s", "one window's computation", "420,000 IL instructions (sensornode bench) at 1.5 million in a second, which is an estimate"),
        new("--connect-s", 13, "s", "Wi-Fi, time, TLS, birth, records, 5 s for commands, farewell", "estimate; never measured"),
        new("--boot-s", 3, "s", "from a deep sleep's end to the first sample", "estimate; never measured"),
        new("--send-share", 0.05, "", "part of the time with the radio on in which it sends", "estimate; never measured"),
    ];
}
