using System.Buffers.Binary;
using SensorNode.Emulator;

namespace SensorNode.Simulation.Tests.Fuzz;

/// <summary>Makes wrong inputs of right ones. The same seed gives the same inputs.</summary>
internal sealed class Mutator(ulong seed, byte[][] samples, int sizeBytesMax)
{
    private static readonly int[] Borders = [0, 1, 127, 128, 255, 256, 0x7FFF, 0x8000, 0xFFFF, int.MaxValue, int.MinValue, -1, 0x70000000, 0x70000001];

    private readonly SeededRandom _random = new(seed);

    /// <summary>A number from 0 to limit - 1.</summary>
    public int Draw(int limit) => (int)(_random.NextUniform() * limit);

    /// <summary>One to six changes to one of the samples.</summary>
    public byte[] Next()
    {
        var bytes = new List<byte>(samples[Draw(samples.Length)]);
        for (int change = 1 + Draw(6); change > 0; change--)
        {
            Change(bytes);
        }

        if (bytes.Count > sizeBytesMax)
        {
            bytes.RemoveRange(sizeBytesMax, bytes.Count - sizeBytesMax);
        }

        return [.. bytes];
    }

    private void Change(List<byte> bytes)
    {
        int at = Draw(bytes.Count + 1);
        switch (Draw(8))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << Draw(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = (byte)Draw(256);
                break;
            case 2:
                bytes.InsertRange(at, Enumerable.Repeat((byte)Draw(256), 1 + Draw(12)));
                break;
            case 3:
                bytes.RemoveRange(at, Draw(Math.Min(bytes.Count - at, 40) + 1));
                break;
            case 4 when Draw(4) == 0:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 5:
                PutBorder(bytes, at);
                break;
            case 6:
                byte[] other = samples[Draw(samples.Length)];
                int from = Draw(other.Length + 1);
                bytes.InsertRange(at, other.AsSpan(from, Draw(Math.Min(other.Length - from, 64) + 1)));
                break;
            default:
                if (at < bytes.Count)
                {
                    bytes[at] += (byte)(Draw(2) == 0 ? 1 : 255);
                }

                break;
        }
    }

    /// <summary>A number at which things end, over one, two or four bytes, either end first.</summary>
    private void PutBorder(List<byte> bytes, int at)
    {
        int border = Borders[Draw(Borders.Length)];
        Span<byte> four = stackalloc byte[4];
        int size = 1 << Draw(3);
        if (Draw(2) == 0)
        {
            BinaryPrimitives.WriteInt32LittleEndian(four, border);
            four = four[..size];
        }
        else
        {
            BinaryPrimitives.WriteInt32BigEndian(four, border);
            four = four[(4 - size)..];
        }

        for (int i = 0; i < size && at + i < bytes.Count; i++)
        {
            bytes[at + i] = four[i];
        }
    }
}
