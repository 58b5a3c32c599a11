using System;
using nanoFramework.TestFramework;
using SensorNode.Contracts;
using SensorNode.Fakes;
using SensorNode.Storage;

namespace SensorNode.Storage.Tests
{
    [TestClass]
    public class OutboxTests
    {
        [TestMethod]
        public static void WhileConfirmationsCome_NothingIsWritten()
        {
            FakeFlash flash = new FakeFlash(8);
            Outbox outbox = Open(flash, 10);
            JournalWitness witness = new JournalWitness(100);
            outbox.BeginSession();
            for (int i = 0; i < 60; i++)
            {
                outbox.Add(witness.Make(), true);
                if (i % 5 == 4)
                {
                    Assert.IsTrue(outbox.HasUnconfirmed);
                    outbox.PutMark();
                    Assert.IsTrue(outbox.IsMarkPending);
                    outbox.ConfirmMark();
                    Assert.AreEqual(0, outbox.Count);
                    Assert.IsFalse(outbox.HasUnconfirmed);
                }
            }

            Assert.AreEqual(0, flash.OperationCount);
        }

        [TestMethod]
        public static void WhatWasReportedAfterTheMark_IsNotConfirmedByIt()
        {
            Outbox outbox = Open(new FakeFlash(8), 10);
            JournalWitness witness = new JournalWitness(100);
            outbox.BeginSession();
            outbox.Add(witness.Make(), true);
            outbox.Add(witness.Make(), false);
            outbox.Add(witness.Make(), true);
            outbox.PutMark();
            outbox.Add(witness.Make(), true);
            outbox.ConfirmMark();
            Assert.AreEqual(2, outbox.RamCount);
            witness.BeginPass();
            ReadAll(outbox, witness);
            Assert.AreEqual(2, witness.PassCount);
            Assert.IsTrue(witness.IsReceived(2) && witness.IsReceived(4));
        }

        [TestMethod]
        public static void SessionThatEndsUnconfirmed_IsSentAgainWithTheSameNumbers()
        {
            FakeFlash flash = new FakeFlash(8);
            Outbox outbox = Open(flash, 10);
            JournalWitness witness = new JournalWitness(100);
            outbox.BeginSession();
            outbox.Add(witness.Make(), true);
            outbox.Add(witness.Make(), true);
            outbox.PutMark();
            outbox.EndSession();
            outbox.ConfirmMark();
            Assert.AreEqual(2, outbox.RamCount);
            for (int session = 0; session < 3; session++)
            {
                outbox.Add(witness.Make(), false);
                outbox.BeginSession();
                witness.BeginPass();
                ReadAll(outbox, witness);
                Assert.AreEqual(3 + session, witness.PassCount);
            }

            witness.CheckAll();
        }

        [TestMethod]
        public static void NothingIsHandedOutWithoutASession()
        {
            Outbox outbox = Open(new FakeFlash(8), 2);
            JournalWitness witness = new JournalWitness(100);
            outbox.Add(witness.Make(), true);
            outbox.Add(witness.Make(), true);
            Assert.AreEqual((int)JournalReadStatus.End, (int)outbox.TryReadNext(new JournalRecord()));
            Assert.IsFalse(outbox.HasUnconfirmed);
            outbox.PutMark();
            Assert.IsFalse(outbox.IsMarkPending);
            outbox.ConfirmMark();
            Assert.AreEqual(2, outbox.Count);
        }

        [TestMethod]
        public static void QueueSize_IsChecked()
        {
            Assert.ThrowsException(typeof(ArgumentException), delegate { new Outbox(new Journal(new FakeFlash(8)), 0); });
            Assert.ThrowsException(typeof(ArgumentException), delegate { new Outbox(new Journal(new FakeFlash(8)), Outbox.RamRecordsMax + 1); });
        }

        private static Outbox Open(FakeFlash flash, int ramRecords)
        {
            Journal journal = new Journal(flash, 5, 4);
            journal.Open();
            return new Outbox(journal, ramRecords);
        }

        private static void ReadAll(Outbox outbox, JournalWitness witness)
        {
            JournalRecord record = new JournalRecord();
            while (outbox.TryReadNext(record) == JournalReadStatus.Record)
            {
                witness.Take(record);
            }
        }
    }
}
