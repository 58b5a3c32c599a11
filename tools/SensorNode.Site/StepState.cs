using System.Text.Json;

namespace SensorNode.Site;

/// <summary>Which steps were done for a node, and with what; a file in its folder.</summary>
/// <remarks>A step counts as done while it was done with the same input. Doing one forgets those after it: flashing the runtime erases the board.</remarks>
public sealed class StepState
{
    private readonly string _file;
    private readonly List<KeyValuePair<string, string>> _done;

    private StepState(string file, List<KeyValuePair<string, string>> done)
    {
        _file = file;
        _done = done;
    }

    /// <summary>Reads the file; a missing one means nothing was done.</summary>
    public static StepState Open(string file)
    {
        return new StepState(file, File.Exists(file) ? [.. SiteJson.Read<Dictionary<string, string>>(file, null, steps => !steps.ContainsValue(null!), "delete it to do every step again")] : []);
    }

    /// <summary>Whether a step was done with this input.</summary>
    public bool IsDone(string step, string input) => _done.Contains(new KeyValuePair<string, string>(step, input));

    /// <summary>Writes down that it was.</summary>
    /// <param name="step">The step.</param>
    /// <param name="input">What it was done with.</param>
    /// <param name="following">Steps that come after it.</param>
    public void SetDone(string step, string input, IEnumerable<string> following)
    {
        _done.RemoveAll(entry => entry.Key == step || following.Contains(entry.Key));
        _done.Add(new(step, input));
        Write();
    }

    /// <summary>Forgets some steps.</summary>
    public void Forget(IEnumerable<string> steps)
    {
        _done.RemoveAll(entry => steps.Contains(entry.Key));
        Write();
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _done.Clear();
        File.Delete(_file);
    }

    private void Write() => SecretFile.WritePublic(_file, JsonSerializer.Serialize(new Dictionary<string, string>(_done)) + "\n");
}
