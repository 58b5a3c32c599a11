using nanoFramework.TestFramework;
using SensorNode.Contracts;
using SensorNode.Fakes;

namespace SensorNode.Storage.Tests
{
    [TestClass]
    public class EventLogTests
    {
        private const long Now = 1800000000000;

        [TestMethod]
        public static void Events_SurviveARestart_WithNumberTimeAndWords()
        {
            FakeFlash flash = new FakeFlash(8);
            EventLog log = Open(flash, false);
            log.Add(EventKind.Start, (int)RestartReason.Watchdog);
            log = Open(flash, true);
            log.Add(EventKind.Settings, Configuration.ConfigurationKey.MqttHost | 3 << 8);
            log.Add(EventKind.Signature, Update.UpdateReason.BadSignature);
            log.Add(EventKind.Rollback, Update.UpdateReason.OldCounter | 1 << 8);
            log.Add(EventKind.Refused, 0);
            log = Open(flash, true);
            Assert.AreEqual(5, log.Newest);
            Assert.AreEqual("1 after 2025-01-01 00:00:00 start: watchdog", log.Text(1));
            Assert.AreEqual("2 2027-01-15 08:00:00 settings changed: mqtt.host and 2 more", log.Text(2));
            Assert.AreEqual("3 2027-01-15 08:00:00 application refused, bad signature: signature is wrong", log.Text(3));
            Assert.AreEqual("4 2027-01-15 08:00:00 model refused, rollback: security counter is lower", log.Text(4));
            Assert.AreEqual("5 2027-01-15 08:00:00 the broker refused user, password or client", log.Text(5));
            Assert.IsNull(log.Text(6));
            Assert.IsNull(log.Text(0));
        }

        [TestMethod]
        public static void ManyEvents_KeepTheNewest_InTwoSmallFiles()
        {
            FakeFlash flash = new FakeFlash(8);
            EventLog log = Open(flash, true);
            for (int i = 1; i <= 200; i++)
            {
                log.Add(EventKind.Settings, 1 + (i & 15));
                Assert.AreEqual(i, log.Newest);
            }

            Assert.AreEqual(2, flash.FileCount);
            Assert.IsTrue(flash.Content("events.a").Length <= FakeFlash.InlineSizeBytesMax);
            Assert.IsTrue(flash.Content("events.b").Length <= FakeFlash.InlineSizeBytesMax);
            log = Open(flash, true);
            for (int number = 200; number > 200 - EventLog.RecordsMax; number--)
            {
                Assert.IsNotNull(log.Text(number), number.ToString());
            }
        }

        [TestMethod]
        public static void Repeats_AreNotWritten_WithinAnHourOrADay()
        {
            FakeFlash flash = new FakeFlash(8);
            FakeClock clock = new FakeClock();
            clock.UtcAtBootMs = Now;
            EventLog log = new EventLog(flash, clock, new ClockFloor(flash));
            log.Add(EventKind.Refused, 0);
            log.Add(EventKind.Refused, 0);
            Assert.AreEqual(1, log.Newest);
            clock.Advance(86399000);
            log.Add(EventKind.Refused, 0);
            Assert.AreEqual(1, log.Newest);
            clock.Advance(1000);
            log.Add(EventKind.Refused, 0);
            Assert.AreEqual(2, log.Newest);
            new EventLog(flash, clock, new ClockFloor(flash)).Add(EventKind.Refused, 0);
            Assert.AreEqual(2, Open(flash, true).Newest);
            log.Add(EventKind.Settings, 1);
            log.Add(EventKind.Settings, 1);
            Assert.AreEqual(4, log.Newest);
            log.Add(EventKind.Start, 1);
            log.Add(EventKind.Start, 1);
            Assert.AreEqual(5, log.Newest);
            clock.Advance(3600000);
            log.Add(EventKind.Start, 1);
            Assert.AreEqual(6, log.Newest);
        }

        [TestMethod]
        public static void CutAtEveryOperation_LosesAtMostTheEventBeingWritten()
        {
            // Before the first event, in the middle of a file, at the end of the first file and of the second.
            int[] befores = new int[] { 0, 1, 30, 31, 61, 62 };
            for (int i = 0; i < befores.Length; i++)
            {
                for (int cutAt = 1; cutAt <= 3; cutAt++)
                {
                    for (int tear = 0; tear <= (int)FlashTear.Complete; tear++)
                    {
                        CutOnce(befores[i], cutAt, (FlashTear)tear);
                    }
                }
            }
        }

        [TestMethod]
        public static void AnyContent_IsSurvived()
        {
            SeededRandom random = new SeededRandom(5);
            for (int round = 0; round < 60; round++)
            {
                FakeFlash flash = new FakeFlash(8);
                byte[] first = new byte[random.Next(600)];
                byte[] second = new byte[random.Next(600)];
                for (int i = 0; i < first.Length; i++)
                {
                    first[i] = (byte)random.Next(256);
                }

                flash.Plant("events.a", first);
                flash.Plant("events.b", second);
                EventLog log = Open(flash, true);
                Assert.AreEqual(0, log.Newest);
                log.Add(EventKind.Refused, 0);
                log.Add(EventKind.Start, 0);
                Assert.IsNotNull(Open(flash, true).Text(1));
                Assert.IsNotNull(Open(flash, true).Text(2));
            }
        }

        private static void CutOnce(int before, int cutAt, FlashTear tear)
        {
            FakeFlash flash = new FakeFlash(8);
            EventLog log = Open(flash, true);
            for (int i = 0; i < before; i++)
            {
                log.Add(EventKind.Settings, 1);
            }

            flash.Tear = tear;
            flash.CutAt = flash.OperationCount + cutAt;
            bool isCut = false;
            try
            {
                log.Add(EventKind.Settings, 2);
            }
            catch (PowerCutException)
            {
                isCut = true;
            }

            flash.PowerOn();
            log = Open(flash, true);
            Assert.IsTrue(log.Newest == before + 1 || (isCut && log.Newest == before));
            int newest = log.Newest;
            log.Add(EventKind.Settings, 3);
            Assert.AreEqual(newest + 1, Open(flash, true).Newest);
            Assert.IsNotNull(Open(flash, true).Text(newest + 1));
            for (int number = newest; number > 0 && number > newest - 30; number--)
            {
                Assert.IsNotNull(Open(flash, true).Text(number), number.ToString());
            }
        }

        private static EventLog Open(FakeFlash flash, bool isUtcSet)
        {
            FakeClock clock = new FakeClock();
            clock.UtcAtBootMs = isUtcSet ? Now : -1;
            return new EventLog(flash, clock, new ClockFloor(flash));
        }
    }
}
