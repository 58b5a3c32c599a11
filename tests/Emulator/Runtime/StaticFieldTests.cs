using System.Reflection;
using Xunit;

namespace SensorNode.Emulator.Tests.Runtime;

/// <summary>What nodes that share loaded firmware build on: no static field of firmware or stand-ins ever changes.</summary>
public class StaticFieldTests
{
    [Fact]
    public void FirmwareAndStandins_KeepNothingInStaticFields()
    {
        using var sandbox = new FirmwareSandbox();
        var folder = new FirmwareFolder();
        var changeable = new List<string>();
        int read = 0;
        foreach (string name in folder.ListFirmware().Where(name => name != "SensorNode.EmulatorFirmware").Append("SensorNode.Standins"))
        {
            foreach (Type type in sandbox.Context.LoadFirmware(name).GetTypes())
            {
                foreach (FieldInfo field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Where(field => !field.IsLiteral))
                {
                    read++;

                    // What the compiler keeps by itself, such as delegates of lambdas without a closure, is the same for every node.
                    bool isCompilers = type.Name.StartsWith('<') || field.Name.StartsWith("<>", StringComparison.Ordinal);
                    if (!field.IsInitOnly && !isCompilers)
                    {
                        changeable.Add($"{type.FullName}.{field.Name}");
                    }
                }
            }
        }

        Assert.Equal(["SensorNode.Standins.NodeRuntime.s_platform"], changeable);
        Assert.True(read > 10, $"{read} static fields");
    }
}
