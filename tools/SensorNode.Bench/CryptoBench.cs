using SensorNode.CostMeter;
using SensorNode.Release.Lms;

namespace SensorNode.Bench;

/// <summary>Instructions of the node's SHA-256 and of the check of a release's signature.</summary>
internal sealed class CryptoBench(MeteredFirmware firmware)
{
    private const int Seed = 8554;
    private const int MessageBytes = 1024;

    /// <summary>Adds sha256.block.il and lms.verify.il, with the largest and with 8-bit digits beside it.</summary>
    internal void Run(BenchReport report, Action<string> progress)
    {
        progress("SHA-256");
        Hash(report);
        progress("LMS verification");
        Verification(report, "lms.verify", 6, 3, 32, "H10, W4");
        Verification(report, "lms.verify.w8", 5, 4, 8, "H5, W8");
    }

    private void Hash(BenchReport report)
    {
        Type type = firmware.FindType("SensorNode.Base", "SensorNode.Crypto.Sha256") ?? throw new InvalidOperationException("SensorNode.Base has no Sha256");
        var update = type.GetMethod("Update")!.CreateDelegate<Action<byte[], int, int>>(MeteredFirmware.Create(type));
        byte[] bytes = new byte[64 * 64];
        new Random(Seed).NextBytes(bytes);
        update(bytes, 0, 64);
        MeterTotals cost = Meter.Measure(() => update(bytes, 0, bytes.Length));
        report.Add("sha256.block.il", cost.TotalInstructions / 64.0, "IL", "SHA-256, a block of 64 bytes, mean of 64 in one array");
        if (cost.AllocatedBytes > 0)
        {
            report.Remark($"SHA-256 allocates {cost.AllocatedBytes} bytes");
        }
    }

    private void Verification(BenchReport report, string name, int treeType, int oneTimeType, int count, string parameters)
    {
        Type type = firmware.FindType("SensorNode.Base", "SensorNode.Crypto.HssVerifier") ?? throw new InvalidOperationException("SensorNode.Base has no HssVerifier");
        object verifier = MeteredFirmware.Create(type);
        var random = new Random(Seed);
        var pair = new LmsKeyPair(treeType, oneTimeType, Bytes(random, 16), Bytes(random, 32));
        byte[] key = [0, 0, 0, 1, .. pair.TreeKey()];
        var method = type.GetMethod("Verify")!;
        double sum = 0;
        double largest = 0;
        for (int n = 0; n < count; n++)
        {
            byte[] message = Bytes(random, MessageBytes);
            byte[] signature = [0, 0, 0, 0, .. pair.Sign(random.Next(pair.Leaves), Bytes(random, 32), message)];
            object?[] arguments = [key, 0, key.Length, message, 0, message.Length, signature, 0, signature.Length];
            object? status = null;
            MeterTotals cost = Meter.Measure(() => status = method.Invoke(verifier, arguments));
            if (status?.ToString() != "Valid")
            {
                throw new InvalidOperationException($"{name}: signature {n} is {status}");
            }

            sum += cost.TotalInstructions;
            largest = Math.Max(largest, cost.TotalInstructions);
            if (cost.AllocatedBytes > 0)
            {
                report.Remark($"{name} allocates {cost.AllocatedBytes} bytes");
            }
        }

        report.Add(name + ".il", sum / count, "IL", $"LMS verification, {parameters}, message of {MessageBytes} bytes, mean of {count} signatures");
        report.Add(name + ".max.il", largest, "IL", $"the largest of these {count}");
    }

    private static byte[] Bytes(Random random, int count)
    {
        byte[] bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
