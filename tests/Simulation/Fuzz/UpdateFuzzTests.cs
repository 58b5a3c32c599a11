using System.Buffers.Binary;
using System.Reflection;
using Xunit;
using Xunit.Abstractions;

namespace SensorNode.Simulation.Tests.Fuzz;

/// <summary>Mutated bytes into what updates and the event log keep in flash, and into what the broker brings for an update.</summary>
[Collection(MeasuresMemory.Name)]
public sealed class UpdateFuzzTests(ITestOutputHelper output) : FirmwareFuzz(output)
{
    private const int NoSlot = 2;

    [Fact]
    public void EventLog()
    {
        Assembly board = Sandbox.Context.LoadFirmware("SensorNode.Esp32");
        object clock = New(board, "SensorNode.Esp32.DeviceClock");
        byte[] full = new byte[31 * 16];
        for (int i = 0; i < 31; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(full.AsSpan(16 * i), i + 1);
            BinaryPrimitives.WriteInt32LittleEndian(full.AsSpan((16 * i) + 4), 1_800_000_000 + i);
            BinaryPrimitives.WriteInt32LittleEndian(full.AsSpan((16 * i) + 8), i << 8 | (i % 9));
            Repair(full, 16 * i);
        }

        FuzzOnNode("event log", [full, full[..160], full[..16]], (bytes, mutator) =>
        {
            for (int at = 0; at + 16 <= bytes.Length && mutator.Draw(2) == 0; at += 16)
            {
                Repair(bytes, at);
            }

            Sandbox.Flash.WriteAllBytes("events.a", bytes);
            Sandbox.Flash.WriteAllBytes("events.b", bytes[..mutator.Draw(bytes.Length + 1)]);
            object log = New(Base, "SensorNode.Storage.EventLog", Files, clock, New(Base, "SensorNode.Storage.ClockFloor", Files));
            int newest = (int)Get(log, "Newest")!;
            Assert.True(newest >= 0);
            Assert.True(newest == 0 || Method(log, "Text")([newest]) is string, $"event {newest} is the newest, and not there");
            if (mutator.Draw(16) == 0)
            {
                // The host keeps a little for each object that was ever locked, and adding locks.
                Method(log, "Add")([mutator.Draw(12), mutator.Draw(70_000)]);
                Assert.InRange((int)Get(log, "Newest")!, newest, newest == int.MaxValue ? newest : newest + 1);
            }

            Clear();
            return newest > 0;
        });
    }

    /// <summary>Whatever the records say, nothing is started whose code in the record was not made by this node.</summary>
    [Fact]
    public void SlotRecords_StartNothing()
    {
        var board = Sandbox.Context.LoadFirmware("SensorNode.Esp32");
        object system = New(board, "SensorNode.Esp32.Esp32System", New(board, "SensorNode.Esp32.DeviceClock"));
        Type restart = Base.GetType("SensorNode.Contracts.RestartReason", true)!;
        byte[] record = new byte[232];
        record[0] = 1;
        record[1] = 0;
        record[2] = NoSlot;
        record[3] = 1;
        record[4] = 4;
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(36 + 28), 500);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(100 + 28), 500);
        FuzzOnNode("slot records", [Twin(1, record)], (bytes, mutator) =>
        {
            byte[] file = mutator.Draw(4) == 0 ? bytes : Repair(bytes);
            Sandbox.Flash.WriteAllBytes("app-state.a", file);
            Sandbox.Flash.WriteAllBytes("app-0", new byte[mutator.Draw(2) == 0 ? 500 : mutator.Draw(600)]);
            Sandbox.Flash.WriteAllBytes("app-1", new byte[mutator.Draw(2) == 0 ? 500 : mutator.Draw(600)]);
            Sandbox.Flash.WriteAllBytes("update-head", bytes);
            object slots = New(Base, "SensorNode.Update.UpdateSlots", Files, 1);
            object state = Get(slots, "State")!;
            Assert.InRange((int)Get(state, "Current")!, 0, NoSlot);
            Assert.InRange((int)Get(state, "Pending")!, 0, NoSlot);
            bool isTaken = (int)Get(state, "Current")! != NoSlot || (int)Get(state, "Pending")! != NoSlot;
            object loader = New(Base, "SensorNode.Update.SlotLoader", Files, slots, New(Base, "SensorNode.Update.MacKey", Files, system), 0);
            Assert.Null(Method(loader, "Begin")([Enum.ToObject(restart, mutator.Draw(8)), mutator.Draw(2) == 0, mutator.Draw(3), mutator.Draw(2) == 0]));
            Clear();
            return isTaken;
        });
    }

    [Fact]
    public void ReleaseKeyFile()
    {
        Type keys = Base.GetType("SensorNode.Update.TrustedKeys", true)!;
        Func<object?[], object?> read = Method(keys, "Read");
        byte[] line = System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 60).Select(i => i.ToString("x2", System.Globalization.CultureInfo.InvariantCulture))) + "\n");
        byte[] buffer = new byte[256];
        FuzzOnNode("release key file", [line, [.. line, .. line]], (bytes, _) =>
        {
            Sandbox.Flash.WriteAllBytes("release.key.pub", bytes);
            int known = (int)read([Files, buffer])!;
            Assert.InRange(known, 0, 128);
            return known >= 60;
        });
    }

    private void Repair(byte[] bytes, int at)
    {
        byte[] record = [.. bytes.AsSpan(at, 16)];
        Repair(record).CopyTo(bytes, at);
    }

    private void Clear()
    {
        foreach (string name in Sandbox.Flash.ListFiles(""))
        {
            Sandbox.Flash.Delete(name);
        }
    }
}
