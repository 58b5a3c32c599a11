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

            Assert.AreEqual(3, warned);
            Assert.AreEqual(10, alarmed);
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
            Persistence persistence = Create();
            for (int i = 0; i < 4000 && persistence.Level == AlarmLevel.None; i++)
            {
                persistence.Judge(i / 20, false);
            }

            Assert.AreEqual(AlarmReason.Chronic, persistence.Reason);
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
