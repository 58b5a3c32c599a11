using System.Reflection;
using SensorNode.Emulator;
using Xunit;
using Xunit.Abstractions;

namespace SensorNode.Simulation.Tests;

/// <summary>Mutated bytes into every parser of the firmware that faces network or flash: no exception, no hang. The count is printed.</summary>
/// <remarks>SENSORNODE_FUZZ_INPUTS says how many inputs each parser gets; 20,000 if it says nothing, a million before a release.</remarks>
public sealed class ParserFuzzTests : IDisposable
{
    private readonly FirmwareSandbox _sandbox = new();
    private readonly ITestOutputHelper _output;
    private readonly Assembly _base;
    private readonly int _count = int.TryParse(Environment.GetEnvironmentVariable("SENSORNODE_FUZZ_INPUTS"), out int asked) ? asked : 20_000;

    public ParserFuzzTests(ITestOutputHelper output)
    {
        _output = output;
        _base = _sandbox.Context.LoadFirmware("SensorNode.Base");
    }

    [Fact]
    public void CommandReader_SurvivesAnything()
    {
        object reader = Make("SensorNode.Sparkplug.CommandReader");
        object metric = Make("SensorNode.Sparkplug.CommandMetric");
        MethodInfo validate = reader.GetType().GetMethod("Validate")!;
        byte[] command = Sparkplug.Host.SparkplugCommands.Write(DateTime.UnixEpoch.AddDays(20_000), "Config/mqtt.host", Sparkplug.Host.SparkplugDatatype.String, "broker.example");
        Fuzz(command, bytes => validate.Invoke(reader, BindingFlags.DoNotWrapExceptions, null, [bytes, bytes.Length, metric], null));
    }

    [Fact]
    public void HostState_SurvivesAnything()
    {
        object state = Make("SensorNode.Sparkplug.HostState");
        MethodInfo take = state.GetType().GetMethod("Take")!;
        Fuzz("""{"online":true,"timestamp":1700000000000}"""u8.ToArray(), bytes => take.Invoke(state, BindingFlags.DoNotWrapExceptions, null, [bytes], null));
    }

    [Fact]
    public void NodeConf_SurvivesAnything()
    {
        MethodInfo parse = _base.GetType("SensorNode.Configuration.ConfigurationParser", true)!.GetMethod("TryParse")!;
        object faults = Activator.CreateInstance(parse.GetParameters()[2].ParameterType)!;
        Fuzz("sparkplug.group = a\nmqtt.host = b:8883, c\nmqtt.security=tls\nwindow.points = 512\n# x\n"u8.ToArray(), bytes => parse.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [bytes, bytes.Length, faults], null));
    }

    [Fact]
    public void StoredChanges_SurviveAnything()
    {
        _sandbox.Flash.WriteAllBytes("node.conf", "sparkplug.group = a\nmqtt.host = b\n"u8.ToArray());
        object files = Activator.CreateInstance(_sandbox.Context.LoadFirmware("SensorNode.Esp32").GetType("SensorNode.Esp32.FlashFiles", true)!)!;
        Type storeType = _base.GetType("SensorNode.Configuration.ConfigurationStore", true)!;
        MethodInfo load = storeType.GetMethod("Load")!;
        object faults = Activator.CreateInstance(load.GetParameters()[0].ParameterType)!;
        var record = new byte[512];
        record[0] = 1;
        _sandbox.Run(() => Fuzz(record, bytes =>
        {
            _sandbox.Flash.WriteAllBytes("conf.a", bytes);
            _sandbox.Flash.WriteAllBytes("conf-new.b", bytes);
            Assert.NotNull(load.Invoke(Activator.CreateInstance(storeType, files), BindingFlags.DoNotWrapExceptions, null, [faults], null));
        }, _count / 10), TimeSpan.FromDays(3650));
    }

    public void Dispose() => _sandbox.Dispose();

    private object Make(string type) => Activator.CreateInstance(_base.GetType(type, true)!)!;

    private void Fuzz(byte[] seed, Action<byte[]> parse, int count = 0)
    {
        count = count == 0 ? _count : count;
        var random = new SeededRandom(20_260_101);
        for (int i = 0; i < count; i++)
        {
            byte[] input = Mutate(seed, random);
            try
            {
                parse(input);
            }
            catch (Exception exception)
            {
                Assert.Fail($"input {i}, {Convert.ToHexString(input)}: {exception}");
            }
        }

        _output.WriteLine($"{count} inputs");
    }

    private static byte[] Mutate(byte[] seed, SeededRandom random)
    {
        int Draw(int limit) => (int)(random.NextUniform() * limit);
        var bytes = new List<byte>(seed);
        for (int change = 1 + Draw(6); change > 0; change--)
        {
            int at = Draw(bytes.Count + 1);
            switch (Draw(5))
            {
                case 0 when at < bytes.Count: bytes[at] ^= (byte)(1 << Draw(8)); break;
                case 1 when at < bytes.Count: bytes[at] = (byte)random.NextBits(); break;
                case 2: bytes.InsertRange(at, Enumerable.Repeat((byte)random.NextBits(), 1 + Draw(12))); break;
                case 3: bytes.RemoveRange(at, Draw(bytes.Count - at + 1)); break;
                default: bytes.InsertRange(at, bytes.Take(Draw(bytes.Count + 1)).ToArray()); break;
            }
        }

        return [.. bytes.Take(6000)];
    }
}
