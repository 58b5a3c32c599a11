using System.Globalization;

namespace SensorNode.Tool.Tests;

/// <summary>A folder of made-up recordings that goes away with the test.</summary>
internal sealed class RecordingFolder : IDisposable
{
    public const string IndexHeader = "file,label,fault_type,severity,speed_rpm,load,run,fs_hz,channels,channel_names,n_frames,segment_len,units,scale,origin";

    private readonly List<string> _index = [IndexHeader];

    public string Folder { get; } = Directory.CreateTempSubdirectory("sensornode-replay-").FullName;

    /// <summary>Adds a machine of 25 Hz with harmonics; fault adds a line at 0.31 of the rate. loud makes all of it stronger, and a count as much coarser.</summary>
    public RecordingFolder Add(string file, int frames, double fault = 0, int segment = 0, int seed = 1, string label = "healthy", double rate = 800, double loud = 1)
    {
        var random = new Random(seed);
        var bytes = new byte[frames * 6];
        for (int i = 0; i < frames; i++)
        {
            double t = i / rate;
            for (int axis = 0; axis < 3; axis++)
            {
                double value = 0;
                for (int h = 1; h <= 5; h++)
                {
                    value += 400.0 / (h + axis) * Math.Sin((2 * Math.PI * 25 * h * t) + h);
                }

                value += (fault * Math.Sin(2 * Math.PI * 0.31 * i)) + (20 * (random.NextDouble() + random.NextDouble() - 1));
                BitConverter.TryWriteBytes(bytes.AsSpan(2 * ((3 * i) + axis)), (short)Math.Clamp(Math.Round(value), -32768, 32767));
            }
        }

        File.WriteAllBytes(Path.Combine(Folder, file), bytes);
        _index.Add(string.Create(CultureInfo.InvariantCulture, $"{file},{label},none,,1500,,1,{rate},3,x|y|z,{frames},{segment},g,{0.000244 * loud},made up"));
        WriteIndex([.. _index]);
        return this;
    }

    public void WriteIndex(params string[] lines) => File.WriteAllText(Path.Combine(Folder, "index.csv"), string.Join('\n', lines) + "\n");

    public string WritePlan(params string[] lines)
    {
        string path = Path.Combine(Folder, "plan.csv");
        File.WriteAllText(path, string.Join('\n', lines) + "\n");
        return path;
    }

    public void Dispose() => Directory.Delete(Folder, true);
}
