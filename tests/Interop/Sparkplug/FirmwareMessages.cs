using System.Reflection;
using SensorNode.Emulator;

namespace SensorNode.Interop.Tests.Sparkplug;

/// <summary>The firmware's own message builder, in a node's context, called by reflection with ordinary types.</summary>
internal sealed class FirmwareMessages : IDisposable
{
    private readonly FirmwareSandbox _sandbox = new();
    private readonly Assembly _device;
    private readonly object _table;
    private readonly object _builder;

    public FirmwareMessages(bool explains = false)
    {
        _device = _sandbox.Context.LoadFirmware("SensorNode.Base");
        object configuration = Activator.CreateInstance(_device.GetType("SensorNode.Configuration.NodeConfiguration", true)!)!;
        object catalog = Activator.CreateInstance(_device.GetType("SensorNode.Sparkplug.MetricCatalog", true)!)!;
        _table = Activator.CreateInstance(_device.GetType("SensorNode.Sparkplug.MetricTable", true)!, catalog, configuration)!;
        object? texts = explains ? Activator.CreateInstance(_sandbox.Context.LoadFirmware("SensorNode.Boot").GetType("SensorNode.Boot.MetricTexts", true)!) : null;
        _builder = Activator.CreateInstance(_device.GetType("SensorNode.Sparkplug.MessageBuilder", true)!, _table, configuration, texts)!;
    }

    /// <summary>Index, and alias, of a metric by the name of its constant.</summary>
    public int Metric(string name) => (int)(_device.GetType("SensorNode.Sparkplug.Metric", true)!.GetField(name) ?? _device.GetType("SensorNode.Sparkplug.NodeMetric", true)!.GetField(name))!.GetValue(null)!;

    public void SetNumber(int metric, long value, long tickMs) => Call(_table, "SetNumber", metric, value, tickMs);

    public void SetText(int metric, string value, long tickMs) => Call(_table, "SetText", metric, value, tickMs);

    public void SetArray(int metric, short[] values, long tickMs)
    {
        Call(_table, "SetArray", metric, values, 0, values.Length, tickMs);
        Call(_table, "Request", metric);
    }

    public void SetNull(int metric, long tickMs) => Call(_table, "SetNull", metric, tickMs);

    public byte[] Birth(int bdSeq, long nowUtcMs) => Sent((byte[])Call(_builder, "Birth", bdSeq, nowUtcMs)!);

    public byte[] Data(int sequence, long nowUtcMs, long nowTickMs) => Sent((byte[])Call(_builder, "Data", sequence, nowUtcMs, nowTickMs)!);

    public byte[] Death(int bdSeq) => (byte[])Call(_builder, "Death", bdSeq)!;

    public void Dispose() => _sandbox.Dispose();

    private static object? Call(object target, string method, params object[] arguments) => target.GetType().GetMethod(method)!.Invoke(target, arguments);

    private byte[] Sent(byte[] payload)
    {
        Call(_table, "MarkSent");
        return payload;
    }
}
