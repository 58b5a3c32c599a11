using nanoFramework.TestFramework;
using SensorNode.Contracts;
using SensorNode.Fakes;

namespace SensorNode.Drivers.Tests
{
    /// <summary>Every transfer of the MPU-6500 driver, byte by byte.</summary>
    [TestClass]
    public class Mpu6500Tests
    {
        // 8 g, 1000 Hz.
        private const string ConfigureScript = "R75>70 W6B=80 W6B=01 W6C=07 W19=00 W1A=41 W1C=10 W1D=00 W38=10 ";
        private const string Restart = "W23=00 W6A=04 R3A>10 W6A=40 W23=08 ";
        private const string StartScript = "R1C>1000 " + Restart;

        [TestMethod]
        public void Configure_EachRange_WritesItsBitsAndScales()
        {
            int[] ranges = { 2, 4, 8, 16 };
            string[] bits = { "00", "08", "10", "18" };
            int[] nanoG = { 61035, 122070, 244141, 488281 };
            for (int i = 0; i < ranges.Length; i++)
            {
                FakeClock clock = new FakeClock();
                FakeRegisterBus bus = new FakeRegisterBus(clock, "R75>70 W6B=80 W6B=01 W6C=07 W19=00 W1A=41 W1C=" + bits[i] + " W1D=00 W38=10");
                Mpu6500 driver = new Mpu6500(bus, clock);
                Assert.AreEqual((int)SensorStatus.Ok, (int)driver.Configure(ranges[i], 1000));
                bus.VerifyFinished();
                Assert.AreEqual(nanoG[i], driver.NanoGPerCount);
                Assert.IsTrue(clock.SleptMs >= 130);
            }
        }

        [TestMethod]
        public void Configure_EachRate_WritesDividerAndFilter()
        {
            int[] rates = { 100, 125, 200, 250, 500, 1000 };
            string[] dividers = { "09", "07", "04", "03", "01", "00" };
            string[] filters = { "03", "03", "02", "02", "01", "00" };
            int[] bandwidths = { 32800, 32800, 73600, 73600, 147200, 368000 };
            for (int i = 0; i < rates.Length; i++)
            {
                FakeClock clock = new FakeClock();
                FakeRegisterBus bus = new FakeRegisterBus(clock, "R75>70 W6B=80 W6B=01 W6C=07 W19=" + dividers[i] + " W1A=41 W1C=10 W1D=" + filters[i] + " W38=10 R1C>10" + filters[i] + " " + Restart);
                Mpu6500 driver = new Mpu6500(bus, clock);
                Assert.AreEqual((int)SensorStatus.Ok, (int)driver.Configure(8, rates[i]));
                Assert.AreEqual((int)SensorStatus.Ok, (int)driver.Start());
                bus.VerifyFinished();
                Assert.AreEqual(rates[i] * 1000, driver.OutputRateMilliHz);
                Assert.AreEqual(bandwidths[i], driver.BandwidthMilliHz);
            }
        }

        [TestMethod]
        public void Configure_ImpossibleSettingOrWrongChip_IsSaid()
        {
            int[] ranges = { 0, 3, 8, 8, 8, 8 };
            int[] rates = { 100, 100, 4000, 0, 100, 1000 };
            int[] clocksHz = { 400000, 400000, 400000, 400000, 1000000, 50000 };
            for (int i = 0; i < ranges.Length; i++)
            {
                FakeClock clock = new FakeClock();
                FakeRegisterBus bus = new FakeRegisterBus(clock, "");
                bus.ClockHz = clocksHz[i];
                Assert.AreEqual((int)SensorStatus.InvalidSetting, (int)new Mpu6500(bus, clock).Configure(ranges[i], rates[i]));
                Assert.AreEqual(0, bus.TransferCount);
            }

            FakeClock wrongClock = new FakeClock();
            Assert.AreEqual((int)SensorStatus.WrongChip, (int)new Mpu6500(new FakeRegisterBus(wrongClock, "R75>68"), wrongClock).Configure(8, 100));
        }

        [TestMethod]
        public void NotAcknowledgedAtEachTransfer_IsABusFault()
        {
            for (int k = 1; k <= 15; k++)
            {
                FakeClock clock = new FakeClock();
                FakeRegisterBus bus = new FakeRegisterBus(clock, ConfigureScript + StartScript);
                bus.FailAt(k, 'N');
                Mpu6500 driver = new Mpu6500(bus, clock);
                SensorStatus status = driver.Configure(8, 1000);
                status = k <= 9 ? status : driver.Start();
                Assert.AreEqual((int)SensorStatus.BusFault, (int)status, "transfer " + k.ToString());
                Assert.AreEqual(k, bus.TransferCount);
            }
        }

        [TestMethod]
        public void Samples_AreBigEndianAndSigned()
        {
            FakeRegisterBus bus;
            Mpu6500 driver = Started(out bus);

            // 17 bytes are two samples and a part of the third, which stays.
            bus.Expect("R3A>00 R72>0011 R74>0001FFFF8000" + "7FFF0100FF00");
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
            bus.VerifyFinished();
        }

        [TestMethod]
        public void OverflowOrFullFifo_ClearsAndSaysSo()
        {
            string[] scripts = { "R3A>10 ", "R3A>00 R72>01FE ", "R3A>00 R72>0200 " };
            for (int i = 0; i < scripts.Length; i++)
            {
                FakeRegisterBus bus;
                Mpu6500 driver = Started(out bus);
                bus.Expect(scripts[i] + Restart + "R3A>00 R72>0000");
                Check(driver, 32, SensorStatus.Overrun, 0);
                Check(driver, 32, SensorStatus.Ok, 0);
                bus.VerifyFinished();
            }
        }

        [TestMethod]
        public void BrokenTransfer_IsAnOverrunOnTheNextCallUnlessNothingWasLost()
        {
            FakeRegisterBus bus;
            Mpu6500 driver = Started(out bus);
            bus.Expect("R3A*01!N R3A>00 R72*02!P R3A>00 R72>000C R74*0C!N R3A*01!P " + Restart + "R3A>00 R72>000C R74*0C!T W23=00!N " + Restart + "R3A>00 R72>0000");
            Check(driver, 32, SensorStatus.BusFault, 0);
            Check(driver, 32, SensorStatus.BusFault, 0);
            Check(driver, 32, SensorStatus.BusFault, 0);
            Check(driver, 32, SensorStatus.BusFault, 0);
            Check(driver, 32, SensorStatus.Overrun, 0);
            Check(driver, 32, SensorStatus.BusFault, 0);
            Check(driver, 32, SensorStatus.BusFault, 0);
            Check(driver, 32, SensorStatus.Overrun, 0);
            Check(driver, 32, SensorStatus.Ok, 0);
            bus.VerifyFinished();
        }

        [TestMethod]
        public void DrainHeldUp_AsksForTheOverflowFlagAgain()
        {
            FakeRegisterBus bus;
            Mpu6500 driver = Started(out bus);
            bus.Expect("R3A>00 R72>0006 +50 R74>000000000000 R3A>00 R3A>00 R72>0006 +50 R74>000000000000 R3A>10 " + Restart);
            Check(driver, 32, SensorStatus.Ok, 1);
            Check(driver, 32, SensorStatus.Overrun, 0);
            bus.VerifyFinished();
        }

        [TestMethod]
        public void Temperature_IsScaledAndSigned()
        {
            string[] raw = { "0000", "0D0B", "EC6F" };
            int[] centiC = { 2100, 3100, 600 };
            for (int i = 0; i < raw.Length; i++)
            {
                FakeClock clock = new FakeClock();
                int temperature;
                Assert.AreEqual((int)SensorStatus.Ok, (int)new Mpu6500(new FakeRegisterBus(clock, "R41>" + raw[i]), clock).ReadDieTemperature(out temperature));
                Assert.IsTrue(temperature >= centiC[i] - 1 && temperature <= centiC[i] + 1, temperature.ToString());
            }
        }

        private static Mpu6500 Started(out FakeRegisterBus bus)
        {
            FakeClock clock = new FakeClock();
            bus = new FakeRegisterBus(clock, ConfigureScript + StartScript);
            Mpu6500 driver = new Mpu6500(bus, clock);
            Assert.AreEqual((int)SensorStatus.Ok, (int)driver.Configure(8, 1000));
            Assert.AreEqual((int)SensorStatus.Ok, (int)driver.Start());
            bus.VerifyFinished();
            return driver;
        }

        private static void Check(Mpu6500 driver, int capacity, SensorStatus status, int expectedCount)
        {
            int count;
            short[] counts = new short[capacity];
            Assert.AreEqual((int)status, (int)driver.DrainFifo(counts, counts, counts, 0, capacity, out count));
            Assert.AreEqual(expectedCount, count);
        }
    }
}
