using nanoFramework.TestFramework;
using SensorNode.Contracts;
using SensorNode.Fakes;

namespace SensorNode.Drivers.Tests
{
    /// <summary>Every transfer of the LIS3DH driver, byte by byte.</summary>
    [TestClass]
    public class Lis3dhTests
    {
        // 8 g, 1344 Hz.
        private const string ConfigureScript = "R0F>33 W20=07 W21=00 W23=A0 W24=40 W2E=00 ";
        private const string Restart = "W2E=00 W2E=80 ";
        private const string StartScript = "R23>A0 W20=97 " + Restart;

        [TestMethod]
        public void Configure_EachRange_WritesItsBitsAndScales()
        {
            int[] ranges = { 2, 4, 8, 16 };
            string[] bits = { "80", "90", "A0", "B0" };
            int[] nanoG = { 4000000, 8000000, 16000000, 48000000 };
            int[] clip = { 506, 506, 506, 330 };
            for (int i = 0; i < ranges.Length; i++)
            {
                FakeClock clock = new FakeClock();
                FakeRegisterBus bus = new FakeRegisterBus(clock, "R0F>33 W20=07 W21=00 W23=" + bits[i] + " W24=40 W2E=00");
                Lis3dh driver = new Lis3dh(bus, clock);
                Assert.AreEqual((int)SensorStatus.Ok, (int)driver.Configure(ranges[i], 1344));
                bus.VerifyFinished();
                Assert.AreEqual(nanoG[i], driver.NanoGPerCount);
                Assert.AreEqual(clip[i], driver.ClipCounts);
            }
        }

        [TestMethod]
        public void Start_EachRate_WritesItsCode()
        {
            int[] rates = { 10, 25, 50, 100, 200, 400, 1344 };
            string[] codes = { "27", "37", "47", "57", "67", "77", "97" };
            for (int i = 0; i < rates.Length; i++)
            {
                FakeClock clock = new FakeClock();
                FakeRegisterBus bus = new FakeRegisterBus(clock, ConfigureScript + "R23>A0 W20=" + codes[i] + " " + Restart);
                Lis3dh driver = new Lis3dh(bus, clock);
                Assert.AreEqual((int)SensorStatus.Ok, (int)driver.Configure(8, rates[i]));
                Assert.AreEqual((int)SensorStatus.Ok, (int)driver.Start());
                bus.VerifyFinished();
                Assert.AreEqual(rates[i] * 1000, driver.OutputRateMilliHz);
                Assert.AreEqual(rates[i] * 400, driver.BandwidthMilliHz);
            }
        }

        [TestMethod]
        public void Configure_ImpossibleSettingOrWrongChip_IsSaid()
        {
            int[] ranges = { 0, 3, 8, 8, 8 };
            int[] rates = { 100, 100, 1600, 0, 100 };
            for (int i = 0; i < ranges.Length; i++)
            {
                FakeClock clock = new FakeClock();
                FakeRegisterBus bus = new FakeRegisterBus(clock, "");
                bus.ClockHz = i == 4 ? 1000000 : 400000;
                Assert.AreEqual((int)SensorStatus.InvalidSetting, (int)new Lis3dh(bus, clock).Configure(ranges[i], rates[i]));
                Assert.AreEqual(0, bus.TransferCount);
            }

            FakeClock wrongClock = new FakeClock();
            Assert.AreEqual((int)SensorStatus.WrongChip, (int)new Lis3dh(new FakeRegisterBus(wrongClock, "R0F>32"), wrongClock).Configure(8, 100));
        }

        [TestMethod]
        public void NotAcknowledgedAtEachTransfer_IsABusFault()
        {
            for (int k = 1; k <= 10; k++)
            {
                FakeClock clock = new FakeClock();
                FakeRegisterBus bus = new FakeRegisterBus(clock, ConfigureScript + StartScript);
                bus.FailAt(k, 'N');
                Lis3dh driver = new Lis3dh(bus, clock);
                SensorStatus status = driver.Configure(8, 1344);
                status = k <= 6 ? status : driver.Start();
                Assert.AreEqual((int)SensorStatus.BusFault, (int)status, "transfer " + k.ToString());
                Assert.AreEqual(k, bus.TransferCount);
            }
        }

        [TestMethod]
        public void Samples_AreShiftedAndSigned()
        {
            FakeRegisterBus bus;
            Lis3dh driver = Started(out bus);
            bus.Expect("R2F>03 RA8>4000C0FF0080" + "C07F000040FE" + "000000000000 R2F>20 R2F>05 R2F>E1");
            short[] x = new short[4];
            short[] y = new short[4];
            short[] z = new short[4];
            int count;
            Assert.AreEqual((int)SensorStatus.Ok, (int)driver.DrainFifo(x, y, z, 1, 3, out count));
            Assert.AreEqual(3, count);
            Assert.AreEqual(1, (int)x[1]);
            Assert.AreEqual(-1, (int)y[1]);
            Assert.AreEqual(-512, (int)z[1]);
            Assert.AreEqual(511, (int)x[2]);
            Assert.AreEqual(0, (int)y[2]);
            Assert.AreEqual(-7, (int)z[2]);
            Check(driver, 32, SensorStatus.Ok, 0);
            Check(driver, 0, SensorStatus.Ok, 0);
        }

        [TestMethod]
        public void Overrun_ClearsAndSaysSo()
        {
            FakeRegisterBus bus;
            Lis3dh driver = Started(out bus);
            bus.Expect("R2F>DF " + Restart + "R2F>20");
            Check(driver, 32, SensorStatus.Overrun, 0);
            Check(driver, 32, SensorStatus.Ok, 0);
            bus.VerifyFinished();
        }

        [TestMethod]
        public void BrokenBurst_IsAnOverrunOnTheNextCallUnlessNothingWasSent()
        {
            FakeRegisterBus bus;
            Lis3dh driver = Started(out bus);
            bus.Expect("R2F>02 RA8*0C!N R2F>02 RA8*0C!P W2E=00!N " + Restart + "R2F*01!T R2F>20");
            Check(driver, 32, SensorStatus.BusFault, 0);
            Check(driver, 32, SensorStatus.BusFault, 0);
            Check(driver, 32, SensorStatus.BusFault, 0);
            Check(driver, 32, SensorStatus.Overrun, 0);
            Check(driver, 32, SensorStatus.BusFault, 0);
            Check(driver, 32, SensorStatus.Ok, 0);
            bus.VerifyFinished();
        }

        [TestMethod]
        public void DrainHeldUp_IsAnOverrunOnceTheFifoMayBeFull()
        {
            // 1344 Hz: 31 free places last 20.8 ms at an oscillator that is a tenth fast.
            FakeRegisterBus bus;
            Lis3dh driver = Started(out bus);
            bus.Expect("R2F>01 +14 RA8>000000000000 R2F>01 +15 RA8>000000000000 " + Restart);
            Check(driver, 32, SensorStatus.Ok, 1);
            Check(driver, 32, SensorStatus.Overrun, 0);
            bus.VerifyFinished();
        }

        private static Lis3dh Started(out FakeRegisterBus bus)
        {
            FakeClock clock = new FakeClock();
            bus = new FakeRegisterBus(clock, ConfigureScript + StartScript);
            Lis3dh driver = new Lis3dh(bus, clock);
            Assert.AreEqual((int)SensorStatus.Ok, (int)driver.Configure(8, 1344));
            Assert.AreEqual((int)SensorStatus.Ok, (int)driver.Start());
            bus.VerifyFinished();
            return driver;
        }

        private static void Check(Lis3dh driver, int capacity, SensorStatus status, int expectedCount)
        {
            int count;
            short[] counts = new short[capacity];
            Assert.AreEqual((int)status, (int)driver.DrainFifo(counts, counts, counts, 0, capacity, out count));
            Assert.AreEqual(expectedCount, count);
        }
    }
}
