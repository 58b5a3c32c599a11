using System.Collections;
using System.Reflection;
using SensorNode.Emulator;

namespace SensorNode.Tool.Configuration;

/// <summary>node.conf as the node itself reads it: the firmware's own parser and schema, loaded in a node's context.</summary>
public sealed class FirmwareConfiguration : IDisposable
{
    private readonly FirmwareSandbox _sandbox = new();
    private readonly Assembly _base;
    private readonly Assembly _boot;
    private readonly Type _boards;
    private readonly object _boardRules;

    /// <summary>Loads the firmware of this build.</summary>
    public FirmwareConfiguration()
    {
        _base = _sandbox.Context.LoadFirmware("SensorNode.Base");
        _boards = _sandbox.Context.LoadFirmware("SensorNode.Boards").GetType("SensorNode.Boards.BoardCatalog", true)!;
        _boot = _sandbox.Context.LoadFirmware("SensorNode.Boot");
        _boardRules = Activator.CreateInstance(_boot.GetType("SensorNode.Boot.BoardRules", true)!)!;
        Type keys = Type("ConfigurationKey");
        KeyCount = (int)keys.GetField("Count")!.GetValue(null)!;
    }

    /// <summary>How many settings there are.</summary>
    public int KeyCount { get; }

    /// <summary>Reads and checks a file as the node does at boot.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="faults">Receives the node's own words, one line a fault.</param>
    /// <returns>Each setting in force with its value as node.conf would have it, null for a secret that is set; null where there is a fault.</returns>
    public IReadOnlyList<(string Name, string? Value)>? TryRead(byte[] bytes, List<string> faults)
    {
        MethodInfo parse = Type("ConfigurationParser").GetMethod("TryParse")!;
        var found = (IList)Activator.CreateInstance(parse.GetParameters()[2].ParameterType)!;
        object? configuration = parse.Invoke(null, [bytes, bytes.Length, found]);
        faults.AddRange(found.Cast<string>());
        if (configuration == null)
        {
            return null;
        }

        MethodInfo show = configuration.GetType().GetMethod("Show")!;
        if (_boardRules.GetType().GetMethod("Refusal")!.Invoke(_boardRules, [configuration]) is string refusal)
        {
            faults.Add(refusal);
            return null;
        }

        return [.. Describe().Select((setting, key) => (setting.Name, Shown(setting, (string)show.Invoke(configuration, [key])!)))];

        static string? Shown(Setting setting, string value) => setting.IsSecret && value.Length > 0 ? null : value;
    }

    /// <summary>nanoff's name of a board's runtime; null where there is no such board.</summary>
    public string? NanoffTarget(string board) =>
        _boards.GetMethod("Find")!.Invoke(null, [board]) is { } profile ? (string?)profile.GetType().GetField("NanoffTarget")!.GetValue(profile) : null;

    /// <summary>Names of all boards, for messages.</summary>
    public string BoardNames => (string)_boards.GetField("Names")!.GetRawConstantValue()!;

    /// <summary>Every setting, in the order of the schema.</summary>
    public IEnumerable<Setting> Describe()
    {
        Type itemType = Type("ConfigurationItem");
        object item = Activator.CreateInstance(itemType)!;
        MethodInfo describe = Type("ConfigurationSchema").GetMethod("Describe")!;
        object texts = Activator.CreateInstance(_boot.GetType("SensorNode.Boot.MetricTexts", true)!)!;
        MethodInfo sentence = texts.GetType().GetMethod("OfSetting")!;
        for (int key = 0; key < KeyCount; key++)
        {
            describe.Invoke(null, [key, item]);
            yield return new Setting(
                (string)Get("Name"),
                Get("Kind").ToString() ?? "",
                (int)Get("Minimum"),
                (int)Get("Maximum"),
                (int)Get("DefaultNumber"),
                (string)Get("DefaultText"),
                (string?)itemType.GetField("Choices")!.GetValue(item),
                (string)Get("Unit"),
                (string)sentence.Invoke(texts, [key])!,
                (bool)Get("IsSecret"));
        }

        object Get(string field) => itemType.GetField(field)!.GetValue(item)!;
    }

    /// <inheritdoc/>
    public void Dispose() => _sandbox.Dispose();

    private Type Type(string name) => _base.GetType("SensorNode.Configuration." + name, true)!;
}
