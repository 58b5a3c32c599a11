using SensorNode.Files;

namespace SensorNode.Replay;

/// <summary>A folder of recordings with an index.csv.</summary>
public sealed class RecordingSet
{
    private const string Header =
        "file,label,fault_type,severity,speed_rpm,load,run,fs_hz,channels,channel_names,n_frames,segment_len,units,scale,origin";

    private RecordingSet(string folder, IReadOnlyList<Recording> recordings)
    {
        Folder = folder;
        Recordings = recordings;
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>In the order of the index.</summary>
    public IReadOnlyList<Recording> Recordings { get; }

    /// <summary>Reads and checks the index; samples are read later.</summary>
    /// <exception cref="ReplayException">The first fault.</exception>
    public static RecordingSet Read(string folder)
    {
        NamedFile.CheckFolder(folder, "--data", "give a folder with index.csv and the recordings");
        CsvTable table = CsvTable.Read(Path.Combine(folder, "index.csv"), "--data", "a folder with index.csv and the recordings", Header);
        var recordings = new List<Recording>();
        for (int i = 0; i < table.Rows.Count; i++)
        {
            Recording recording = ReadRow(folder, table, i);
            if (recordings.Any(r => r.File == recording.File))
            {
                throw table.Wrong(i, "file", recording.File, "a name that is not there yet");
            }

            recordings.Add(recording);
        }

        return new RecordingSet(folder, recordings);
    }

    /// <summary>The recording of that name, or null.</summary>
    public Recording? Find(string file) => Recordings.FirstOrDefault(r => r.File == file);

    private static Recording ReadRow(string folder, CsvTable table, int row)
    {
        string file = table.Text(row, "file");
        if (file.Length == 0 || Path.IsPathRooted(file) || file.Split('/', '\\').Contains(".."))
        {
            throw table.Wrong(row, "file", file, "a name within the folder");
        }

        string label = table.Text(row, "label");
        if (label is not ("healthy" or "faulty"))
        {
            throw table.Wrong(row, "label", label, "healthy or faulty");
        }

        int channels = table.Whole(row, "channels", 1, 64);
        string[] names = table.Text(row, "channel_names").Split('|');
        if (names.Length != channels)
        {
            throw table.Wrong(row, "channel_names", table.Text(row, "channel_names"), $"{channels} names separated by |");
        }

        int frames = table.Whole(row, "n_frames", 1, 100_000_000);
        return new Recording(
            file,
            Path.Combine(folder, file),
            label == "faulty",
            table.Text(row, "origin"),
            table.Number(row, "fs_hz", 0.1m, 1_000_000m),
            names,
            frames,
            table.Whole(row, "segment_len", 0, frames),
            table.Text(row, "units"),
            table.Number(row, "scale", 0.000000000001m, 1000m));
    }
}
