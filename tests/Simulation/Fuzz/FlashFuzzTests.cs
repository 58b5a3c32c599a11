using System.Buffers.Binary;
using System.Globalization;
using System.Reflection;
using System.Text;
using Xunit;
using Xunit.Abstractions;

namespace SensorNode.Simulation.Tests.Fuzz;

/// <summary>Mutated bytes into everything that reads flash; half of them with their checksum made right again.</summary>
[Collection(MeasuresMemory.Name)]
public sealed class FlashFuzzTests(ITestOutputHelper output) : FirmwareFuzz(output)
{
    private static readonly byte[] Conf = "sparkplug.group = a\nsparkplug.node = b\nmqtt.host = c\n"u8.ToArray();

    [Fact]
    public void NodeConf()
    {
        Type parser = Base.GetType("SensorNode.Configuration.ConfigurationParser", true)!;
        Func<object?[], object?> parse = Method(parser, "TryParse");
        object faults = NewArgument(parser, "TryParse", 2);
        Fuzz("node.conf", [Conf, "sparkplug.group = a\nmqtt.host = b:8883, c\nmqtt.security=tls\nwindow.points = 512\n# x\nsensor.part = adxl345\nsensor.rate_hz = 800\n"u8.ToArray()],
            bytes => parse([bytes, bytes.Length, faults]) != null);
    }

    [Fact]
    public void ServerList()
    {
        Type type = Base.GetType("SensorNode.Configuration.ServerList", true)!;
        Func<object?[], object?> check = Method(type, "Check");
        Fuzz("ServerList", ["first.example, second.example:8884"u8.ToArray(), "a:1,b:65535,[::1]:7"u8.ToArray()], bytes =>
        {
            string text = Encoding.Latin1.GetString(bytes);
            if (check([text]) != null)
            {
                return false;
            }

            object list = Activator.CreateInstance(type, text, 8883)!;
            int count = (int)Get(list, "Count")!;
            for (int i = 0; i < count; i++)
            {
                Assert.NotEmpty((string)Method(list, "Host")([i])!);
                Assert.InRange((int)Method(list, "Port")([i])!, 1, 65535);
            }

            return true;
        }, bytesMax: 262_144, sizeBytesMax: 300);
    }

    [Fact]
    public void StoredChanges()
    {
        Sandbox.Flash.WriteAllBytes("node.conf", Conf);
        Type type = Base.GetType("SensorNode.Configuration.ConfigurationStore", true)!;
        object faults = NewArgument(type, "Load", 0);
        int crc = Sandbox.Bind<Func<byte[], int, int, int>>("SensorNode.Base", "SensorNode.Storage.Crc32", "Compute")(Conf, 0, Conf.Length);
        byte[] record = new byte[504];
        ReadOnlySpan<byte> lines = "report.interval_s=30\nmqtt.host=d.example\nmqtt.keep_alive_s=33\n"u8;
        BinaryPrimitives.WriteInt32LittleEndian(record, crc);
        BinaryPrimitives.WriteInt16LittleEndian(record.AsSpan(6), (short)lines.Length);
        lines.CopyTo(record.AsSpan(8));
        byte[] sample = Twin(1, record);
        FuzzOnNode("stored changes", [sample], (bytes, mutator) =>
        {
            // The right size half of the time, and the right checksum in most of those.
            byte[] file = mutator.Draw(2) == 0 ? bytes : [.. bytes.AsSpan(0, Math.Min(bytes.Length, 512)), .. new byte[512 - Math.Min(bytes.Length, 512)]];
            file = mutator.Draw(4) == 0 ? file : Repair(file);
            Sandbox.Flash.WriteAllBytes(mutator.Draw(2) == 0 ? "conf.a" : "conf-new.b", file);
            object store = New(Base, "SensorNode.Configuration.ConfigurationStore", Files);
            Assert.NotNull(Method(store, "Load")([faults]));
            bool isTaken = (bool)Get(store, "IsOnTrial")!;
            foreach (string name in new[] { "conf.a", "conf.b", "conf-new.a", "conf-new.b" }.Where(Sandbox.Flash.FileExists))
            {
                Sandbox.Flash.Delete(name);
            }

            return isTaken;
        });
    }

    /// <summary>Segments, their names, and the position; what is read must rise and end.</summary>
    [Fact]
    public void Journal()
    {
        const int slot = 23;
        object record = New(Base, "SensorNode.Storage.JournalRecord");
        Func<object?[], object?> seal = Method(Base.GetType("SensorNode.Storage.JournalFormat", true)!, "Seal");
        byte[] segment = new byte[6 * slot];
        byte[] cursor = new byte[8];
        byte[] append = new byte[3 * slot];
        FuzzOnNode("journal", [segment, [.. segment, .. segment]], (bytes, mutator) =>
        {
            int first = mutator.Draw(20) == 0 ? 0x70000000 - mutator.Draw(20) : 1 + mutator.Draw(60);
            for (int i = 0; i + slot <= bytes.Length && mutator.Draw(2) == 0; i += slot)
            {
                seal([bytes, i, first + (i / slot)]);
            }

            Sandbox.Flash.WriteAllBytes("journal-" + first.ToString("x8", CultureInfo.InvariantCulture), bytes);
            Sandbox.Flash.WriteAllBytes("journal-" + (first + mutator.Draw(9)).ToString("x8", CultureInfo.InvariantCulture), bytes[..mutator.Draw(bytes.Length + 1)]);
            BinaryPrimitives.WriteInt32LittleEndian(cursor, mutator.Draw(3) == 0 ? BitConverter.ToInt32(bytes.Length < 4 ? cursor : bytes) : mutator.Draw(80));
            BinaryPrimitives.WriteInt32LittleEndian(cursor.AsSpan(4), mutator.Draw(3) == 0 ? -1 : 0);
            Sandbox.Flash.WriteAllBytes("journal-ack.a", Twin(mutator.Draw(4) - 2, cursor));
            if (mutator.Draw(4) == 0)
            {
                Sandbox.Flash.WriteAllBytes("journal-" + mutator.Draw(100).ToString(CultureInfo.InvariantCulture), bytes);
            }

            int read = ReadJournal(record, append);
            foreach (string name in Sandbox.Flash.ListFiles(""))
            {
                Sandbox.Flash.Delete(name);
            }

            return read > 0;
        });
    }

    [Fact]
    public void TwinAndBootRecords()
    {
        byte[] boot = Twin(3, [5, 0, 0, 0, 2]);
        byte[] clock = Twin(-1, BitConverter.GetBytes(1_900_000_000_000));
        FuzzOnNode("TwinRecord, BootRecord, ClockFloor", [boot, clock], (bytes, mutator) =>
        {
            byte[] file = mutator.Draw(2) == 0 ? bytes : Repair(bytes);
            string suffix = mutator.Draw(2) == 0 ? ".a" : ".b";
            Sandbox.Flash.WriteAllBytes("boot" + suffix, file);
            Sandbox.Flash.WriteAllBytes("clock" + suffix, file);
            object record = New(Base, "SensorNode.Storage.BootRecord", Files);
            int before = (int)Get(record, "BootCount")!;
            Assert.InRange(Convert.ToInt32(Method(record, "Begin")([])), 0, 20);
            Assert.Equal(unchecked(before + 1), (int)Get(New(Base, "SensorNode.Storage.BootRecord", Files), "BootCount")!);
            object floor = New(Base, "SensorNode.Storage.ClockFloor", Files);
            Assert.True((long)Get(floor, "UtcMs")! >= 1_735_689_600_000);
            Method(floor, "Keep")([1_800_000_000_000, true]);
            bool isTaken = before != 0;
            foreach (string name in Sandbox.Flash.ListFiles(""))
            {
                Sandbox.Flash.Delete(name);
            }

            return isTaken;
        });
    }

    /// <summary>A baseline that is taken is used as well: a detector judges a window with it.</summary>
    [Fact]
    public void Baseline()
    {
        const int fingerprint = 0x12345678;
        Assembly analysis = Sandbox.Context.LoadFirmware("SensorNode.Analysis");
        Func<object?[], object?> parse = Method(analysis.GetType("SensorNode.Detection.BaselineCodec", true)!, "TryParse");
        object result = New(analysis, "SensorNode.Detection.DetectorResult");
        byte[] sample = SampleBaseline(fingerprint);
        Assert.NotNull(parse([sample, 0, sample.Length, fingerprint, null]));
        short[] window = new short[69];
        Fuzz("baseline", [sample], bytes =>
        {
            bytes = (bytes.Length & 3) == 0 ? bytes : Repair(bytes.Length > sample.Length ? bytes[..sample.Length] : [.. bytes, .. new byte[sample.Length - bytes.Length]]);
            object? baseline = parse([bytes, 0, bytes.Length, fingerprint, null]);
            if (baseline == null)
            {
                return false;
            }

            object detector = New(analysis, "SensorNode.Detection.AnomalyDetector", (int)bytes[10], (int)bytes[11], 0);
            Assert.True((bool)Method(detector, "Load")([baseline])!);
            for (int i = 0; i < window.Length; i++)
            {
                window[i] = (short)(bytes[i] << 4);
            }

            Method(detector, "Process")([window[..(bytes[10] * bytes[11])], 0, result]);
            return true;
        });
    }

    private int ReadJournal(object record, byte[] append)
    {
        object journal = New(Base, "SensorNode.Storage.Journal", Files, 8, 3);
        Method(journal, "Open")([]);
        Func<object?[], object?> tryRead = Method(journal, "TryRead");
        int read = 0;
        int number = 0;
        for (int calls = 0; ; calls++)
        {
            Assert.True(calls < 200, "reading does not end");
            object?[] arguments = [number, record, 0];
            int status = Convert.ToInt32(tryRead(arguments));
            if (status == EndStatus)
            {
                break;
            }

            Assert.True((int)arguments[2]! > number, "reading does not go on");
            number = (int)arguments[2]!;
            read += status == RecordStatus ? 1 : 0;
        }

        Method(journal, "Append")([append, 3, 0]);
        Method(journal, "Acknowledge")([number]);
        Assert.True((int)Get(journal, "Count")! >= 0);
        Assert.True((int)Get(journal, "DroppedCount")! >= 0);
        return read;
    }

    private int EndStatus => Status("End");

    private int RecordStatus => Status("Record");

    private int Status(string name) => Convert.ToInt32(Enum.Parse(Base.GetType("SensorNode.Storage.JournalReadStatus", true)!, name));

    private byte[] SampleBaseline(int fingerprint)
    {
        const int length = 69;
        const int centroids = 2;
        byte[] bytes = new byte[29 + (centroids * (5 + (4 * length))) + (4 * length) + 4];
        "SNBL"u8.CopyTo(bytes);
        bytes[4] = 1;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(6), fingerprint);
        (bytes[10], bytes[11], bytes[12], bytes[13]) = (3, 23, centroids, 8);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(14), 300);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(22), 512);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(24), 1000);
        int at = 29;
        void Put(int count, short value)
        {
            for (int i = 0; i < count; i++, at += 2)
            {
                BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(at), value);
            }
        }

        for (int c = 0; c < centroids; c++)
        {
            bytes[at] = 150;
            at += 5;
            Put(length, (short)(3000 + (1000 * c)));
            Put(length, 1024);
        }

        Put(length, 1100);
        Put(length, -100);
        return Repair(bytes);
    }
}
