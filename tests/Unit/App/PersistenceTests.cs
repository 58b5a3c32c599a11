using nanoFramework.TestFramework;

namespace SensorNode.Detection.Tests
{
    /// <summary>From scores to warning and alarm. Healthy scores lie at 0, the threshold at 256.</summary>
    [TestClass]
    public class PersistenceTests
    {
        [TestMethod]
        public void OneHugeScore_RaisesNothing_TwoDo()
        {
            Persistence persistence = Create();
            persistence.Judge(10000, false);
            Assert.AreEqual(AlarmLevel.None, persistence.Level);
            persistence.Judge(0, false);
            persistence.Judge(0, false);
            persistence.Judge(0, false);
            persistence.Judge(10000, false);
            Assert.AreEqual(AlarmLevel.None, persistence.Level);
            persistence.Judge(10000, false);
            Assert.AreEqual(AlarmLevel.Warning, persistence.Level);
            Assert.AreEqual(AlarmReason.Acute, persistence.Reason);
        }

        [TestMethod]
        public void WarningThatStands_BecomesAnAlarm()
        {
            Persistence persistence = Create();
            int warned = -1;
            int alarmed = -1;
            for (int i = 0; i < 20; i++)
            {
                persistence.Judge(300, false);
                warned = warned < 0 && persistence.Level == AlarmLevel.Warning ? i : warned;
                alarmed = alarmed < 0 && persistence.Level == AlarmLevel.Alarm ? i : alarmed;
            }

            // A sixth beyond the threshold: two are not enough after a start, three are.
            Assert.AreEqual(2, warned);
            Assert.AreEqual(9, alarmed);
        }

        [TestMethod]
        public void FarBeyondFromTheStart_IsWarnedOfWithTheSecond()
        {
            Persistence persistence = Create();
            persistence.Judge(400, false);
            Assert.AreEqual(AlarmLevel.None, persistence.Level);
            persistence.Judge(400, false);
            Assert.AreEqual(AlarmLevel.Warning, persistence.Level);
        }

        [TestMethod]
        public void SmallChangeAfterHealthyScores_IsWarnedOfAfterFour()
        {
            Persistence persistence = Create();
            for (int i = 0; i < 10; i++)
            {
                persistence.Judge(0, false);
            }

            int warned = -1;
            for (int i = 0; i < 8; i++)
            {
                persistence.Judge(300, false);
                warned = warned < 0 && persistence.Level == AlarmLevel.Warning ? i : warned;
            }

            Assert.AreEqual(3, warned);
        }

        [TestMethod]
        public void AfterAStart_OneScoreRaisesNothing_WhereverItStands()
        {
            for (int huge = 0; huge < 5; huge++)
            {
                Persistence persistence = Create();
                for (int i = 0; i < 8; i++)
                {
                    persistence.Judge(i == huge ? 10000 : 0, false);
                    Assert.AreEqual(AlarmLevel.None, persistence.Level);
                }
            }
        }

        [TestMethod]
        public void AfterAStart_MeanIsOfTheScoresThereAreAndHalfAHealthyOne()
        {
            Persistence persistence = Create();
            Assert.AreEqual(0, persistence.MeanQ8);
            persistence.Judge(100, false);
            Assert.AreEqual(200 / 3, persistence.MeanQ8);
            persistence.Judge(200, false);
            Assert.AreEqual(600 / 5, persistence.MeanQ8);
            persistence.Judge(0, false);
            Assert.AreEqual(600 / 7, persistence.MeanQ8);
            persistence.Judge(0, false);
            Assert.AreEqual(300 / 4, persistence.MeanQ8);
            for (int i = 0; i < 20; i++)
            {
                persistence.Judge(i * 4, false);
            }

            Assert.AreEqual((64 + 68 + 72 + 76) / 4, persistence.MeanQ8);
        }

        [TestMethod]
        public void ScoresAtTheThreshold_DoNotFlicker()
        {
            Persistence persistence = Create();
            int changes = 0;
            int before = AlarmLevel.None;
            for (int i = 0; i < 200; i++)
            {
                persistence.Judge(i % 2 == 0 ? 300 : 230, false);
                changes += (persistence.Level != AlarmLevel.None) != (before != AlarmLevel.None) ? 1 : 0;
                before = persistence.Level;
            }

            Assert.IsTrue(changes <= 1);
        }

        [TestMethod]
        public void SlowTrend_IsChronicBeforeItPassesTheThreshold()
        {
            // A window in ten seconds, and nearly three weeks from usual to the threshold.
            Persistence persistence = Create();
            persistence.SetInterval(10000);
            for (int i = 0; i < 160000 && persistence.Level == AlarmLevel.None; i++)
            {
                persistence.Judge(i / 640, false);
            }

            Assert.AreEqual(AlarmReason.Chronic, persistence.Reason);
        }

        [TestMethod]
        [DataRow(10000, 8640)]
        [DataRow(600, 144000)]
        [DataRow(3600000, 24)]
        public void HoursBelowTheThreshold_AreNoTrend_DaysAre(int intervalMs, int perDay)
        {
            // Three quarters of the way: half of it is passed after 1.1 time constants of one to two days, or of 64 windows.
            Persistence persistence = Create();
            persistence.SetInterval(intervalMs);
            int windows = 0;
            while (persistence.Level == AlarmLevel.None && windows < 10 * perDay)
            {
                persistence.Judge(192, false);
                windows++;
            }

            Assert.AreEqual(AlarmReason.Chronic, persistence.Reason);
            Assert.IsTrue(windows > perDay && windows < 3 * perDay, windows.ToString());
        }

        [TestMethod]
        public void LongUnsteadiness_IsAnAlarmOfItsOwn()
        {
            Persistence persistence = Create();
            persistence.Judge(0, true);
            Assert.AreEqual(AlarmLevel.Warning, persistence.Level);
            Assert.AreEqual(AlarmReason.Unsteady, persistence.Reason);
            persistence.Judge(0, false);
            Assert.AreEqual(AlarmLevel.None, persistence.Level);
        }

        [TestMethod]
        public void Restart_ForgetsTheAlarm()
        {
            Persistence persistence = Create();
            for (int i = 0; i < 20; i++)
            {
                persistence.Judge(1000, false);
            }

            Assert.AreEqual(AlarmLevel.Alarm, persistence.Level);
            persistence.Restart();
            Assert.AreEqual(AlarmLevel.None, persistence.Level);
            persistence.Judge(0, false);
            Assert.AreEqual(AlarmLevel.None, persistence.Level);
        }

        private static Persistence Create()
        {
            Persistence persistence = new Persistence();
            persistence.Configure(0, 256);
            return persistence;
        }
    }
}
