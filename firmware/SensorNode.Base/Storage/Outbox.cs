using System;
using SensorNode.Contracts;

namespace SensorNode.Storage
{
    /// <summary>Records on their way to the broker: a short queue in RAM, the journal behind it, and what one connection has sent and not yet confirmed.</summary>
    /// <remarks>
    /// Use:     Open once; Add each minute. On a connection: BeginSession after the birth; TryReadNext and send, a few a second; when a batch is sent
    ///          PutMark and publish the QoS 1 message; ConfirmMark when it is acknowledged; EndSession when the connection is gone. See README.md.
    /// Loss:    a power cut loses what is in RAM: at most the number given to the constructor. Nothing else.
    /// Wear:    nothing is written while confirmations come in time; otherwise one append for each full queue.
    /// Memory:  24 bytes a record in RAM, allocated once; no allocation per record.
    /// Threads: two, link and supervisor, one at a time: the caller locks.
    /// </remarks>
    public sealed class Outbox
    {
        /// <summary>Most records that may be asked to wait in RAM.</summary>
        public const int RamRecordsMax = 60;

        // What is known of a record in RAM: nothing was sent; its values were sent in this session; a mark was put after that.
        private const byte Waiting = 0;
        private const byte Reported = 1;
        private const byte Marked = 2;

        private readonly Journal _journal;
        private readonly byte[] _queue;
        private readonly byte[] _states;
        private readonly int _capacity;
        private int _queued;
        private int _position;
        private int _markPosition;

        /// <param name="journal">Not shared.</param>
        /// <param name="ramRecords">Records that wait in RAM before they are written, 1 to <see cref="RamRecordsMax"/>.</param>
        public Outbox(Journal journal, int ramRecords)
        {
            if (ramRecords < 1 || ramRecords > RamRecordsMax)
            {
                throw new ArgumentException("ramRecords must be 1 to 60.");
            }

            _journal = journal;
            _capacity = ramRecords;
            _queue = new byte[ramRecords * JournalFormat.RecordSizeBytes];
            _states = new byte[ramRecords];
        }

        /// <summary>Records in RAM.</summary>
        public int RamCount
        {
            get { return _queued; }
        }

        /// <summary>Records in RAM and flash whose delivery is not known.</summary>
        public int Count
        {
            get { return _queued + _journal.Count; }
        }

        /// <summary>Records dropped because flash or RAM was full.</summary>
        public int DroppedCount
        {
            get { return _journal.DroppedCount + RamDroppedCount; }
        }

        /// <summary>Records dropped out of RAM since boot because flash did not take them.</summary>
        public int RamDroppedCount { get; set; }

        /// <summary>True from <see cref="BeginSession"/> to <see cref="EndSession"/>.</summary>
        public bool IsInSession { get; private set; }

        /// <summary>True while a mark waits for its confirmation.</summary>
        public bool IsMarkPending { get; private set; }

        /// <summary>True where a mark would confirm something.</summary>
        public bool HasUnconfirmed
        {
            get { return IsInSession && (_position - 1 > _journal.Acknowledged || CountInState(Reported) > 0); }
        }

        /// <summary>Takes one record.</summary>
        /// <param name="record">Copied.</param>
        /// <param name="isReported">True where its values have just been sent on this session as they happened; the next mark then confirms it.</param>
        /// <returns>Ok; otherwise flash did not take what had to be written, and the oldest record in RAM was dropped if there was no room.</returns>
        public FileStatus Add(JournalRecord record, bool isReported)
        {
            if (_queued == _capacity && Flush() != FileStatus.Ok && _queued == _capacity)
            {
                RemoveAt(0, 1);
                RamDroppedCount++;
            }

            JournalFormat.Encode(record, _queue, _queued * JournalFormat.RecordSizeBytes);
            _states[_queued] = isReported && IsInSession ? Reported : Waiting;
            _queued++;
            return _queued == _capacity ? Flush() : FileStatus.Ok;
        }

        /// <summary>Writes what is in RAM to flash, as before a planned restart.</summary>
        public FileStatus Flush()
        {
            FileStatus status = _journal.Append(_queue, _queued, out int stored);
            RemoveAt(0, stored);
            return status;
        }

        /// <summary>Begins with the oldest record whose delivery is not known. To be called after the birth.</summary>
        public FileStatus BeginSession()
        {
            EndSession();
            IsInSession = true;
            _position = _journal.Acknowledged + 1;
            return Flush();
        }

        /// <summary>The connection is gone: what was not confirmed will be read again.</summary>
        public void EndSession()
        {
            IsInSession = false;
            IsMarkPending = false;
            Array.Clear(_states, 0, _capacity);
        }

        /// <summary>Reads the next record that was not read in this session.</summary>
        /// <returns>Record; End: none waits; Failed: try again later.</returns>
        public JournalReadStatus TryReadNext(JournalRecord into)
        {
            if (!IsInSession)
            {
                return JournalReadStatus.End;
            }

            JournalReadStatus status = _journal.TryRead(_position, into, out _position);
            if (status == JournalReadStatus.End && CountInState(Waiting) > 0 && Flush() == FileStatus.Ok)
            {
                status = _journal.TryRead(_position, into, out _position);
            }

            return status;
        }

        /// <summary>Remembers what has been sent so far. To be called right before the QoS 1 message is published, one at a time.</summary>
        public void PutMark()
        {
            _markPosition = _position;
            IsMarkPending = IsInSession;
            for (int i = 0; i < _queued; i++)
            {
                _states[i] = _states[i] == Waiting ? Waiting : Marked;
            }
        }

        /// <summary>The QoS 1 message was acknowledged: what was sent before it is delivered, and may be deleted.</summary>
        /// <returns>How the deletion went; with anything but Ok it is tried again at the next confirmation.</returns>
        public FileStatus ConfirmMark()
        {
            if (!IsMarkPending)
            {
                return FileStatus.Ok;
            }

            IsMarkPending = false;
            for (int i = _queued - 1; i >= 0; i--)
            {
                if (_states[i] == Marked)
                {
                    RemoveAt(i, 1);
                }
            }

            return _journal.Acknowledge(_markPosition - 1);
        }

        private int CountInState(byte state)
        {
            int count = 0;
            for (int i = 0; i < _queued; i++)
            {
                count += _states[i] == state ? 1 : 0;
            }

            return count;
        }

        private void RemoveAt(int index, int count)
        {
            // Array.Copy is right for overlapping ranges.
            int rest = _queued - index - count;
            int size = JournalFormat.RecordSizeBytes;
            Array.Copy(_queue, (index + count) * size, _queue, index * size, rest * size);
            Array.Copy(_states, index + count, _states, index, rest);
            _queued -= count;
        }
    }
}
