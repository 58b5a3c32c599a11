using System.Buffers.Binary;
using System.Reflection;
using SensorNode.Emulator;
using Xunit.Abstractions;

namespace SensorNode.Simulation.Tests.Fuzz;

/// <summary>What fuzz tests of firmware share: its assemblies in a node's context, flash files, calls by name.</summary>
public abstract class FirmwareFuzz : IDisposable
{
    private readonly FuzzRun _run;
    private readonly Func<byte[], int, int, int> _crc;

    /// <summary>Loads the firmware.</summary>
    protected FirmwareFuzz(ITestOutputHelper output)
    {
        _run = new FuzzRun(output);
        Base = Sandbox.Context.LoadFirmware("SensorNode.Base");
        _crc = Sandbox.Bind<Func<byte[], int, int, int>>("SensorNode.Base", "SensorNode.Storage.Crc32", "Compute");
        Files = New(Sandbox.Context.LoadFirmware("SensorNode.Esp32"), "SensorNode.Esp32.FlashFiles");
    }

    /// <summary>The node's context.</summary>
    protected FirmwareSandbox Sandbox { get; } = new();

    /// <summary>SensorNode.Base in it.</summary>
    protected Assembly Base { get; }

    /// <summary>The node's file store, on <see cref="FirmwareSandbox.Flash"/>.</summary>
    protected object Files { get; }

    /// <summary>A new object of a firmware type; the shortest constructor that takes the arguments.</summary>
    protected static object New(Assembly assembly, string type, params object?[] arguments) =>
        Activator.CreateInstance(assembly.GetType(type, true)!, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DoNotWrapExceptions, null, arguments, null)!;

    /// <summary>A method of a firmware object, or a static one of a type.</summary>
    protected static Func<object?[], object?> Method(object target, string name)
    {
        const BindingFlags all = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        MethodInfo method = (target as Type ?? target.GetType()).GetMethod(name, all)!;
        return arguments => method.Invoke(method.IsStatic ? null : target, BindingFlags.DoNotWrapExceptions, null, arguments, null);
    }

    /// <summary>A new object of the type of a method's parameter.</summary>
    protected static object NewArgument(Type type, string method, int parameter) => Activator.CreateInstance(type.GetMethod(method)!.GetParameters()[parameter].ParameterType)!;

    /// <summary>Sets a public field of a firmware object.</summary>
    protected static void Set(object target, string field, object? value) => target.GetType().GetField(field)!.SetValue(target, value);

    /// <summary>Reads a property of a firmware object.</summary>
    protected static object? Get(object target, string property) => target.GetType().GetProperty(property)!.GetValue(target);

    /// <summary>Feeds mutated samples.</summary>
    private protected void Fuzz(string name, byte[][] samples, Func<byte[], bool> parse, long bytesMax = 65_536, int sizeBytesMax = 6_000)
    {
        var mutator = new Mutator(FuzzRun.Seed, samples, sizeBytesMax);
        _run.Run(name, mutator.Next, parse, bytesMax);
    }

    /// <summary>Feeds mutated samples on a thread of the node, as code that touches files needs it.</summary>
    /// <param name="name">Of the parser.</param>
    /// <param name="samples">Good inputs.</param>
    /// <param name="parse">Takes one, and random numbers for what else it decides.</param>
    /// <param name="bytesMax">Most that one input may allocate.</param>
    /// <param name="sizeBytesMax">Longest input.</param>
    private protected void FuzzOnNode(string name, byte[][] samples, Func<byte[], Mutator, bool> parse, long bytesMax = 262_144, int sizeBytesMax = 6_000)
    {
        var mutator = new Mutator(FuzzRun.Seed, samples, sizeBytesMax);
        _run.Run(name, mutator.Next, bytes => parse(bytes, mutator), bytesMax, feed => Sandbox.Run(feed, TimeSpan.FromDays(36_500)));
    }

    /// <summary>Gives the last four bytes the CRC-32 of all before.</summary>
    protected byte[] Repair(byte[] bytes)
    {
        if (bytes.Length >= 4)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(bytes.Length - 4), _crc(bytes, 0, bytes.Length - 4));
        }

        return bytes;
    }

    /// <summary>A file of a TwinRecord.</summary>
    protected byte[] Twin(int sequence, ReadOnlySpan<byte> payload)
    {
        byte[] file = new byte[payload.Length + 8];
        BinaryPrimitives.WriteInt32LittleEndian(file, sequence);
        payload.CopyTo(file.AsSpan(4));
        return Repair(file);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Sandbox.Dispose();
        GC.SuppressFinalize(this);
    }
}
