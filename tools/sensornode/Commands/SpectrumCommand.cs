using System.CommandLine;
using SensorNode.Replay;

namespace SensorNode.Tool.Commands;

/// <summary>sensornode spectrum: the firmware's own transform of one window of a recording.</summary>
public static class SpectrumCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "Folder with index.csv and the recordings.", HelpName = "DIR", Required = true };
        var file = new Option<string>("--file") { Description = "Recording, as in index.csv.", HelpName = "F", Required = true };
        var channel = new Option<string>("--channel") { Description = "Channel, by name or index from 0.", HelpName = "C", Required = true };
        var start = new Option<int>("--start") { Description = "First frame of the window.", HelpName = "FRAME", Required = true };
        var window = new Option<int>("--window") { Description = "Samples: 128, 256, 512, 1024 or 2048.", HelpName = "N", Required = true };
        var hann = new Option<bool>("--hann") { Description = "Periodic Hann window. re and im stay uncorrected, amplitude is corrected." };
        var mean = new Option<bool>("--remove-mean") { Description = "Take the mean away first." };
        var output = new Option<string?>("--out") { Description = "File for the bins. Default: standard output.", HelpName = "S.csv" };
        var svg = new Option<string?>("--svg") { Description = "File for a picture.", HelpName = "S.svg" };
        var command = new Command("spectrum", """
            Transforms one window of a recording with the firmware's own FFT.
            (re + i im) x 2^exponent is the sum of x[n] e^(-2 pi i k n / N) in counts, not divided by N; amplitude is that of a sine in counts.
            Example: sensornode spectrum --data fan --file high_0_weight.bin --channel x --start 0 --window 128 --hann --remove-mean --svg s.svg
            """);
        foreach (Option option in new Option[] { data, file, channel, start, window, hann, mean, output, svg })
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            string? csvFile = parsed.GetValue(output);
            string? svgFile = parsed.GetValue(svg);
            (string, string?) recordings = ("--data", parsed.GetRequiredValue(data));
            OutputFile.Check("--out", csvFile, recordings);
            OutputFile.Check("--svg", svgFile, recordings, ("--out", csvFile));
            try
            {
                Recording recording = Find(parsed.GetRequiredValue(data), parsed.GetRequiredValue(file));
                var options = new ReplayOptions(parsed.GetValue(window), 1, 1, [parsed.GetRequiredValue(channel)]);
                short[] samples = Cut(recording, options, parsed.GetValue(start));
                IReadOnlyList<SpectrumBin> bins = FirmwareSpectrum.Compute(samples, (double)recording.RateHz, parsed.GetValue(hann), parsed.GetValue(mean));
                OutputFile.Write("--out", csvFile, SpectrumWriter.ToCsv(bins));
                if (svgFile != null)
                {
                    OutputFile.Write("--svg", svgFile, SpectrumWriter.ToSvg(bins, $"{recording.File}, channel {options.Channels[0]}, {options.Window} samples from frame {parsed.GetValue(start)}"));
                }

                return ExitCode.Success;
            }
            catch (ReplayException exception)
            {
                throw new ToolException(exception.Message, exception.IsUsage ? ExitCode.Usage : ExitCode.Failure);
            }
        });
        return command;
    }

    private static Recording Find(string folder, string file) =>
        RecordingSet.Read(folder).Find(file) ?? throw new ReplayException($"--file {file}: not in {Path.Combine(folder, "index.csv")}");

    private static short[] Cut(Recording recording, ReplayOptions options, int start)
    {
        options.Check();
        int[] channels = options.ChannelIndexes(recording);
        if (start < 0 || start > recording.FrameCount - options.Window)
        {
            throw new ReplayException($"--start {start}: {recording.File} has {recording.FrameCount} frames, so 0 to {recording.FrameCount - options.Window} is possible for {options.Window} samples", true);
        }

        int length = recording.SegmentLength;
        if (length > 0 && start / length != (start + options.Window - 1) / length)
        {
            throw new ReplayException($"--start {start}: the window crosses the border of a segment of {length} frames", true);
        }

        return recording.ReadChannels(channels)[0][start..(start + options.Window)];
    }
}
