namespace SensorNode.DeviceApi.Lists;

/// <summary>A list holds a line that means nothing to us: names file, line number and text.</summary>
public sealed class ApiListException(string file, int line, string text, string problem)
    : Exception($"{file}({line}): {problem}: {text.Trim()}");
