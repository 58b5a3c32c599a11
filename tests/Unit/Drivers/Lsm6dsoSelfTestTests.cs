using nanoFramework.TestFramework;
using SensorNode.Contracts;
using SensorNode.Fakes;

namespace SensorNode.Drivers.Tests
{
    /// <summary>Every transfer of the LSM6DSO's self-test.</summary>
    [TestClass]
    public class Lsm6dsoSelfTestTests
    {
        private const string Begin = "R0F>6C W12=44 W14=00 W10=38 ";
        private const string End = "W14=00 W10=00";

        [TestMethod]
        public void EachAxisMovesEnough_Passes()
        {
            // 0, 0 and 1 g at rest; 4096 counts of 0.122 mg more, less and more.
            FakeRegisterBus bus;
            int[] change = new int[3];
            Assert.AreEqual((int)SensorStatus.Ok, (int)Run(Begin + Six("000000000520") + "W14=01 " + Six("001000F00530") + End, change, out bus));
            bus.VerifyFinished();
            Assert.AreEqual(499, change[0]);
            Assert.AreEqual(-499, change[1]);
            Assert.AreEqual(499, change[2]);
        }

        [TestMethod]
        public void OneAxisMovesTooLittleOrTooMuch_Fails()
        {
            // 409 counts are 49.9 mg, 410 are 50.02; 13935 are 1700.07 and 13943 are 1701.05.
            string[] pushed = { "9A0100100010", "990100100010", "6F3600100010", "773600100010" };
            SensorStatus[] expected = { SensorStatus.Ok, SensorStatus.ImplausibleValue, SensorStatus.Ok, SensorStatus.ImplausibleValue };
            for (int i = 0; i < pushed.Length; i++)
            {
                FakeRegisterBus bus;
                Assert.AreEqual((int)expected[i], (int)Run(Begin + Six("000000000000") + "W14=01 " + Six(pushed[i]) + End, new int[3], out bus), pushed[i]);
            }
        }

        [TestMethod]
        public void Samples_AreWaitedForAndNotForEver()
        {
            FakeRegisterBus bus;
            int[] change = new int[3];
            string slow = "R1E>00 R1E>00 " + Six("000000000000");
            Assert.AreEqual((int)SensorStatus.Ok, (int)Run(Begin + slow + "W14=01 " + Six("001000100010") + End, change, out bus));
            string never = "R1E>00 R1E>00 R1E>00 R1E>00 R1E>00 R1E>00 R1E>00 R1E>00 R1E>00 R1E>00 ";
            Assert.AreEqual((int)SensorStatus.BusFault, (int)Run(Begin + never + End, change, out bus));
            bus.VerifyFinished();
        }

        [TestMethod]
        public void AfterAFault_ThePushIsSwitchedOff()
        {
            FakeRegisterBus bus;
            int[] change = { 1, 2, 3 };
            Assert.AreEqual((int)SensorStatus.BusFault, (int)Run(Begin + Six("000000000000") + "W14=01 R1E>01 R28*06!N " + End, change, out bus));
            bus.VerifyFinished();
            Assert.AreEqual(0, change[0] + change[1] + change[2]);
            Assert.AreEqual((int)SensorStatus.BusFault, (int)Run(Begin + Six("000000000000") + "W14=01 " + Six("001000100010") + "W14=00!N W10=00", change, out bus));
            bus.VerifyFinished();
            Assert.AreEqual(0, change[0]);
        }

        [TestMethod]
        public void NoChipOrAnotherChip_IsSaid()
        {
            FakeRegisterBus bus;
            Assert.AreEqual((int)SensorStatus.BusFault, (int)Run("R0F*01!N", new int[3], out bus));
            Assert.AreEqual((int)SensorStatus.WrongChip, (int)Run("R0F>6A", new int[3], out bus));
        }

        private static SensorStatus Run(string script, int[] change, out FakeRegisterBus bus)
        {
            FakeClock clock = new FakeClock();
            bus = new FakeRegisterBus(clock, script);
            return new Lsm6dsoSelfTest(bus, clock).Run(change);
        }

        private static string Six(string sample)
        {
            string script = "";
            for (int i = 0; i < 6; i++)
            {
                script += "R1E>01 R28>" + sample + " ";
            }

            return script;
        }
    }
}
