using System;
using nanoFramework.TestFramework;
using SensorNode.Contracts;
using SensorNode.Fakes;
using SensorNode.Storage;

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
                    LiveOnce(seed);
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
                JournalRun run = new JournalRun(new FakeFlash(24));
                run.Boot();
                run.Add(3 + random.Next(24));
                Damage(run.Flash, random, 1 + random.Next(4));
                run.Boot();
                int waiting = run.Journal.Count;
                run.Connect(1000);
                Assert.IsTrue(run.Witness.PassCount <= waiting);
                Assert.IsTrue(run.Witness.PassCount + run.Journal.DamagedCount >= waiting, "not all was looked at");
                run.Confirm();
                run.Add(9);
                run.Connect(1000);
                Assert.IsTrue(run.Witness.IsReceived(run.Witness.Made), i.ToString());
                run.Witness.CheckAll();
            }
        }

        private static void LiveOnce(int seed)
        {
            SeededRandom random = new SeededRandom(seed);
            JournalRun run = new JournalRun(new FakeFlash(random.Next(4) == 0 ? 5 : 16));
            int mayBeLost = 0;
            run.Boot();
            for (int step = 0; step < Steps; step++)
            {
                try
                {
                    Step(run, random);
                }
                catch (PowerCutException)
                {
                    mayBeLost += JournalRun.RamRecords;
                    run.Flash.PowerOn();
                    run.Boot();
                }
            }

            run.Flash.PowerOn();
            run.Boot();
            run.Connect(1000);
            run.Witness.CheckAll();
            int missing = run.Witness.Made - run.Witness.ReceivedCount;
            int explained = mayBeLost + run.RestartLoss + run.FailedWrites * JournalRun.RamRecords + run.Outbox.DroppedCount + run.RamDrops + run.LiveConfirmed;
            Assert.IsTrue(missing <= explained, missing.ToString() + " records missing, " + explained.ToString() + " explained");
        }

        private static void Step(JournalRun run, SeededRandom random)
        {
            switch (random.Next(12))
            {
                case 0: run.Connect(random.Next(20)); break;
                case 1: run.Receive(random.Next(20)); break;
                case 2: run.Confirm(); break;
                case 3: run.Outbox.EndSession(); break;
                case 4: run.Flush(); break;
                case 5:
                    run.Flash.Tear = (FlashTear)random.Next(5);
                    run.Flash.TearBytes = random.Next(76);
                    run.Flash.CutAt = run.Flash.OperationCount + 1 + random.Next(8);
                    break;
                case 6:
                    run.Flash.Tear = (FlashTear)random.Next(5);
                    run.Flash.TearBytes = random.Next(76);
                    run.Flash.FailAt = run.Flash.OperationCount + 1 + random.Next(8);
                    run.FailedWrites++;
                    break;
                case 7:
                    run.RestartLoss += run.Outbox.RamCount;
                    run.RamDrops += run.Outbox.RamDroppedCount;
                    run.Boot();
                    break;
                case 8: run.AddReported(1 + random.Next(4)); break;
                default: run.Add(1 + random.Next(4)); break;
            }
        }

        private static void Damage(FakeFlash flash, SeededRandom random, int times)
        {
            string[] names = flash.List();
            for (int i = 0; i < times; i++)
            {
                string name = random.Next(8) == 0 ? JournalFormat.SegmentName(1 + random.Next(60)) : names[random.Next(names.Length)];
                byte[] content = flash.Content(name);
                int size = random.Next(3) == 0 || content == null ? random.Next(200) : content.Length;
                byte[] damaged = new byte[size];
                random.Fill(damaged, 0, random.Next(4) == 0 ? size : 0);
                if (content != null && random.Next(6) != 0)
                {
                    Array.Copy(content, 0, damaged, 0, size < content.Length ? size : content.Length);
                }

                if (size > 0)
                {
                    damaged[random.Next(size)] ^= (byte)(1 + random.Next(255));
                }

                flash.Plant(name, damaged);
            }
        }
    }
}
