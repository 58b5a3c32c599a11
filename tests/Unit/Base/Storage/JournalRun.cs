using SensorNode.Contracts;
using SensorNode.Fakes;
using SensorNode.Storage;

namespace SensorNode.Storage.Tests
{
    /// <summary>One small journal (5 records a segment, 4 segments, 3 records in RAM) through a life that fills it, wraps it, replays and empties it.</summary>
    internal sealed class JournalRun
    {
        internal const int RecordsPerSegment = 5;
        internal const int SegmentCountMax = 4;
        internal const int RamRecords = 3;

        internal readonly FakeFlash Flash;
        internal readonly JournalWitness Witness = new JournalWitness(400);

        /// <summary>Last record that was in flash when a call returned.</summary>
        internal int Durable;

        /// <summary>Last record whose delivery was confirmed, by calls that returned or not.</summary>
        internal int Confirmed;

        /// <summary>Losses that a test has to explain: by restarts, by failed writes, by a full queue, and what was confirmed without being read.</summary>
        internal int RestartLoss;
        internal int FailedWrites;
        internal int RamDrops;
        internal int LiveConfirmed;

        private readonly JournalRecord _record = new JournalRecord();
        private long _lastTaken;
        private bool _isRestarted;

        internal JournalRun(FakeFlash flash)
        {
            Flash = flash;
        }

        internal Journal Journal { get; private set; }

        internal Outbox Outbox { get; private set; }

        /// <summary>Starts the node's software anew.</summary>
        internal void Boot()
        {
            Journal = new Journal(Flash, RecordsPerSegment, SegmentCountMax);
            Journal.Open();
            Outbox = new Outbox(Journal, RamRecords);
        }

        /// <summary>The whole life: every kind of flash operation happens.</summary>
        internal void Live()
        {
            Boot();
            Add(8);
            Connect(4);
            Confirm();
            Outbox.EndSession();
            Add(31);
            Connect(9);
            Confirm();
            Add(4);
            Receive(100);
            Confirm();
            Add(2);
            Flush();
        }

        internal void Add(int count)
        {
            for (int i = 0; i < count; i++)
            {
                Outbox.Add(Witness.Make(), false);
                NoteDurable();
            }
        }

        /// <summary>Records whose values were sent as they happened.</summary>
        internal void AddReported(int count)
        {
            for (int i = 0; i < count; i++)
            {
                Outbox.Add(Witness.Make(), true);
            }
        }

        internal void Flush()
        {
            Outbox.Flush();
            NoteDurable();
        }

        /// <summary>A connection: what waits in RAM goes to flash, up to so many records are sent.</summary>
        internal void Connect(int count)
        {
            Outbox.BeginSession();
            NoteDurable();
            Witness.BeginPass();
            Receive(count);
        }

        internal void Receive(int count)
        {
            int failures = 0;
            while (count > 0 && failures < 5)
            {
                JournalReadStatus status = Outbox.TryReadNext(_record);
                NoteDurable();
                if (status == JournalReadStatus.End)
                {
                    return;
                }

                if (status == JournalReadStatus.Record)
                {
                    Witness.Take(_record);
                    _lastTaken = _record.UtcMs;
                    count--;
                }
                else
                {
                    failures++;
                }
            }
        }

        internal void Confirm()
        {
            Outbox.PutMark();
            Confirmed = _lastTaken == 0 ? Confirmed : (int)((_lastTaken - 1700000000000) / 60000);
            int queued = Outbox.RamCount;
            Outbox.ConfirmMark();
            LiveConfirmed += queued - Outbox.RamCount;
        }

        /// <summary>After a restart: everything that must still be there is read, in order, and the journal can be emptied and used.</summary>
        internal void CheckAfterRestart(int mayBeMissing)
        {
            _isRestarted = true;
            Boot();

            // The oldest segment may have gone for records of the very call that was cut, so these count among the newest.
            int oldestKept = Durable + RamRecords - (SegmentCountMax - 1) * RecordsPerSegment + 1;
            int firstNeeded = oldestKept > Confirmed + 1 ? oldestKept : Confirmed + 1;
            Connect(1000);
            int missing = 0;
            for (int serial = firstNeeded; serial <= Durable; serial++)
            {
                missing += Witness.IsReceived(serial) ? 0 : 1;
            }

            if (missing > mayBeMissing)
            {
                throw new System.Exception(missing.ToString() + " of records " + firstNeeded.ToString() + " to " + Durable.ToString() + " are missing");
            }

            Add(13);
            Receive(1000);
            for (int serial = Witness.Made - 12; serial <= Witness.Made; serial++)
            {
                if (!Witness.IsReceived(serial))
                {
                    throw new System.Exception("record " + serial.ToString() + " of " + Witness.Made.ToString() + ", made after the restart, did not arrive");
                }
            }

            Confirm();
            if (Outbox.Count != 0)
            {
                throw new System.Exception(Outbox.Count.ToString() + " records are left after all were confirmed");
            }

            Witness.CheckAll();
        }

        private void NoteDurable()
        {
            // After a cut some records were never stored, so the difference means nothing any more.
            int durable = Witness.Made - Outbox.RamCount;
            Durable = !_isRestarted && durable > Durable ? durable : Durable;
        }
    }
}
