using nanoFramework.TestFramework;
using SensorNode.Contracts;
using SensorNode.Fakes;

namespace SensorNode.Drivers.Tests
{
    /// <summary>Every transfer of the KX134 driver, byte by byte.</summary>
    [TestClass]
    public class Kx134Tests
    {
        // 8 g, 1600 Hz.
        private const string ConfigureScript = "R13>46 W1C=80 R12>55 W1B=40 W21=4B W5F=C1 ";
        private const string Restart = "W62=00 ";
        private const string StartScript = "R21>4B W1B=C0 " + Restart;

        [TestMethod]
        public void Configure_EachRange_WritesItsBitsAndScales()
        {
            int[] ranges = { 8, 16, 32, 64 };
            string[] bits = { "40", "48", "50", "58" };
            string[] operating = { "C0", "C8", "D0", "D8" };
            int[] nanoG = { 244141, 488281, 976563, 1953125 };
            for (int i = 0; i < ranges.Length; i++)
            {
                FakeClock clock = new FakeClock();
                FakeRegisterBus bus = new FakeRegisterBus(clock, "R13>46 W1C=80 R12>55 W1B=" + bits[i] + " W21=4B W5F=C1 R21>4B W1B=" + operating[i] + " " + Restart + "W1B=" + bits[i]);
                Kx134 driver = new Kx134(bus, clock);
                Assert.AreEqual((int)SensorStatus.Ok, (int)driver.Configure(ranges[i], 1600));
                Assert.AreEqual((int)SensorStatus.Ok, (int)driver.Start());
                Assert.AreEqual((int)SensorStatus.Ok, (int)driver.Stop());
                bus.VerifyFinished();
                Assert.AreEqual(nanoG[i], driver.NanoGPerCount);
            }
        }

        [TestMethod]
        public void Configure_EachRate_WritesItsCode()
        {
            int[] rates = { 12, 25, 50, 100, 200, 400, 800, 1600, 3200, 6400, 12800 };
            int[] bandwidths = { 5000, 10000, 20000, 40000, 80000, 160000, 320000, 640000, 1280000, 2560000, 3000000 };
            for (int i = 0; i < rates.Length; i++)
            {
                FakeClock clock = new FakeClock();
                FakeRegisterBus bus = new FakeRegisterBus(clock, "R13>46 W1C=80 R12>55 W1B=40 W21=" + FakeRegisterBus.Hex(0x44 + i) + " W5F=C1");
                bus.ClockHz = 1000000;
                Kx134 driver = new Kx134(bus, clock);
                Assert.AreEqual((int)SensorStatus.Ok, (int)driver.Configure(8, rates[i]));
                bus.VerifyFinished();
                Assert.AreEqual(i == 0 ? 12500 : rates[i] * 1000, driver.OutputRateMilliHz);
                Assert.AreEqual(bandwidths[i], driver.BandwidthMilliHz);
            }
        }

        [TestMethod]
        public void Configure_ImpossibleSettingOrWrongChip_IsSaid()
        {
            int[] ranges = { 0, 4, 8, 8, 8, 8 };
            int[] rates = { 100, 100, 1000, 0, 12800, 25600 };
            for (int i = 0; i < ranges.Length; i++)
            {
                FakeClock clock = new FakeClock();
                FakeRegisterBus bus = new FakeRegisterBus(clock, "");
                Assert.AreEqual((int)SensorStatus.InvalidSetting, (int)new Kx134(bus, clock).Configure(ranges[i], rates[i]));
                Assert.AreEqual(0, bus.TransferCount);
            }

            FakeClock wrongClock = new FakeClock();
            Assert.AreEqual((int)SensorStatus.WrongChip, (int)new Kx134(new FakeRegisterBus(wrongClock, "R13>3D"), wrongClock).Configure(8, 100));
            Assert.AreEqual((int)SensorStatus.BusFault, (int)new Kx134(new FakeRegisterBus(wrongClock, "R13>46 W1C=80 R12>AA"), wrongClock).Configure(8, 100));
        }

        [TestMethod]
        public void NotAcknowledgedAtEachTransfer_IsABusFault()
        {
            for (int k = 1; k <= 9; k++)
            {
                FakeClock clock = new FakeClock();
                FakeRegisterBus bus = new FakeRegisterBus(clock, ConfigureScript + StartScript);
                bus.FailAt(k, 'N');
                Kx134 driver = new Kx134(bus, clock);
                SensorStatus status = driver.Configure(8, 1600);
                status = k <= 6 ? status : driver.Start();
                Assert.AreEqual((int)SensorStatus.BusFault, (int)status, "transfer " + k.ToString());
                Assert.AreEqual(k, bus.TransferCount);
            }
        }

        [TestMethod]
        public void Samples_AreLittleEndianAndSigned()
        {
            FakeRegisterBus bus;
            Kx134 driver = Started(out bus);
            bus.Expect("R60>0E00 R63>0100FFFF0080" + "FF7F000100FF R60>0000");
            short[] x = new short[4];
            short[] y = new short[4];
            short[] z = new short[4];
            int count;
            Assert.AreEqual((int)SensorStatus.Ok, (int)driver.DrainFifo(x, y, z, 1, 3, out count));
            Assert.AreEqual(2, count);
            Assert.AreEqual(1, (int)x[1]);
            Assert.AreEqual(-1, (int)y[1]);
            Assert.AreEqual(-32768, (int)z[1]);
            Assert.AreEqual(32767, (int)x[2]);
            Assert.AreEqual(256, (int)y[2]);
            Assert.AreEqual(-256, (int)z[2]);
            Check(driver, 8, SensorStatus.Ok, 0);
            bus.VerifyFinished();
        }

        [TestMethod]
        public void NearlyFullBuffer_IsAnOverrun()
        {
            FakeRegisterBus bus;
            Kx134 driver = Started(out bus);
            bus.Expect("R60>F801 " + Restart + "R60>0000");
            Check(driver, 8, SensorStatus.Overrun, 0);
            Check(driver, 8, SensorStatus.Ok, 0);
            bus.VerifyFinished();
        }

        [TestMethod]
        public void BrokenBurst_IsAnOverrunOnTheNextCallUnlessNothingWasSent()
        {
            FakeRegisterBus bus;
            Kx134 driver = Started(out bus);
            bus.Expect("R60*02!N R60>0C00 R63*0C!N R60>0C00 R63*0C!P W62=00!N " + Restart + "R60>0000");
            Check(driver, 8, SensorStatus.BusFault, 0);
            Check(driver, 8, SensorStatus.BusFault, 0);
            Check(driver, 8, SensorStatus.BusFault, 0);
            Check(driver, 8, SensorStatus.BusFault, 0);
            Check(driver, 8, SensorStatus.Overrun, 0);
            Check(driver, 8, SensorStatus.Ok, 0);
            bus.VerifyFinished();
        }

        [TestMethod]
        public void DrainHeldUp_IsAnOverrunOnceTheBufferMayBeFull()
        {
            // 1600 Hz: 84 samples last 47 ms at an oscillator that is a tenth fast.
            FakeRegisterBus bus;
            Kx134 driver = Started(out bus);
            bus.Expect("R60>0600 +2F R63>000000000000 R60>0600 +30 R63>000000000000 " + Restart);
            Check(driver, 8, SensorStatus.Ok, 1);
            Check(driver, 8, SensorStatus.Overrun, 0);
            bus.VerifyFinished();
        }

        [TestMethod]
        public void ForgottenSettings_AreABusFaultAtStart()
        {
            FakeClock clock = new FakeClock();
            FakeRegisterBus bus = new FakeRegisterBus(clock, ConfigureScript + "R21>06");
            Kx134 driver = new Kx134(bus, clock);
            driver.Configure(8, 1600);
            Assert.AreEqual((int)SensorStatus.BusFault, (int)driver.Start());
        }

        private static Kx134 Started(out FakeRegisterBus bus)
        {
            FakeClock clock = new FakeClock();
            bus = new FakeRegisterBus(clock, ConfigureScript + StartScript);
            Kx134 driver = new Kx134(bus, clock);
            Assert.AreEqual((int)SensorStatus.Ok, (int)driver.Configure(8, 1600));
            Assert.AreEqual((int)SensorStatus.Ok, (int)driver.Start());
            bus.VerifyFinished();
            return driver;
        }

        private static void Check(Kx134 driver, int capacity, SensorStatus status, int expectedCount)
        {
            int count;
            short[] counts = new short[capacity];
            Assert.AreEqual((int)status, (int)driver.DrainFifo(counts, counts, counts, 0, capacity, out count));
            Assert.AreEqual(expectedCount, count);
        }
    }
}
