using nanoFramework.TestFramework;
using SensorNode.Contracts;
using SensorNode.Fakes;

namespace SensorNode.Drivers.Tests
{
    /// <summary>Every transfer of each part's self-test, and its limits.</summary>
    [TestClass]
    public class SelfTestTests
    {
        private const string Lsm6dsoBegin = "R0F>6C W12=05 R12>04 W12=44 W18=E2 W0A=00 W09=03 W10=08 R63>00 R12>44 W0A=00 W10=38 W0A=06 ";
        private const string Lis3dhBegin = "R0F>33 W20=07 W21=00 W23=80 W24=40 W2E=00 R23>80 W20=57 W2E=00 W2E=80 ";
        private const string Adxl345Begin = "R00>E5 W2D=00 W2E=00 W38=00 W1E=00 W1F=00 W20=00 W31=0B W2C=0A R31>0B W38=00 W2D=08 W38=00 W38=90 R32>000000000000 ";
        private const string Mpu6500Begin = "R75>70 W6B=80 W6B=01 W6C=07 W19=04 W1A=41 W1C=00 W1D=02 W38=10 R1C>0002 W23=00 W6A=04 R3A>10 W6A=40 W23=08 ";

        [TestMethod]
        public void Lis3dh_SwitchesTheForce_AndKnowsItsLimits()
        {
            // 1 g along z. The two lowest and highest changes that are right, and those beyond them: 17 and 16, 360 and 361 counts.
            AssertLis3dh(SensorStatus.Ok, 17, -17, 360);
            AssertLis3dh(SensorStatus.ImplausibleValue, 16, 20, 20);
            AssertLis3dh(SensorStatus.ImplausibleValue, 20, 361, 20);
        }

        [TestMethod]
        public void Adxl345_SwitchesTheForce_AndKnowsItsLimits()
        {
            // Counts of 3.90625 mg.
            AssertAdxl345(SensorStatus.Ok, 89, -89, 111);
            AssertAdxl345(SensorStatus.Ok, 954, -954, 1284);
            AssertAdxl345(SensorStatus.ImplausibleValue, 88, -89, 111);
            AssertAdxl345(SensorStatus.ImplausibleValue, 89, 89, 111);
            AssertAdxl345(SensorStatus.ImplausibleValue, 89, -89, 110);
            AssertAdxl345(SensorStatus.ImplausibleValue, 89, -955, 111);
            AssertAdxl345(SensorStatus.ImplausibleValue, 955, -89, 111);
            AssertAdxl345(SensorStatus.ImplausibleValue, 89, -89, 1285);
        }

        [TestMethod]
        public void Mpu6500_SwitchesTheForce_AndComparesWithTheFactory()
        {
            // Code 93: 399 mg, so 199 to 598 are right; 16384 counts a g.
            AssertMpu6500(SensorStatus.Ok, "5D5D5D", 3290, -9800, 6554);
            AssertMpu6500(SensorStatus.ImplausibleValue, "5D5D5D", 3200, 6554, 6554);
            AssertMpu6500(SensorStatus.ImplausibleValue, "5D5D5D", 6554, 9900, 6554);

            // Code 1: 159.9 mg. No code: 225 to 675 mg.
            AssertMpu6500(SensorStatus.Ok, "010000", 2620, 3700, 11000);
            AssertMpu6500(SensorStatus.ImplausibleValue, "000000", 3600, 3700, 11000);
            AssertMpu6500(SensorStatus.ImplausibleValue, "000000", 3700, 3700, 11080);
        }

        [TestMethod]
        public void Lsm6dso_SwitchesTheForce_AndKnowsItsLimits()
        {
            // Counts of 0.122 mg: 410 are 50 mg, 13941 are 1700.
            AssertLsm6dso(SensorStatus.Ok, 410, -410, 13941);
            AssertLsm6dso(SensorStatus.ImplausibleValue, 409, 410, 410);
            AssertLsm6dso(SensorStatus.ImplausibleValue, 410, -13943, 410);
        }

        private static void AssertLsm6dso(SensorStatus expected, int x, int y, int z)
        {
            FakeClock clock = new FakeClock();
            FakeRegisterBus bus = new FakeRegisterBus(clock, Lsm6dsoBegin + Lsm6dsoSamples(0, 0, 8197) + "W14=01 " + Lsm6dsoSamples(x, y, 8197 + z) + "W14=00 W10=08");
            AssertChange(expected, new Lsm6dso(bus, clock), x * 122 / 1000, y * 122 / 1000, z * 122 / 1000);
            bus.VerifyFinished();
        }

        private static string Lsm6dsoSamples(int x, int y, int z)
        {
            // A word's tag counts in its bits 2 and 1, with an even parity in bit 0.
            string axes = Word(x) + Word(y) + Word(z);
            string four = "11" + axes + "12" + axes + "14" + axes + "17" + axes;
            return "R3A>0000 R3A>1000 R78>" + four + four + four + four + " ";
        }

        private static void AssertLis3dh(SensorStatus expected, int x, int y, int z)
        {
            FakeClock clock = new FakeClock();
            FakeRegisterBus bus = new FakeRegisterBus(clock, Lis3dhBegin + Lis3dhSamples(0, 0, 100) + "W23=82 " + Lis3dhSamples(x, y, 100 + z) + "W23=80 W20=07");
            AssertChange(expected, new Lis3dh(bus, clock), x * 4, y * 4, z * 4);
            bus.VerifyFinished();
        }

        private static string Lis3dhSamples(int x, int y, int z)
        {
            return "R2F>20 R2F>10 RA8>" + Sixteen(Word(x << 6) + Word(y << 6) + Word(z << 6)) + " ";
        }

        private static void AssertAdxl345(SensorStatus expected, int x, int y, int z)
        {
            FakeClock clock = new FakeClock();
            FakeRegisterBus bus = new FakeRegisterBus(clock, Adxl345Begin + Adxl345Samples(0, 0, 256) + "W31=8B " + Adxl345Samples(x, y, 256 + z) + "W31=0B W2D=00");
            AssertChange(expected, new Adxl345(bus, clock), (int)(x * 3906250L / 1000000), (int)(y * 3906250L / 1000000), (int)(z * 3906250L / 1000000));
            bus.VerifyFinished();
        }

        private static string Adxl345Samples(int x, int y, int z)
        {
            string one = "R32>" + Word(x) + Word(y) + Word(z) + " ";
            string script = "R30>00 R39>00 R30>00 R39>10 ";
            for (int i = 0; i < 16; i++)
            {
                script += one;
            }

            return script;
        }

        private static void AssertMpu6500(SensorStatus expected, string codes, int x, int y, int z)
        {
            FakeClock clock = new FakeClock();
            FakeRegisterBus bus = new FakeRegisterBus(clock, Mpu6500Begin + Mpu6500Samples(0, 0, 16384) + "W1C=E0 " + Mpu6500Samples(x, y, 16384 + z) + "W1C=00 W23=00 R0D>" + codes);
            AssertChange(expected, new Mpu6500(bus, clock), x * 61035 / 1000000, y * 61035 / 1000000, z * 61035 / 1000000);
            bus.VerifyFinished();
        }

        private static string Mpu6500Samples(int x, int y, int z)
        {
            return "R3A>00 R72>0000 R3A>00 R72>0060 R74>" + Sixteen(HighFirst(x) + HighFirst(y) + HighFirst(z)) + " ";
        }

        private static void AssertChange(SensorStatus expected, ISelfTest driver, int xMilliG, int yMilliG, int zMilliG)
        {
            int[] change = new int[3];
            Assert.AreEqual((int)expected, (int)driver.SelfTest(change));
            Assert.AreEqual(xMilliG, change[0]);
            Assert.AreEqual(yMilliG, change[1]);
            Assert.AreEqual(zMilliG, change[2]);
        }

        private static string Sixteen(string sample)
        {
            string samples = sample + sample + sample + sample;
            return samples + samples + samples + samples;
        }

        private static string Word(int value)
        {
            return FakeRegisterBus.Hex(value & 0xFF) + FakeRegisterBus.Hex((value >> 8) & 0xFF);
        }

        private static string HighFirst(int value)
        {
            return FakeRegisterBus.Hex((value >> 8) & 0xFF) + FakeRegisterBus.Hex(value & 0xFF);
        }
    }
}
