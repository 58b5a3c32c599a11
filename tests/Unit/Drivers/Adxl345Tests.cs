using nanoFramework.TestFramework;
using SensorNode.Contracts;
using SensorNode.Fakes;

namespace SensorNode.Drivers.Tests
{
    /// <summary>Every transfer of the ADXL345 driver, byte by byte.</summary>
    [TestClass]
    public class Adxl345Tests
    {
        // 16 g, 800 Hz.
        private const string ConfigureScript = "R00>E5 W2D=00 W2E=00 W38=00 W1E=00 W1F=00 W20=00 W31=0B W2C=0D ";
        private const string StartScript = "R31>0B W38=00 W2D=08 " + Restart;
        private const string Restart = "W38=00 W38=90 R32>000000000000 ";

        [TestMethod]
        public void Configure_EachRange_WritesItsBitsAndScales()
        {
            int[] ranges = { 2, 4, 8, 16 };
            string[] format = { "08", "09", "0A", "0B" };
            int[] clip = { 506, 1013, 2027, 4055 };
            for (int i = 0; i < ranges.Length; i++)
            {
                FakeClock clock = new FakeClock();
                FakeRegisterBus bus = new FakeRegisterBus(clock, "R00>E5 W2D=00 W2E=00 W38=00 W1E=00 W1F=00 W20=00 W31=" + format[i] + " W2C=0D");
                Adxl345 driver = new Adxl345(bus, clock);
                Assert.AreEqual(0, driver.NanoGPerCount);
                Assert.AreEqual((int)SensorStatus.Ok, (int)driver.Configure(ranges[i], 800));
                bus.VerifyFinished();
                Assert.AreEqual(3906250, driver.NanoGPerCount);
                Assert.AreEqual(clip[i], driver.ClipCounts);
            }
        }

        [TestMethod]
        public void Configure_EachRate_WritesItsCodeAndKnowsTheRate()
        {
            int[] rates = { 12, 25, 50, 100, 200, 400, 800 };
            int[] milliHz = { 12500, 25000, 50000, 100000, 200000, 400000, 800000 };
            for (int i = 0; i < rates.Length; i++)
            {
                FakeClock clock = new FakeClock();
                FakeRegisterBus bus = new FakeRegisterBus(clock, ConfigureScript.Substring(0, ConfigureScript.Length - 3) + FakeRegisterBus.Hex(7 + i) + " " + StartScript);
                Adxl345 driver = new Adxl345(bus, clock);
                Assert.AreEqual((int)SensorStatus.Ok, (int)driver.Configure(16, rates[i]));
                Assert.AreEqual(milliHz[i], driver.OutputRateMilliHz);
                Assert.AreEqual(milliHz[i] / 5 * 2, driver.BandwidthMilliHz);
                Assert.AreEqual((int)SensorStatus.Ok, (int)driver.Start());
                Assert.IsTrue(clock.SleptMs >= (5000000 / milliHz[i]) + 1);
                bus.VerifyFinished();
            }
        }

        [TestMethod]
        public void Configure_ImpossibleSetting_TouchesNothing()
        {
            int[] ranges = { 0, 3, 16, 16, 16, 16, 16 };
            int[] rates = { 800, 800, 0, 1600, 801, 400, 200 };
            int[] clocksHz = { 400000, 400000, 400000, 400000, 400000, 100000, 1000000 };
            for (int i = 0; i < ranges.Length; i++)
            {
                FakeClock clock = new FakeClock();
                FakeRegisterBus bus = new FakeRegisterBus(clock, "");
                bus.ClockHz = clocksHz[i];
                Assert.AreEqual((int)SensorStatus.InvalidSetting, (int)new Adxl345(bus, clock).Configure(ranges[i], rates[i]));
                Assert.AreEqual(0, bus.TransferCount);
            }
        }

        [TestMethod]
        public void Configure_WrongChip_StopsAtTheIdentity()
        {
            FakeClock clock = new FakeClock();
            FakeRegisterBus bus = new FakeRegisterBus(clock, "R00>E6");
            Assert.AreEqual((int)SensorStatus.WrongChip, (int)new Adxl345(bus, clock).Configure(16, 800));
            bus.VerifyFinished();
        }

        [TestMethod]
        public void NotAcknowledgedAtEachTransfer_IsABusFault()
        {
            for (int k = 1; k <= 9; k++)
            {
                FakeClock clock = new FakeClock();
                FakeRegisterBus bus = new FakeRegisterBus(clock, ConfigureScript);
                bus.FailAt(k, 'N');
                Adxl345 driver = new Adxl345(bus, clock);
                Assert.AreEqual((int)SensorStatus.BusFault, (int)driver.Configure(16, 800));
                Assert.AreEqual(k, bus.TransferCount);
                Assert.AreEqual(0, driver.OutputRateMilliHz);
            }

            for (int k = 1; k <= 6; k++)
            {
                FakeRegisterBus bus;
                Adxl345 driver = Configured(out bus);
                bus.Expect(StartScript);
                bus.FailAt(k, 'N');
                Assert.AreEqual((int)SensorStatus.BusFault, (int)driver.Start());
            }

            FakeRegisterBus stopBus;
            Adxl345 running = Started(out stopBus);
            stopBus.Expect("W2D=00!N W2D=00");
            Assert.AreEqual((int)SensorStatus.BusFault, (int)running.Stop());
            Assert.AreEqual((int)SensorStatus.Ok, (int)running.Stop());
        }

        [TestMethod]
        public void ChipThatForgotItsSettings_IsABusFaultAtStart()
        {
            FakeRegisterBus bus;
            Adxl345 driver = Configured(out bus);
            bus.Expect("R31>00");
            Assert.AreEqual((int)SensorStatus.BusFault, (int)driver.Start());
            bus.VerifyFinished();
        }

        [TestMethod]
        public void Samples_AreReadOneByOneAndSigned()
        {
            FakeRegisterBus bus;
            Adxl345 driver = Started(out bus);
            bus.Expect("R30>83 " + Restart);
            short[] x = new short[3];
            short[] y = new short[3];
            short[] z = new short[3];
            int count;
            Assert.AreEqual((int)SensorStatus.Overrun, (int)driver.DrainFifo(x, y, z, 1, 2, out count));
            bus.Expect("R30>80 R39>02 R32>0100FFFF00F0 R32>FF0F0001FEFF");
            Assert.AreEqual((int)SensorStatus.Ok, (int)driver.DrainFifo(x, y, z, 1, 2, out count));
            Assert.AreEqual(2, count);
            Assert.AreEqual(0, (int)x[0]);
            Assert.AreEqual(1, (int)x[1]);
            Assert.AreEqual(4095, (int)x[2]);
            Assert.AreEqual(-1, (int)y[1]);
            Assert.AreEqual(256, (int)y[2]);
            Assert.AreEqual(-4096, (int)z[1]);
            Assert.AreEqual(-2, (int)z[2]);
            bus.VerifyFinished();
        }

        [TestMethod]
        public void EmptyFifoOrNoRoom_ReadsNoSample()
        {
            FakeRegisterBus bus;
            Adxl345 driver = Started(out bus);
            bus.Expect("R30>00 R39>00 R30>82 R39>85 R30>82 R39>85 R32>000000000000 R32>000000000000");
            Check(driver, 8, SensorStatus.Ok, 0);
            Check(driver, 0, SensorStatus.Ok, 0);
            Check(driver, 2, SensorStatus.Ok, 2);
            bus.VerifyFinished();
        }

        [TestMethod]
        public void OverrunFlagOrFullFifo_ClearsAndSaysSo()
        {
            string[] scripts = { "R30>83 ", "R30>01 ", "R30>82 R39>20 ", "R30>82 R39>21 " };
            for (int i = 0; i < scripts.Length; i++)
            {
                FakeRegisterBus bus;
                Adxl345 driver = Started(out bus);
                bus.Expect(scripts[i] + Restart + "R30>00 R39>00");
                Check(driver, 32, SensorStatus.Overrun, 0);
                Check(driver, 32, SensorStatus.Ok, 0);
                bus.VerifyFinished();
            }
        }

        [TestMethod]
        public void StatusOrFirstSampleNotAcknowledged_LosesNothing()
        {
            string[] faults = { "R30*01!N ", "R30>80 R39*01!T ", "R30>80 R39>02 R32*06!N " };
            for (int i = 0; i < faults.Length; i++)
            {
                FakeRegisterBus bus;
                Adxl345 driver = Started(out bus);
                bus.Expect(faults[i] + "R30>80 R39>01 R32>000000000000");
                Check(driver, 32, SensorStatus.BusFault, 0);
                Check(driver, 32, SensorStatus.Ok, 1);
                bus.VerifyFinished();
            }
        }

        [TestMethod]
        public void SampleThatBreaksOff_IsAnOverrunOnTheNextCall()
        {
            string[] faults = { "R32*06!P ", "R32*06!T ", "R32>000000000000 R32*06!N " };
            for (int i = 0; i < faults.Length; i++)
            {
                FakeRegisterBus bus;
                Adxl345 driver = Started(out bus);
                bus.Expect("R30>80 R39>02 " + faults[i] + "W38=00!N " + Restart);
                Check(driver, 32, SensorStatus.BusFault, 0);
                Check(driver, 32, SensorStatus.BusFault, 0);
                Check(driver, 32, SensorStatus.Overrun, 0);
                bus.VerifyFinished();
            }
        }

        [TestMethod]
        public void DrainHeldUp_IsAnOverrunOnceTheFifoMayBeFull()
        {
            // 800 Hz: 31 free entries last 35 ms at the oscillator's fastest, and each sample taken gives one more.
            FakeRegisterBus bus;
            Adxl345 driver = Started(out bus);
            bus.Expect("R30>80 R39>02 R32>000000000000 +23 R32>000000000000 R30>80 R39>02 R32>000000000000 +24 R32>000000000000 " + Restart);
            Check(driver, 32, SensorStatus.Ok, 2);
            Check(driver, 32, SensorStatus.Overrun, 0);
            bus.VerifyFinished();
        }

        [TestMethod]
        public void DieTemperature_IsNotSupported()
        {
            FakeRegisterBus bus;
            Adxl345 driver = Configured(out bus);
            int temperature;
            Assert.AreEqual((int)SensorStatus.NotSupported, (int)driver.ReadDieTemperature(out temperature));
            Assert.AreEqual(0, temperature);
        }

        private static Adxl345 Configured(out FakeRegisterBus bus)
        {
            FakeClock clock = new FakeClock();
            bus = new FakeRegisterBus(clock, ConfigureScript);
            Adxl345 driver = new Adxl345(bus, clock);
            Assert.AreEqual((int)SensorStatus.Ok, (int)driver.Configure(16, 800));
            return driver;
        }

        private static Adxl345 Started(out FakeRegisterBus bus)
        {
            Adxl345 driver = Configured(out bus);
            bus.Expect(StartScript);
            Assert.AreEqual((int)SensorStatus.Ok, (int)driver.Start());
            bus.VerifyFinished();
            return driver;
        }

        private static void Check(Adxl345 driver, int capacity, SensorStatus status, int expectedCount)
        {
            int count;
            short[] counts = new short[capacity];
            Assert.AreEqual((int)status, (int)driver.DrainFifo(counts, counts, counts, 0, capacity, out count));
            Assert.AreEqual(expectedCount, count);
        }
    }
}
