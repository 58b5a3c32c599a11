using SensorNode.Contracts;

namespace SensorNode.Storage
{
    /// <summary>Records in flash, oldest first, until their delivery is known. The bytes, and what a power cut can do, are in firmware/docs/storage.md.</summary>
    /// <remarks>
    /// Order:   numbers rise by one and are never given twice; a record that cannot be read any more is passed over and counted.
    /// Bounds:  <see cref="JournalFormat.SegmentCountMax"/> segments; the oldest goes first, and what of it was not delivered is counted.
    /// Cuts:    records whose append returned are kept whatever happens; a segment is deleted only after the number up to which all is delivered
    ///          has been stored.
    /// Memory:  about 700 bytes, allocated once. A record costs no allocation of ours; the file store's own are its own.
    /// Threads: one at a time, as the outbox that it belongs to.
    /// </remarks>
    public sealed class Journal
    {
        private const int CursorSizeBytes = 8;

        private readonly IFileStore _files;
        private readonly JournalSegments _segments;
        private readonly JournalReader _reader;
        private readonly TwinRecord _cursor;
        private readonly byte[] _cursorBytes = new byte[CursorSizeBytes];
        private int _acknowledged;
        private int _next;
        private bool _isOpen;

        // Room was made for an append that failed without a reason, and none has succeeded since: then it is not for want of room.
        private bool _hasMadeRoomInVain;

        /// <summary>A journal of the size that a node has.</summary>
        public Journal(IFileStore files)
            : this(files, JournalFormat.RecordsPerSegment, JournalFormat.SegmentCountMax)
        {
        }

        /// <summary>A journal of another size.</summary>
        /// <param name="files">Flash.</param>
        /// <param name="recordsPerSegment">At least 1.</param>
        /// <param name="segmentCountMax">At least 2.</param>
        public Journal(IFileStore files, int recordsPerSegment, int segmentCountMax)
        {
            _files = files;
            _segments = new JournalSegments(files, recordsPerSegment, segmentCountMax);
            _reader = new JournalReader(files, _segments);
            _cursor = new TwinRecord(files, "journal-ack", CursorSizeBytes);
        }

        /// <summary>Records that were dropped before they were delivered, since the journal was made.</summary>
        public int DroppedCount { get; private set; }

        /// <summary>Slots found damaged since boot.</summary>
        public int DamagedCount
        {
            get { return _reader.DamagedCount; }
        }

        /// <summary>Writes to flash since boot, deletions included.</summary>
        public int FlashWriteCount { get; set; }

        /// <summary>Everything up to this number is delivered or given up.</summary>
        public int Acknowledged
        {
            get { return _acknowledged; }
        }

        /// <summary>The number that the next record will get.</summary>
        public int NextNumber
        {
            get { return _next; }
        }

        /// <summary>Records that wait for delivery, damaged ones that were not met yet included.</summary>
        public int Count
        {
            get
            {
                int count = 0;
                for (int i = 0; i < _segments.Count; i++)
                {
                    int first = _segments.First(i) > _acknowledged ? _segments.First(i) : _acknowledged + 1;
                    count += _segments.End(i) > first ? _segments.End(i) - first : 0;
                }

                return count;
            }
        }

        /// <summary>Finds out what flash holds. To be called once, before anything else. Any content of any file is survived.</summary>
        /// <remarks>
        /// Cost: one listing, the length of each segment, two small reads; no record is read. Where one of them fails nothing is written or deleted, for
        /// records would be lost and numbers given twice: each <see cref="Append"/> and <see cref="TryRead"/> tries it again.
        /// </remarks>
        public void Open()
        {
            bool hasCursor = _cursor.TryRead(_cursorBytes);
            _isOpen = !_cursor.HasFailed && _segments.TryLoad();
            if (!_isOpen)
            {
                return;
            }

            _acknowledged = 0;
            DroppedCount = 0;
            if (hasCursor)
            {
                int stored = ByteOrder.GetInt32(_cursorBytes, 0);
                _acknowledged = stored > 0 && stored <= JournalFormat.NumberMax ? stored : 0;
                DroppedCount = ByteOrder.GetInt32(_cursorBytes, 4) & 0x7FFFFFFF;
            }

            if (_segments.Count > 0 && _segments.First(0) > _acknowledged + 1)
            {
                // The oldest segments went before their going could be noted.
                Drop(_segments.First(0) - 1);
            }

            _next = _acknowledged + 1;
            int last = _segments.Count - 1;
            if (last >= 0 && _segments.End(last) >= _next)
            {
                _next = _segments.End(last);
            }
            else if (last >= 0)
            {
                // Numbers up to the stored one were given: go on after them, in a segment of their own.
                _segments.SealTail();
            }

            DeleteAcknowledged();
        }

        /// <summary>Stores encoded records, oldest first. Their numbers and checksums are written into the array.</summary>
        /// <param name="records">Records of <see cref="JournalFormat.RecordSizeBytes"/> each, from index 0 on.</param>
        /// <param name="count">How many.</param>
        /// <param name="stored">How many of them need not be kept any longer: all with Ok, the first of them otherwise.</param>
        /// <remarks>The oldest segment goes where the drive is full, and where an append fails twice in a row: the platform does not always say why.</remarks>
        public FileStatus Append(byte[] records, int count, out int stored)
        {
            stored = 0;
            if (!_isOpen)
            {
                Open();
            }

            bool hasMadeRoom = false;
            int failures = 0;
            while (_isOpen && stored < count)
            {
                FileStatus status = _segments.TailRoom > 0 ? FileStatus.Ok : BeginSegment();
                if (status == FileStatus.Ok)
                {
                    status = AppendToTail(records, count, ref stored);
                }

                if (status == FileStatus.Ok)
                {
                    _hasMadeRoomInVain = false;
                    continue;
                }

                failures += status == FileStatus.Failed ? 1 : 0;
                if (status == FileStatus.Failed && failures == 1 && stored < count)
                {
                    continue;
                }

                bool isForRoom = status == FileStatus.Full || !_hasMadeRoomInVain;
                if (!isForRoom || hasMadeRoom || stored == count || _segments.Count <= 1)
                {
                    return status;
                }

                hasMadeRoom = true;
                _hasMadeRoomInVain = status == FileStatus.Failed;
                status = DropOldest();
                if (status != FileStatus.Ok)
                {
                    return status;
                }
            }

            return _isOpen ? FileStatus.Ok : FileStatus.Failed;
        }

        /// <summary>Reads the first record at or after a number that can be read and is not acknowledged.</summary>
        /// <param name="from">Number to begin with.</param>
        /// <param name="into">Written only with Record.</param>
        /// <param name="next">Where to go on: after the record, or after the end. With Failed: the same again.</param>
        public JournalReadStatus TryRead(int from, JournalRecord into, out int next)
        {
            if (!_isOpen)
            {
                Open();
            }

            if (!_isOpen)
            {
                next = from;
                return JournalReadStatus.Failed;
            }

            return _reader.TryRead(from > _acknowledged ? from : _acknowledged + 1, _next, into, out next);
        }

        /// <summary>Notes that everything up to a number is delivered, and deletes the segments that are not needed any more.</summary>
        /// <remarks>Flash is touched only where a segment can go: then the number is stored first, and deletion waits until that succeeded.</remarks>
        public FileStatus Acknowledge(int upTo)
        {
            if (upTo >= _next)
            {
                upTo = _next - 1;
            }

            if (upTo > _acknowledged)
            {
                _acknowledged = upTo;
            }

            if (_segments.Count == 0 || _segments.End(0) - 1 > _acknowledged)
            {
                return FileStatus.Ok;
            }

            FileStatus status = _isOpen ? StoreCursor() : FileStatus.Failed;
            return status == FileStatus.Ok ? DeleteAcknowledged() : status;
        }

        private FileStatus AppendToTail(byte[] records, int count, ref int stored)
        {
            int size = JournalFormat.RecordSizeBytes;
            int batch = count - stored < _segments.TailRoom ? count - stored : _segments.TailRoom;
            for (int i = 0; i < batch; i++)
            {
                JournalFormat.Seal(records, (stored + i) * size, _next + i);
            }

            FlashWriteCount++;
            FileStatus status = _files.Append(_segments.TailName, records, stored * size, batch * size);
            if (status == FileStatus.Ok)
            {
                _segments.GrowTail(batch);
                stored += batch;
            }
            else
            {
                // Part of it may stand there. What can be read is stored; to write it again would make it come twice.
                int before = _next;
                if (!_segments.TryMeasureTail())
                {
                    _isOpen = false;
                    return status;
                }

                stored += _reader.CountStored(before, _segments.End(_segments.Count - 1));
            }

            _next = _segments.End(_segments.Count - 1);
            return status;
        }

        /// <summary>Segments of one block that the journal may have: what the application slots leave of the blocks they share; all of 72 h where both hold ordinary applications.</summary>
        public static int SegmentsAllowed(IFileStore files)
        {
            int blocks = FlashBudget.SharedBlocks - BlocksOf(files.Length(FlashBudget.ApplicationFile + "0")) - BlocksOf(files.Length(FlashBudget.ApplicationFile + "1"));
            return blocks < JournalFormat.SegmentCountMax ? blocks : JournalFormat.SegmentCountMax;
        }

        private static int BlocksOf(int length)
        {
            return length > 0 ? (length + FlashBudget.BlockSizeBytes - 1) / FlashBudget.BlockSizeBytes : 0;
        }

        private FileStatus BeginSegment()
        {
            if (_next > JournalFormat.NumberMax)
            {
                return FileStatus.Full;
            }

            FileStatus status = FileStatus.Ok;
            int most = SegmentsAllowed(_files);
            while ((_segments.IsFull || _segments.Count >= most) && status == FileStatus.Ok)
            {
                status = DropOldest();
            }

            if (status == FileStatus.Ok)
            {
                _segments.Add(_next);
            }

            return status;
        }

        private FileStatus DropOldest()
        {
            int end = _segments.End(0);
            if (end - 1 > _acknowledged)
            {
                Drop(end - 1);

                // Should this fail, the gap before the next segment tells the same at the next start.
                StoreCursor();
            }

            FlashWriteCount++;
            return _segments.DeleteOldest();
        }

        /// <summary>Gives up everything up to a number. The count stays at its largest value: what flash holds may be anything.</summary>
        private void Drop(int upTo)
        {
            int count = upTo - _acknowledged;
            DroppedCount = DroppedCount > int.MaxValue - count ? int.MaxValue : DroppedCount + count;
            _acknowledged = upTo;
        }

        private FileStatus DeleteAcknowledged()
        {
            FileStatus status = FileStatus.Ok;
            while (status == FileStatus.Ok && _segments.Count > 0 && _segments.End(0) - 1 <= _acknowledged)
            {
                FlashWriteCount++;
                status = _segments.DeleteOldest();
            }

            return status;
        }

        private FileStatus StoreCursor()
        {
            FlashWriteCount++;
            ByteOrder.PutInt32(_cursorBytes, 0, _acknowledged);
            ByteOrder.PutInt32(_cursorBytes, 4, DroppedCount);
            return _cursor.Write(_cursorBytes);
        }
    }
}
