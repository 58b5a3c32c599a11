using SensorNode.Emulator.Machines;
using Xunit;

namespace SensorNode.Emulator.Tests.Machines;

public class RecordedMachineTests
{
    [Fact]
    public void AtTheFrames_GivesTheFrames()
    {
        short[] frames = [10, -10, 20, -20, 30, -30, 40, -40, 50, -50];
        RecordedMachine machine = new(frames, 2, 0.001, 1000, 0, -1, 1) { OffsetG = [0, 0.5, 1] };
        for (int i = 0; i < 12; i++)
        {
            machine.Acceleration(i * 1_000_000L, out double x, out double y, out double z);
            Assert.Equal(frames[i % 5 * 2] * 0.001, x, 9);
            Assert.Equal(0.5, y, 9);
            Assert.Equal(1 + frames[i % 5 * 2 + 1] * 0.001, z, 9);
        }
    }

    [Fact]
    public void BetweenTheFrames_FollowsASlowTone()
    {
        short[] frames = [.. Enumerable.Range(0, 1000).Select(i => (short)Math.Round(10_000 * Math.Sin(2 * Math.PI * 20 * i / 1000)))];
        RecordedMachine machine = new(frames, 1, 0.0001, 1000, 0, -1, -1);
        for (int i = 0; i < 3000; i++)
        {
            machine.Acceleration(i * 370_000L, out double x, out _, out _);
            Assert.Equal(Math.Sin(2 * Math.PI * 20 * i * 0.00037), x, 0.002);
        }
    }

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(2, 0, 1, 2)]
    public void ImpossibleRecording_IsRefused(int channels, int x, int y, int z) =>
        Assert.Throws<ArgumentException>(() => new RecordedMachine(new short[100], channels, 1, 1000, x, y, z));

    [Fact]
    public void TruncatedFile_IsRefusedByName()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, new byte[1001]);
            InvalidDataException error = Assert.Throws<InvalidDataException>(() => RecordedMachine.Load(path, 2, 1, 1000, 0, 1, -1));
            Assert.Contains(path, error.Message);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
