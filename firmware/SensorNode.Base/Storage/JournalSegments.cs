using SensorNode.Contracts;

namespace SensorNode.Storage
{
    /// <summary>Which segment files there are: first record number and number of record slots of each, oldest first.</summary>
    /// <remarks>A slot is the place of one record; the number of its record is the segment's first number plus its index, whatever stands in it.</remarks>
    internal sealed class JournalSegments
    {
        private readonly IFileStore _files;
        private readonly int _slotCountMax;
        private readonly int[] _firsts;
        private readonly int[] _slots;
        private int _tailNameOf;
        private string _tailName;

        /// <param name="files">Flash.</param>
        /// <param name="slotCountMax">Slots in a full segment.</param>
        /// <param name="segmentCountMax">Most segments.</param>
        internal JournalSegments(IFileStore files, int slotCountMax, int segmentCountMax)
        {
            _files = files;
            _slotCountMax = slotCountMax;
            _firsts = new int[segmentCountMax];
            _slots = new int[segmentCountMax];
        }

        /// <summary>How many segments there are.</summary>
        internal int Count { get; private set; }

        /// <summary>True where nothing may be appended to the last segment: it is full, or its length is not that of whole records.</summary>
        internal bool IsTailSealed { get; private set; }

        internal bool IsFull
        {
            get { return Count == _firsts.Length; }
        }

        internal int First(int index)
        {
            return _firsts[index];
        }

        /// <summary>Number after the last slot of a segment; no more than the first of the next segment.</summary>
        internal int End(int index)
        {
            int end = _firsts[index] + _slots[index];
            return index + 1 < Count && end > _firsts[index + 1] ? _firsts[index + 1] : end;
        }

        /// <summary>Index of the last segment that begins at or before a number, or -1.</summary>
        internal int IndexOf(int number)
        {
            int index = Count - 1;
            while (index >= 0 && _firsts[index] > number)
            {
                index--;
            }

            return index;
        }

        /// <summary>Reads the directory. Where there are more segments than there may be, the oldest are deleted.</summary>
        /// <returns>False where it, or the length of a segment, could not be read: there is no segment then.</returns>
        internal bool TryLoad()
        {
            Count = 0;
            string[] names = _files.List();
            if (names == null)
            {
                return false;
            }

            for (int i = 0; i < names.Length; i++)
            {
                int first = JournalFormat.FirstNumberOf(names[i]);
                if (first > 0)
                {
                    Insert(first);
                }
            }

            for (int i = 0; i < Count; i++)
            {
                // The directory has just named it, so that no length is a failure, whatever the drive says.
                if (Measure(i) < 0)
                {
                    Count = 0;
                    return false;
                }
            }

            return true;
        }

        /// <summary>Begins an empty segment at the end. Its file comes with the first append.</summary>
        internal void Add(int first)
        {
            _firsts[Count] = first;
            _slots[Count] = 0;
            Count++;
            IsTailSealed = false;
        }

        /// <summary>Free slots of the last segment.</summary>
        internal int TailRoom
        {
            get { return Count == 0 || IsTailSealed ? 0 : _slotCountMax - _slots[Count - 1]; }
        }

        /// <summary>File name of the last segment.</summary>
        internal string TailName
        {
            get
            {
                if (_tailName == null || _tailNameOf != _firsts[Count - 1])
                {
                    _tailNameOf = _firsts[Count - 1];
                    _tailName = JournalFormat.SegmentName(_tailNameOf);
                }

                return _tailName;
            }
        }

        /// <summary>Notes that records were added to the last segment.</summary>
        internal void GrowTail(int slots)
        {
            _slots[Count - 1] += slots;
            IsTailSealed = _slots[Count - 1] >= _slotCountMax;
        }

        internal void SealTail()
        {
            IsTailSealed = true;
        }

        /// <summary>Looks again how long the last segment is, after an append that failed. A slot once given stays given.</summary>
        /// <returns>False where that could not be found out.</returns>
        internal bool TryMeasureTail()
        {
            int before = _slots[Count - 1];
            int length = Measure(Count - 1);
            if (_slots[Count - 1] < before)
            {
                _slots[Count - 1] = before;
                IsTailSealed = true;
            }

            return length >= -1;
        }

        /// <summary>Deletes the oldest segment.</summary>
        internal FileStatus DeleteOldest()
        {
            FileStatus status = _files.Delete(JournalFormat.SegmentName(_firsts[0]));
            if (status == FileStatus.Ok)
            {
                RemoveOldest();
            }

            return status;
        }

        private void RemoveOldest()
        {
            Count--;
            for (int i = 0; i < Count; i++)
            {
                _firsts[i] = _firsts[i + 1];
                _slots[i] = _slots[i + 1];
            }
        }

        private void Insert(int first)
        {
            if (IsFull)
            {
                if (first < _firsts[0])
                {
                    _files.Delete(JournalFormat.SegmentName(first));
                    return;
                }

                DeleteOldestAtLoad();
            }

            int at = Count;
            while (at > 0 && _firsts[at - 1] > first)
            {
                _firsts[at] = _firsts[at - 1];
                at--;
            }

            _firsts[at] = first;
            Count++;
        }

        private void DeleteOldestAtLoad()
        {
            _files.Delete(JournalFormat.SegmentName(_firsts[0]));
            RemoveOldest();
        }

        /// <summary>Finds out the slots of a segment by its length, which is returned.</summary>
        private int Measure(int index)
        {
            int length = _files.Length(JournalFormat.SegmentName(_firsts[index]));
            int slots = length < 0 ? 0 : (length + JournalFormat.RecordSizeBytes - 1) / JournalFormat.RecordSizeBytes;
            _slots[index] = slots > _slotCountMax ? _slotCountMax : slots;
            IsTailSealed = length > 0 && (length % JournalFormat.RecordSizeBytes != 0 || slots >= _slotCountMax);
            return length;
        }
    }
}
