namespace SensorNode.Configuration
{
    /// <summary>What node.conf says, checked.</summary>
    public sealed class NodeConfiguration
    {
    }
}
