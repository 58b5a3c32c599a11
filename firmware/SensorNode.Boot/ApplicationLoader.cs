using SensorNode.Contracts;
using SensorNode.Node;

namespace SensorNode.Boot
{
    /// <summary>Finds the application to start.</summary>
    internal static class ApplicationLoader
    {
        /// <summary>The factory application, deployed beside this assembly.</summary>
        internal static INodeApplication Load()
        {
            return new NodeApplication();
        }
    }
}
