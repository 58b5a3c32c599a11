using nanoFramework.TestFramework;
using SensorNode.Contracts;
using SensorNode.Fakes;
using SensorNode.Storage;

namespace SensorNode.Storage.Tests
{
    [TestClass]
    public class BootRecordTests
    {
        [TestMethod]
        public static void FirstStart_IsPowerOnAndCountsOne()
        {
            BootRecord record = new BootRecord(new FakeFlash(4));
            Assert.AreEqual((int)RestartReason.PowerOn, (int)record.Begin());
            Assert.AreEqual(1, record.BootCount);
        }

        [TestMethod]
        public static void Reason_IsToldOnceAndThenForgotten()
        {
            FakeFlash flash = new FakeFlash(4);
            BootRecord record = new BootRecord(flash);
            record.Begin();
            record.End(RestartReason.Network);
            record = new BootRecord(flash);
            Assert.AreEqual((int)RestartReason.Network, (int)record.Begin());
            record = new BootRecord(flash);
            Assert.AreEqual((int)RestartReason.PowerOn, (int)record.Begin());
            Assert.AreEqual(3, record.BootCount);
        }

        [TestMethod]
        public static void CutAtEveryOperation_NeverInventsAReasonOrLosesTheCount()
        {
            for (int cutAt = 1; cutAt <= 9; cutAt++)
            {
                for (int tear = 0; tear <= (int)FlashTear.Complete; tear++)
                {
                    FakeFlash flash = new FakeFlash(4);
                    new BootRecord(flash).Begin();
                    int starts = 1;
                    flash.CutAt = flash.OperationCount + cutAt;
                    flash.Tear = (FlashTear)tear;
                    try
                    {
                        BootRecord record = new BootRecord(flash);
                        record.Begin();
                        starts++;
                        record.End(RestartReason.Command);
                        record = new BootRecord(flash);
                        Assert.AreEqual((int)RestartReason.Command, (int)record.Begin());
                        starts++;
                    }
                    catch (PowerCutException)
                    {
                    }

                    flash.PowerOn();
                    BootRecord after = new BootRecord(flash);
                    RestartReason reason = after.Begin();
                    Assert.IsTrue(reason == RestartReason.PowerOn || reason == RestartReason.Command);
                    Assert.IsTrue(after.BootCount == starts + 1 || after.BootCount == starts + 2, after.BootCount.ToString());
                }
            }
        }

        [TestMethod]
        public static void UnknownReason_IsTakenForPowerOn()
        {
            FakeFlash flash = new FakeFlash(4);
            BootRecord record = new BootRecord(flash);
            record.Begin();
            record.End((RestartReason)200);
            Assert.AreEqual((int)RestartReason.PowerOn, (int)new BootRecord(flash).Begin());
        }
    }
}
