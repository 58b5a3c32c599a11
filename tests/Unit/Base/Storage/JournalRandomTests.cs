using System;
using nanoFramework.TestFramework;
using SensorNode.Fakes;

namespace SensorNode.Storage.Tests
{
    /// <summary>Random lives: connections that come and go, power cuts, failing and full flash; the witness checks what comes out.</summary>
    [TestClass]
    public class JournalRandomTests
    {
        private const int Seeds = 40;
        private const int Steps = 150;

        [TestMethod]
        public static void RandomLives_KeepOrderAndMeaning()
        {
            for (int seed = 1; seed <= Seeds; seed++)
            {
                try
                {
                    JournalLives.Live(seed, Steps);
                }
                catch (Exception e)
                {
                    throw new Exception("seed " + seed.ToString() + ": " + e.Message);
                }
            }
        }

        [TestMethod]
        public static void DamagedFiles_GiveValidRecordsOrNone()
        {
            SeededRandom random = new SeededRandom(77);
            for (int i = 0; i < 400; i++)
            {
                JournalLives.DamageAndRead(random);
            }
        }
    }
}
