using System.Globalization;

namespace SensorNode.NanoffStandin;

/// <summary>A folder in the place of a board.</summary>
internal sealed class Board(string folder)
{
    public bool IsThere => Directory.Exists(folder);

    public bool HasRuntime => File.Exists(Path.Combine(folder, "runtime"));

    public string HardwareAddress => "24:6F:28:00:00:" + (Path.GetFileName(folder).Sum(c => c) % 256).ToString("X2", CultureInfo.InvariantCulture);

    public void Erase()
    {
        foreach (string file in Directory.EnumerateFiles(folder))
        {
            File.Delete(file);
        }

        if (Directory.Exists(Path.Combine(folder, "I")))
        {
            Directory.Delete(Path.Combine(folder, "I"), recursive: true);
        }
    }

    public void Write(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);

    public void CopyApplication(string image) => File.Copy(image, Path.Combine(folder, "app.bin"), overwrite: true);

    public void CopyFile(string source, string destination)
    {
        string files = Path.Combine(folder, "I");
        Directory.CreateDirectory(files);
        File.Copy(source, Path.Combine(files, destination[3..]), overwrite: true);
    }

    public void Reset()
    {
        string file = Path.Combine(folder, "resets");
        int count = File.Exists(file) ? int.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture) : 0;
        File.WriteAllText(file, (count + 1).ToString(CultureInfo.InvariantCulture));
    }
}
