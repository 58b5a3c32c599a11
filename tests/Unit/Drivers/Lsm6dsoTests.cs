using nanoFramework.TestFramework;
using SensorNode.Contracts;
using SensorNode.Fakes;

namespace SensorNode.Drivers.Tests
{
    /// <summary>Every transfer of the LSM6DSO driver, byte by byte.</summary>
    [TestClass]
    public class Lsm6dsoTests
    {
        // 8 g, 1667 Hz, trim 0.
        private const string ConfigureScript = "R0F>6C W12=05 R12>04 W12=44 W18=E2 W0A=00 W09=08 W10=0C R63>00 ";
        private const string StartScript = "R12>44 W0A=00 W10=8C W0A=06 ";
        private const string ClearScript = "W0A=00 W0A=06 ";

        [TestMethod]
        public void Configure_EachRange_WritesItsBitsAndScales()
        {
            int[] ranges = { 2, 4, 8, 16 };
            string[] bits = { "00", "08", "0C", "04" };
            int[] nanoG = { 61000, 122000, 244000, 488000 };
            for (int i = 0; i < ranges.Length; i++)
            {
                FakeClock clock = new FakeClock();
                FakeRegisterBus bus = new FakeRegisterBus(clock, "R0F>6C W12=05 R12>04 W12=44 W18=E2 W0A=00 W09=08 W10=" + bits[i] + " R63>00");
                Lsm6dso driver = new Lsm6dso(bus, clock);
                Assert.AreEqual((int)SensorStatus.Ok, (int)driver.Configure(ranges[i], 1667));
                bus.VerifyFinished();
                Assert.AreEqual(nanoG[i], driver.NanoGPerCount);
                Assert.AreEqual(1666750, driver.OutputRateMilliHz);
            }
        }

        [TestMethod]
        public void Configure_EachRate_WritesItsCodeAndKnowsTheRate()
        {
            int[] rates = { 12, 26, 52, 104, 208, 417, 833, 1667, 3333 };
            int[] milliHz = { 13021, 26043, 52086, 104172, 208344, 416688, 833375, 1666750, 3333500 };
            for (int i = 0; i < rates.Length; i++)
            {
                string code = FakeRegisterBus.Hex(i + 1);
                string start = FakeRegisterBus.Hex(((i + 1) << 4) | 0x04);
                FakeClock clock = new FakeClock();
                FakeRegisterBus bus = new FakeRegisterBus(clock, "R0F>6C W12=05 R12>04 W12=44 W18=E2 W0A=00 W09=" + code + " W10=04 R63>00 R12>44 W0A=00 W10=" + start + " W0A=06");
                Lsm6dso driver = new Lsm6dso(bus, clock);
                Assert.AreEqual((int)SensorStatus.Ok, (int)driver.Configure(16, rates[i]));
                Assert.AreEqual((int)SensorStatus.Ok, (int)driver.Start());
                bus.VerifyFinished();
                Assert.AreEqual(milliHz[i], driver.OutputRateMilliHz);
                Assert.AreEqual(milliHz[i] / 5 * 2, driver.BandwidthMilliHz);
            }
        }

        [TestMethod]
        public void Configure_Trim_CorrectsTheRate()
        {
            string[] trims = { "7F", "01", "FF", "80" };
            int[] milliHz = { 1984266, 1669250, 1664250, 1346734 };
            for (int i = 0; i < trims.Length; i++)
            {
                FakeClock clock = new FakeClock();
                FakeRegisterBus bus = new FakeRegisterBus(clock, ConfigureScript.Substring(0, ConfigureScript.Length - 3) + trims[i]);
                Lsm6dso driver = new Lsm6dso(bus, clock);
                Assert.AreEqual((int)SensorStatus.Ok, (int)driver.Configure(8, 1667));
                Assert.AreEqual(milliHz[i], driver.OutputRateMilliHz);
            }
        }

        [TestMethod]
        public void Configure_ImpossibleSetting_TouchesNothing()
        {
            int[] ranges = { 0, 3, 8, 8, 8, 32 };
            int[] rates = { 1667, 1667, 0, 1666, 6667, 104 };
            for (int i = 0; i < ranges.Length; i++)
            {
                FakeClock clock = new FakeClock();
                FakeRegisterBus bus = new FakeRegisterBus(clock, "");
                Assert.AreEqual((int)SensorStatus.InvalidSetting, (int)new Lsm6dso(bus, clock).Configure(ranges[i], rates[i]));
                Assert.AreEqual(0, bus.TransferCount);
            }
        }

        [TestMethod]
        public void Configure_RateThatTheBusCannotCarry_IsRefused()
        {
            FakeClock clock = new FakeClock();
            FakeRegisterBus bus = new FakeRegisterBus(clock, "");
            bus.ClockHz = 100000;
            Assert.AreEqual((int)SensorStatus.InvalidSetting, (int)new Lsm6dso(bus, clock).Configure(8, 1667));
            bus.ClockHz = 1000000;
            bus.Expect("R0F>6C W12=05 R12>04 W12=44 W18=E2 W0A=00 W09=0A W10=0C R63>00");
            Assert.AreEqual((int)SensorStatus.Ok, (int)new Lsm6dso(bus, clock).Configure(8, 6667));
        }

        [TestMethod]
        public void Configure_WrongChip_StopsAtTheIdentity()
        {
            FakeClock clock = new FakeClock();
            FakeRegisterBus bus = new FakeRegisterBus(clock, "R0F>6A");
            Lsm6dso driver = new Lsm6dso(bus, clock);
            Assert.AreEqual((int)SensorStatus.WrongChip, (int)driver.Configure(8, 1667));
            bus.VerifyFinished();
            Assert.AreEqual(0, driver.OutputRateMilliHz);
            Assert.AreEqual(0, driver.NanoGPerCount);
        }

        [TestMethod]
        public void Configure_NotAcknowledgedAtEachTransfer_IsABusFault()
        {
            for (int k = 1; k <= 9; k++)
            {
                FakeClock clock = new FakeClock();
                FakeRegisterBus bus = new FakeRegisterBus(clock, ConfigureScript);
                bus.FailAt(k, 'N');
                Lsm6dso driver = new Lsm6dso(bus, clock);
                Assert.AreEqual((int)SensorStatus.BusFault, (int)driver.Configure(8, 1667), "transfer " + k.ToString());
                Assert.AreEqual(k, bus.TransferCount);
                Assert.AreEqual(0, driver.OutputRateMilliHz);
            }
        }

        [TestMethod]
        public void Configure_ResetThatNeverEnds_IsABusFault()
        {
            FakeClock clock = new FakeClock();
            FakeRegisterBus bus = new FakeRegisterBus(clock, "R0F>6C W12=05 R12>05 R12>05 R12>05 R12>05 R12>05");
            Assert.AreEqual((int)SensorStatus.BusFault, (int)new Lsm6dso(bus, clock).Configure(8, 1667));
            bus.VerifyFinished();
            Assert.AreEqual(50L, clock.SleptMs);
        }

        [TestMethod]
        public void StartAndStop_NotAcknowledgedAtEachTransfer_IsABusFault()
        {
            for (int k = 1; k <= 4; k++)
            {
                FakeRegisterBus bus;
                FakeClock clock;
                Lsm6dso driver = Configured(out bus, out clock);
                bus.Expect(StartScript);
                bus.FailAt(k, 'N');
                Assert.AreEqual((int)SensorStatus.BusFault, (int)driver.Start());
            }

            FakeRegisterBus stopBus;
            FakeClock stopClock;
            Lsm6dso running = Started(out stopBus, out stopClock);
            stopBus.Expect("W10=0C!N W10=0C");
            Assert.AreEqual((int)SensorStatus.BusFault, (int)running.Stop());
            Assert.AreEqual((int)SensorStatus.Ok, (int)running.Stop());
            stopBus.VerifyFinished();
        }

        [TestMethod]
        public void FailedRateWrite_LeavesTheShadowAsItWas()
        {
            FakeRegisterBus bus;
            FakeClock clock;
            Lsm6dso driver = Configured(out bus, out clock);
            bus.Expect("R12>44 W0A=00 W10=8C!N W10=0C R12>44 W0A=00 W10=8C W0A=06");
            Assert.AreEqual((int)SensorStatus.BusFault, (int)driver.Start());
            Assert.AreEqual((int)SensorStatus.Ok, (int)driver.Stop());
            Assert.AreEqual((int)SensorStatus.Ok, (int)driver.Start());
            bus.VerifyFinished();
        }

        [TestMethod]
        public void ChipThatForgotItsSettings_IsABusFaultAtStart()
        {
            FakeRegisterBus bus;
            FakeClock clock;
            Lsm6dso driver = Configured(out bus, out clock);
            bus.Expect("R12>04 " + ConfigureScript + StartScript);
            Assert.AreEqual((int)SensorStatus.BusFault, (int)driver.Start());
            Assert.AreEqual((int)SensorStatus.Ok, (int)driver.Configure(8, 1667));
            Assert.AreEqual((int)SensorStatus.Ok, (int)driver.Start());
            bus.VerifyFinished();
        }

        [TestMethod]
        public void Temperature_IsScaledAndSigned()
        {
            string[] raw = { "0000", "0001", "00FF", "00BF", "803C" };
            int[] centiC = { 2500, 2600, 2400, -4000, 8550 };
            for (int i = 0; i < raw.Length; i++)
            {
                FakeClock clock = new FakeClock();
                FakeRegisterBus bus = new FakeRegisterBus(clock, "R20>" + raw[i]);
                int temperature;
                Assert.AreEqual((int)SensorStatus.Ok, (int)new Lsm6dso(bus, clock).ReadDieTemperature(out temperature));
                Assert.AreEqual(centiC[i], temperature);
            }

            FakeClock faultClock = new FakeClock();
            int none;
            Assert.AreEqual((int)SensorStatus.BusFault, (int)new Lsm6dso(new FakeRegisterBus(faultClock, "R20*02!N"), faultClock).ReadDieTemperature(out none));
            Assert.AreEqual(0, none);
        }

        internal static Lsm6dso Configured(out FakeRegisterBus bus, out FakeClock clock)
        {
            clock = new FakeClock();
            bus = new FakeRegisterBus(clock, ConfigureScript);
            Lsm6dso driver = new Lsm6dso(bus, clock);
            Assert.AreEqual((int)SensorStatus.Ok, (int)driver.Configure(8, 1667));
            return driver;
        }

        internal static Lsm6dso Started(out FakeRegisterBus bus, out FakeClock clock)
        {
            Lsm6dso driver = Configured(out bus, out clock);
            bus.Expect(StartScript);
            Assert.AreEqual((int)SensorStatus.Ok, (int)driver.Start());
            bus.VerifyFinished();
            return driver;
        }

        internal static string Clear
        {
            get { return ClearScript; }
        }
    }
}
