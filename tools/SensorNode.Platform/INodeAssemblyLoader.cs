using System.Reflection;

namespace SensorNode.Platform;

/// <summary>What the firmware's Assembly.Load and Type.GetType are routed to: the node's own context.</summary>
public interface INodeAssemblyLoader
{
    /// <summary>Loads an image beside what is there, also where the name is taken.</summary>
    /// <exception cref="ArgumentException">The image is damaged.</exception>
    Assembly Load(byte[] image);

    /// <summary>Finds a deployed assembly by its simple name; null where there is none.</summary>
    Assembly? FindDeployed(string name);

    /// <summary>Finds a type by full name in the deployed assemblies; null where there is none.</summary>
    Type? FindDeployedType(string typeName);
}
