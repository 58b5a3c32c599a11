using SensorNode.Emulator.Chips;
using SensorNode.Platform;
using Xunit;

namespace SensorNode.Emulator.Tests.Chips;

public class I2cFaultPlanTests
{
    [Fact]
    public void ChosenTransfers_FailAndNoOthers()
    {
        I2cFaultPlan plan = new I2cFaultPlan().At(2, I2cFault.AddressNotAcknowledged).At(4, I2cFault.PartialTransfer, count: 2);
        I2cFault[] made = [.. Enumerable.Range(0, 6).Select(i => plan.Next(i, 0x6A, [0x0F], new byte[1]))];
        Assert.Equal([I2cFault.None, I2cFault.AddressNotAcknowledged, I2cFault.None, I2cFault.PartialTransfer, I2cFault.PartialTransfer, I2cFault.None], made);
        Assert.Equal(3, plan.FaultCount);
    }

    [Fact]
    public void OtherAddresses_AreLeftAlone()
    {
        I2cFaultPlan plan = new I2cFaultPlan { Address = 0x6A }.At(1, I2cFault.ClockStretchTimeout);
        Assert.Equal(I2cFault.None, plan.Next(0, 0x76, [0xD0], new byte[1]));
        Assert.Equal(I2cFault.ClockStretchTimeout, plan.Next(0, 0x6A, [0x0F], new byte[1]));
    }

    [Fact]
    public void StuckData_FillsWhatIsRead()
    {
        I2cFaultPlan plan = new I2cFaultPlan { StuckValue = 0x00 }.Between(100, 200, I2cFault.StuckData);
        byte[] read = [1, 2];
        Assert.Equal(I2cFault.None, plan.Next(99, 0x6A, [0x0F], read));
        Assert.Equal(I2cFault.StuckData, plan.Next(100, 0x6A, [0x0F], read));
        Assert.Equal([0, 0], read);
        Assert.Equal(I2cFault.None, plan.Next(200, 0x6A, [0x0F], read));
    }

    [Fact]
    public void RandomFaults_AreTheSameForASeed()
    {
        int[] first = Draw(5);
        Assert.Equal(first, Draw(5));
        Assert.NotEqual(first, Draw(6));
        Assert.InRange(first.Sum(), 50, 150);
    }

    private static int[] Draw(ulong seed)
    {
        I2cFaultPlan plan = new I2cFaultPlan(seed).Randomly(0.1, I2cFault.AddressNotAcknowledged);
        return [.. Enumerable.Range(0, 1000).Select(i => plan.Next(i, 0x6A, [0x0F], new byte[1]) == I2cFault.None ? 0 : 1)];
    }
}
