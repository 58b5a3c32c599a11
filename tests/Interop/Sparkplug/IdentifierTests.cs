using System.Reflection;
using System.Text;
using SensorNode.Emulator;
using Xunit;

namespace SensorNode.Interop.Tests.Sparkplug;

/// <summary>Group and node names that may not stand in a topic never get into a node.</summary>
public sealed class IdentifierTests : IDisposable
{
    private readonly FirmwareSandbox _sandbox = new();

    [Theory]
    [InlineData("plant 1.a_b-c", true)]
    [InlineData("a+b", false)]
    [InlineData("a/b", false)]
    [InlineData("a#b", false)]
    [InlineData("+", false)]
    [InlineData("w\u00e4rme", false)]
    [InlineData("a\u0001b", false)]
    public void Names_AreTextWithoutTheTopicsOwnCharacters(string name, bool isGood)
    {
        Assert.Equal(isGood, IsTaken($"sparkplug.group = {name}\nsparkplug.node = fan-1\nmqtt.host = broker\n"));
        Assert.Equal(isGood, IsTaken($"sparkplug.group = plant\nsparkplug.node = {name}\nmqtt.host = broker\n"));
    }

    public void Dispose() => _sandbox.Dispose();

    private bool IsTaken(string conf)
    {
        MethodInfo parse = _sandbox.Context.LoadFirmware("SensorNode.Base").GetType("SensorNode.Configuration.ConfigurationParser", true)!.GetMethod("TryParse")!;
        byte[] bytes = Encoding.UTF8.GetBytes(conf);
        return parse.Invoke(null, [bytes, bytes.Length, Activator.CreateInstance(parse.GetParameters()[2].ParameterType)]) != null;
    }
}
