namespace SensorNode.Sparkplug.Host;

/// <summary>The third token of a Sparkplug topic.</summary>
public enum SparkplugMessageType
{
    NBirth,
    NDeath,
    NData,
    NCmd,
    DBirth,
    DDeath,
    DData,
    DCmd,
}
