using SensorNode.CostMeter;

namespace SensorNode.Bench;

/// <summary>Measures every figure that the project promises.</summary>
public static class Benchmark
{
    /// <summary>IL instructions a second assumed for an ESP32 at 240 MHz, for estimates only. Between 1 and 2 million are likely; nobody has published a measurement.</summary>
    public const double AssumedInstructionsPerSecond = 1_500_000;

    /// <summary>Runs everything.</summary>
    /// <param name="progress">Told what is being measured, one line a step.</param>
    public static BenchReport Run(Action<string> progress) => Run(FirmwareFiles.Folder, FirmwareFiles.References, progress);

    /// <summary>Runs everything over the firmware of a given folder.</summary>
    public static BenchReport Run(string firmwareFolder, string referenceFolder, Action<string> progress)
    {
        var report = new BenchReport();
        progress("instrumenting the firmware");
        using (var firmware = new MeteredFirmware(firmwareFolder, referenceFolder, StageNames.ByMethod))
        {
            new FftBench(firmware).Run(report, progress);
            new CryptoBench(firmware).Run(report, progress);
            new WindowBench(firmware).Run(report, progress);
            new NodeBench(firmware).Run(report, progress);
            DayBench.Run(report, progress);
            Unknown(report, firmware);
        }

        return report;
    }

    private static void Unknown(BenchReport report, MeteredFirmware firmware)
    {
        if (firmware.MissingCosts.Count > 0)
        {
            report.Remark("platform members charged by default: " + string.Join(", ", firmware.MissingCosts));
        }

        if (firmware.MissingTypes.Count > 0)
        {
            report.Remark("platform types sized by default: " + string.Join(", ", firmware.MissingTypes));
        }
    }
}
