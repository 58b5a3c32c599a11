using nanoFramework.TestFramework;
using SensorNode.Fakes;
using SensorNode.Storage;

namespace SensorNode.Storage.Tests
{
    [TestClass]
    public class ClockFloorTests
    {
        private const long Earliest = 1735689600000;
        private const long Later = 1800000000000;
        private const int HourMs = 3600000;

        [TestMethod]
        public static void WithoutARecord_IsTheYearOfTheFirmware()
        {
            Assert.AreEqual(Earliest, new ClockFloor(new FakeFlash(4)).UtcMs);
        }

        [TestMethod]
        public static void ATime_IsKeptOverARestart_OnceAnHour()
        {
            FakeFlash flash = new FakeFlash(4);
            ClockFloor floor = new ClockFloor(flash);
            floor.Keep(Later, false);
            int operations = flash.OperationCount;
            floor.Keep(Later + HourMs - 1, false);
            Assert.AreEqual(operations, flash.OperationCount);
            Assert.AreEqual(Later, new ClockFloor(flash).UtcMs);
            floor.Keep(Later + HourMs, false);
            Assert.AreEqual(Later + HourMs, new ClockFloor(flash).UtcMs);
            floor.Keep(Later + HourMs + 1, true);
            Assert.AreEqual(Later + HourMs + 1, new ClockFloor(flash).UtcMs);
        }

        [TestMethod]
        public static void AnEarlierTime_IsNotKeptByItself_ButCanBePut()
        {
            FakeFlash flash = new FakeFlash(4);
            ClockFloor floor = new ClockFloor(flash);
            floor.Keep(Later, false);
            floor.Keep(Earliest, true);
            Assert.AreEqual(Later, floor.UtcMs);
            floor.Put(Later - HourMs);
            Assert.AreEqual(Later - HourMs, new ClockFloor(flash).UtcMs);
        }

        [TestMethod]
        public static void CutAtEveryOperation_LeavesTheOldTimeOrTheNew()
        {
            for (int cutAt = 1; cutAt <= 3; cutAt++)
            {
                for (int tear = 0; tear <= (int)FlashTear.Complete; tear++)
                {
                    FakeFlash flash = new FakeFlash(4);
                    new ClockFloor(flash).Keep(Later, false);
                    ClockFloor floor = new ClockFloor(flash);
                    flash.Tear = (FlashTear)tear;
                    flash.CutAt = flash.OperationCount + cutAt;
                    try
                    {
                        floor.Keep(Later + HourMs, false);
                        Assert.IsTrue(false, "no cut");
                    }
                    catch (PowerCutException)
                    {
                    }

                    flash.PowerOn();
                    long kept = new ClockFloor(flash).UtcMs;
                    Assert.IsTrue(kept == Later || kept == Later + HourMs);
                }
            }
        }
    }
}
