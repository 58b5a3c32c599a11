using System.Reflection;
using SensorNode.Platform;
using Xunit;

namespace SensorNode.Emulator.Tests.Runtime;

/// <summary>The queue of incoming messages: what a broker pours in while the link thread is busy may not fill the heap.</summary>
public sealed class MqttLinkTests : IDisposable
{
    private readonly FirmwareSandbox _sandbox = new();
    private readonly object _link;

    public MqttLinkTests()
    {
        Type type = _sandbox.Context.LoadFirmware("SensorNode.Esp32").GetType("SensorNode.Esp32.MqttLink", true)!;
        object? link = null;
        _sandbox.Run(() => link = Activator.CreateInstance(type, [null, null]));
        _link = link!;
    }

    public void Dispose() => _sandbox.Dispose();

    [Theory]
    [InlineData(4096, 16, 2)]
    [InlineData(4097, 16, 0)]
    [InlineData(1000, 16, 8)]
    [InlineData(10, 20, 16)]
    public void WhatComesTooFast_IsBoundedInBytesAndInMessages_AndCounted(int bytes, int sent, int kept) => _sandbox.Run(() =>
    {
        for (int round = 1; round <= 3; round++)
        {
            for (int i = 0; i < sent; i++)
            {
                Receive(new byte[bytes]);
            }

            for (int i = 0; i < kept; i++)
            {
                Assert.True(Take());
            }

            Assert.False(Take());
            Assert.Equal(round * (sent - kept), (int)_link.GetType().GetProperty("DroppedCount")!.GetValue(_link)!);
        }
    });

    private void Receive(byte[] payload)
    {
        MethodInfo received = _link.GetType().GetMethod("OnReceived", BindingFlags.NonPublic | BindingFlags.Instance)!;
        ConstructorInfo make = received.GetParameters()[1].ParameterType.GetConstructors()[0];
        object message = make.Invoke(["t", payload, false, Enum.ToObject(make.GetParameters()[3].ParameterType, 0), false]);
        received.Invoke(_link, [null, message]);
    }

    private bool Take() => (bool)_link.GetType().GetMethod("TryReceive")!.Invoke(_link, [null])!;
}
