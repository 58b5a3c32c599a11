using nanoFramework.TestFramework;
using SensorNode.Fakes;
using SensorNode.Sparkplug;

namespace SensorNode.Sparkplug.Tests
{
    [TestClass]
    public class BirthDeathSequenceTests
    {
        [TestMethod]
        public static void Numbers_GoUpByOneAcrossRestartsAndFrom127To1()
        {
            FakeFlash flash = new FakeFlash(4);
            for (int i = 0; i < 300; i++)
            {
                Assert.AreEqual(i % 127 + 1, new BirthDeathSequence(flash).Next());
            }
        }

        [TestMethod]
        public static void CutAtEveryOperation_NeverRepeatsANumberThatWasUsed()
        {
            for (int cutAt = 1; cutAt <= 3; cutAt++)
            {
                for (int tear = 0; tear <= (int)FlashTear.Complete; tear++)
                {
                    FakeFlash flash = new FakeFlash(4);
                    BirthDeathSequence sequence = new BirthDeathSequence(flash);
                    sequence.Next();
                    int used = sequence.Next();
                    flash.Tear = (FlashTear)tear;
                    flash.CutAt = flash.OperationCount + cutAt;
                    Assert.ThrowsException(typeof(PowerCutException), delegate { sequence.Next(); });
                    flash.PowerOn();
                    int next = new BirthDeathSequence(flash).Next();
                    Assert.IsTrue(next == used + 1 || next == used + 2, next.ToString());
                }
            }
        }
    }
}
