using nanoFramework.TestFramework;
using SensorNode.Contracts;
using SensorNode.Fakes;

namespace SensorNode.Drivers.Tests
{
    /// <summary>The FIFO of the LSM6DSO: unpacking, continuity, overrun, faults.</summary>
    [TestClass]
    public class Lsm6dsoDrainTests
    {
        private static readonly string[] Tags = { "11", "12", "14", "17" };

        [TestMethod]
        public void EmptyFifo_MovesNothing()
        {
            FakeRegisterBus bus;
            Lsm6dso driver = Ready(out bus);
            bus.Expect("R3A>0000");
            Check(driver, 16, SensorStatus.Ok, 0);
        }

        [TestMethod]
        public void Words_AreSignExtendedIntoThreeArrays()
        {
            FakeRegisterBus bus;
            Lsm6dso driver = Ready(out bus);
            bus.Expect("R3A>0200 R78>11010002FFFF7F" + "12FFFF0080FEFF");
            short[] x = new short[4];
            short[] y = new short[4];
            short[] z = new short[4];
            int count;
            Assert.AreEqual((int)SensorStatus.Ok, (int)driver.DrainFifo(x, y, z, 1, 3, out count));
            Assert.AreEqual(2, count);
            AssertCounts(x, 0, 1, -1, 0);
            AssertCounts(y, 0, -254, -32768, 0);
            AssertCounts(z, 0, 32767, -2, 0);
            bus.VerifyFinished();
        }

        [TestMethod]
        public void LessRoomThanWords_LeavesTheRestInTheFifo()
        {
            FakeRegisterBus bus;
            Lsm6dso driver = Ready(out bus);
            bus.Expect("R3A>0500 R78>" + Words(0, 2) + " R3A>0300 R78>" + Words(2, 3));
            Check(driver, 2, SensorStatus.Ok, 2);
            Check(driver, 100, SensorStatus.Ok, 3);
            bus.VerifyFinished();
        }

        [TestMethod]
        public void ManyWords_AreReadInBurstsOf64()
        {
            FakeRegisterBus bus;
            Lsm6dso driver = Ready(out bus);
            bus.Expect("R3A>8200 R78>" + Words(0, 64) + " R78>" + Words(64, 64) + " R78>" + Words(128, 2));
            Check(driver, 200, SensorStatus.Ok, 130);
            bus.VerifyFinished();
        }

        [TestMethod]
        public void LevelAbove255_UsesTheHighBits()
        {
            FakeRegisterBus bus;
            Lsm6dso driver = Ready(out bus);
            bus.Expect("R3A>0181 R78>" + Words(3, 64) + " R78>" + Words(67, 36));
            Check(driver, 100, SensorStatus.Ok, 100);
            bus.VerifyFinished();
        }

        [TestMethod]
        public void EitherOverrunFlag_ClearsTheFifoAndSaysSo()
        {
            string[] status = { "0040", "0008", "0048", "FFEB" };
            for (int i = 0; i < status.Length; i++)
            {
                FakeRegisterBus bus;
                Lsm6dso driver = Ready(out bus);
                bus.Expect("R3A>" + status[i] + " " + Lsm6dsoTests.Clear + "R3A>0100 R78>" + Words(2, 1));
                Check(driver, 100, SensorStatus.Overrun, 0);
                Check(driver, 100, SensorStatus.Ok, 1);
                bus.VerifyFinished();
            }
        }

        [TestMethod]
        public void WatermarkAndFullFlags_AreNoOverrun()
        {
            FakeRegisterBus bus;
            Lsm6dso driver = Ready(out bus);
            bus.Expect("R3A>01B0 R78>" + Words(0, 1));
            Check(driver, 100, SensorStatus.Ok, 1);
        }

        [TestMethod]
        public void WrongTag_IsAnOverrun()
        {
            // A skipped counter, a wrong parity, another sensor, an empty word.
            string[] tags = { "14", "13", "0A", "00" };
            for (int i = 0; i < tags.Length; i++)
            {
                FakeRegisterBus bus;
                Lsm6dso driver = Ready(out bus);
                bus.Expect("R3A>0200 R78>" + Words(0, 1) + tags[i] + "000000000000 " + Lsm6dsoTests.Clear);
                Check(driver, 100, SensorStatus.Overrun, 0);
                bus.VerifyFinished();
            }
        }

        [TestMethod]
        public void FirstTagAfterStart_MayHaveAnyCounterButNotAnyTag()
        {
            for (int i = 0; i < 4; i++)
            {
                FakeRegisterBus bus;
                Lsm6dso driver = Ready(out bus);
                bus.Expect("R3A>0100 R78>" + Words(i, 1));
                Check(driver, 100, SensorStatus.Ok, 1);
            }

            string[] bad = { "10", "00", "FF", "20" };
            for (int i = 0; i < bad.Length; i++)
            {
                FakeRegisterBus bus;
                Lsm6dso driver = Ready(out bus);
                bus.Expect("R3A>0100 R78>" + bad[i] + "000000000000 " + Lsm6dsoTests.Clear);
                Check(driver, 100, SensorStatus.Overrun, 0);
            }
        }

        [TestMethod]
        public void TagCounter_MustGoOnBetweenDrains()
        {
            FakeRegisterBus bus;
            Lsm6dso driver = Ready(out bus);
            bus.Expect("R3A>0100 R78>" + Words(0, 1) + " R3A>0100 R78>" + Words(3, 1) + " " + Lsm6dsoTests.Clear);
            Check(driver, 100, SensorStatus.Ok, 1);
            Check(driver, 100, SensorStatus.Overrun, 0);
            bus.VerifyFinished();
        }

        [TestMethod]
        public void StatusNotAcknowledged_LosesNothing()
        {
            FakeRegisterBus bus;
            Lsm6dso driver = Ready(out bus);
            bus.Expect("R3A>0100 R78>" + Words(0, 1) + " R3A*02!N R3A>0100 R78>" + Words(1, 1));
            Check(driver, 100, SensorStatus.Ok, 1);
            Check(driver, 100, SensorStatus.BusFault, 0);
            Check(driver, 100, SensorStatus.Ok, 1);
            bus.VerifyFinished();
        }

        [TestMethod]
        public void FirstBurstNotAcknowledged_LosesNothing()
        {
            FakeRegisterBus bus;
            Lsm6dso driver = Ready(out bus);
            bus.Expect("R3A>0100 R78*07!N R3A>0100 R78>" + Words(0, 1));
            Check(driver, 100, SensorStatus.BusFault, 0);
            Check(driver, 100, SensorStatus.Ok, 1);
            bus.VerifyFinished();
        }

        [TestMethod]
        public void TransferThatBreaksOff_IsAnOverrunOnTheNextCall()
        {
            string[] faults = { "R3A*02!P", "R3A*02!T", "R3A*02!U", "R3A>0100 R78*07!P", "R3A>0100 R78*07!T", "R3A>0100 R78*07!U" };
            for (int i = 0; i < faults.Length; i++)
            {
                FakeRegisterBus bus;
                Lsm6dso driver = Ready(out bus);
                bus.Expect(faults[i] + " " + Lsm6dsoTests.Clear + "R3A>0000");
                Check(driver, 100, SensorStatus.BusFault, 0);
                Check(driver, 100, SensorStatus.Overrun, 0);
                Check(driver, 100, SensorStatus.Ok, 0);
                bus.VerifyFinished();
            }
        }

        [TestMethod]
        public void SecondBurstNotAcknowledged_IsAnOverrunOnTheNextCall()
        {
            FakeRegisterBus bus;
            Lsm6dso driver = Ready(out bus);
            bus.Expect("R3A>4100 R78>" + Words(0, 64) + " R78*07!N " + Lsm6dsoTests.Clear);
            Check(driver, 100, SensorStatus.BusFault, 0);
            Check(driver, 100, SensorStatus.Overrun, 0);
            bus.VerifyFinished();
        }

        [TestMethod]
        public void ClearingThatFails_IsTriedAgain()
        {
            FakeRegisterBus bus;
            Lsm6dso driver = Ready(out bus);
            bus.Expect("R3A>0040 W0A=00!N W0A=00 W0A=06!N " + Lsm6dsoTests.Clear);
            Check(driver, 100, SensorStatus.BusFault, 0);
            Check(driver, 100, SensorStatus.BusFault, 0);
            Check(driver, 100, SensorStatus.Overrun, 0);
            bus.VerifyFinished();
        }

        [TestMethod]
        public void DrainHeldUp_AsksForTheOverrunFlagAgain()
        {
            // 1667 Hz: 512 words last 307 ms. With 1 word waiting and 300 ms lost between the two transfers the FIFO is full.
            FakeRegisterBus bus;
            Lsm6dso driver = Ready(out bus);
            bus.Expect("R3A>0100 +12C R78>" + Words(0, 1) + " R3A>F001 R3A>0100 +12C R78>" + Words(1, 1) + " R3A>0049 " + Lsm6dsoTests.Clear);
            Check(driver, 100, SensorStatus.Ok, 1);
            Check(driver, 100, SensorStatus.Overrun, 0);
            bus.VerifyFinished();
        }

        [TestMethod]
        public void DrainHeldUp_FlagNotReadable_IsAnOverrunOnTheNextCall()
        {
            FakeRegisterBus bus;
            Lsm6dso driver = Ready(out bus);
            bus.Expect("R3A>0100 +12C R78>" + Words(0, 1) + " R3A*02!N " + Lsm6dsoTests.Clear);
            Check(driver, 100, SensorStatus.BusFault, 0);
            Check(driver, 100, SensorStatus.Overrun, 0);
            bus.VerifyFinished();
        }

        private static Lsm6dso Ready(out FakeRegisterBus bus)
        {
            FakeClock clock;
            return Lsm6dsoTests.Started(out bus, out clock);
        }

        private static void Check(Lsm6dso driver, int capacity, SensorStatus status, int expectedCount)
        {
            int count;
            short[] counts = new short[capacity];
            Assert.AreEqual((int)status, (int)driver.DrainFifo(counts, counts, counts, 0, capacity, out count));
            Assert.AreEqual(expectedCount, count);
        }

        private static string Words(int firstCounter, int count)
        {
            string words = "";
            for (int i = 0; i < count; i++)
            {
                words += Tags[(firstCounter + i) & 3] + "000000000000";
            }

            return words;
        }

        private static void AssertCounts(short[] actual, int a, int b, int c, int d)
        {
            Assert.AreEqual(a, (int)actual[0]);
            Assert.AreEqual(b, (int)actual[1]);
            Assert.AreEqual(c, (int)actual[2]);
            Assert.AreEqual(d, (int)actual[3]);
        }
    }
}
