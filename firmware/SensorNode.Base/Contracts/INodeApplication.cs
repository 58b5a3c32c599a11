namespace SensorNode.Contracts
{
    /// <summary>The narrow way into the application, so that a loader can start another one.</summary>
    public interface INodeApplication
    {
        /// <summary>Version of the application, major.minor.patch.</summary>
        string Version { get; }

        /// <summary>Runs the node. Returns only to ask for a restart.</summary>
        RestartReason Run(NodeServices services);
    }
}
