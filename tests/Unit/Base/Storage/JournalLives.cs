using System;
using SensorNode.Fakes;
using SensorNode.Storage;

namespace SensorNode.Storage.Tests
{
    /// <summary>Random lives of a small journal, each from its seed: connections that come and go, power cuts, failing and full flash, damaged files.</summary>
    internal static class JournalLives
    {
        /// <summary>One life; throws where the witness saw something wrong, or where more is missing than faults explain.</summary>
        internal static void Live(int seed, int steps)
        {
            SeededRandom random = new SeededRandom(seed);
            JournalRun run = new JournalRun(new FakeFlash(random.Next(4) == 0 ? 5 : 16));
            int mayBeLost = 0;
            run.Boot();
            for (int step = 0; step < steps; step++)
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
            if (missing > explained)
            {
                throw new Exception(missing.ToString() + " records missing, " + explained.ToString() + " explained");
            }
        }

        /// <summary>Damages the files of a used journal, and reads and uses it again.</summary>
        internal static void DamageAndRead(SeededRandom random)
        {
            JournalRun run = new JournalRun(new FakeFlash(24));
            run.Boot();
            run.Add(3 + random.Next(24));
            Damage(run.Flash, random, 1 + random.Next(4));
            run.Boot();
            int waiting = run.Journal.Count;
            run.Connect(1000);
            if (run.Witness.PassCount > waiting || run.Witness.PassCount + run.Journal.DamagedCount < waiting)
            {
                throw new Exception(waiting.ToString() + " waited, " + run.Witness.PassCount.ToString() + " came, " + run.Journal.DamagedCount.ToString() + " were damaged");
            }

            run.Confirm();
            run.Add(9);
            run.Connect(1000);
            if (!run.Witness.IsReceived(run.Witness.Made))
            {
                throw new Exception("a record made after the damage did not arrive");
            }

            run.Witness.CheckAll();
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
