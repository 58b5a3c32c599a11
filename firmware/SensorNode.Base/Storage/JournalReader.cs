using SensorNode.Contracts;

namespace SensorNode.Storage
{
    /// <summary>Reads records of the segments, several with one file access, and passes over what is damaged.</summary>
    /// <remarks>
    /// Failures: a read that fails says nothing about what stands there, so it is tried again. A segment, which is one block, is given up after 40 tries in a row
    ///           (10 s at one in 250 ms) in which the segment beside it could be read, or 2,400 (10 min) in which it could not or there is none.
    /// </remarks>
    internal sealed class JournalReader
    {
        private const int BufferRecordCount = 8;
        private const int FailuresMax = 2400;
        private const int FailureAlone = 60;

        private readonly IFileStore _files;
        private readonly JournalSegments _segments;
        private readonly byte[] _buffer = new byte[BufferRecordCount * JournalFormat.RecordSizeBytes];
        private int _bufferFirst;
        private int _bufferCount;
        private int _failures;
        private int _countedUpTo;
        private int _nameOf;
        private string _name;

        internal JournalReader(IFileStore files, JournalSegments segments)
        {
            _files = files;
            _segments = segments;
        }

        /// <summary>Slots found damaged; each is counted once, as long as numbers are read upwards.</summary>
        internal int DamagedCount { get; private set; }

        /// <summary>Reads the first valid record from a number on, before an end.</summary>
        internal JournalReadStatus TryRead(int from, int end, JournalRecord into, out int next)
        {
            next = from;
            while (next < end)
            {
                int segment = _segments.IndexOf(next);
                if (segment < 0 || next >= _segments.End(segment))
                {
                    next = segment + 1 < _segments.Count ? _segments.First(segment + 1) : end;
                    continue;
                }

                if (Load(segment, next) != FileStatus.Ok)
                {
                    _failures += CanReadBeside(segment) ? FailureAlone : 1;
                    if (_failures < FailuresMax)
                    {
                        return JournalReadStatus.Failed;
                    }

                    _failures = 0;
                    CountDamaged(next, _segments.End(segment) - 1);
                    next = _segments.End(segment);
                    continue;
                }

                _failures = 0;
                int number = next;
                next++;
                int offset = (number - _bufferFirst) * JournalFormat.RecordSizeBytes;
                if (number < _bufferFirst + _bufferCount && JournalFormat.IsValid(_buffer, offset, number))
                {
                    JournalFormat.Decode(_buffer, offset, number, into);
                    return JournalReadStatus.Record;
                }

                CountDamaged(number, number);
            }

            return JournalReadStatus.End;
        }

        /// <summary>After an append that failed: how many of the batch stand in flash, up to the last that can be read.</summary>
        /// <remarks>One that cannot be read before one that can is lost: to write it again would put it behind its successor.</remarks>
        internal int CountStored(int first, int end)
        {
            int stored = 0;
            _bufferCount = 0;
            for (int number = first; number < end; number++)
            {
                int offset = (number - _bufferFirst) * JournalFormat.RecordSizeBytes;
                if (number >= _bufferFirst + _bufferCount)
                {
                    if (Load(_segments.Count - 1, number) != FileStatus.Ok)
                    {
                        break;
                    }

                    offset = 0;
                }

                if (_bufferCount > 0 && JournalFormat.IsValid(_buffer, offset, number))
                {
                    stored = number - first + 1;
                }
            }

            _bufferCount = 0;
            return stored;
        }

        /// <summary>Sees to it that a slot is in the buffer; a slot beyond the end of the file is not, with Ok.</summary>
        private FileStatus Load(int segment, int number)
        {
            if (number >= _bufferFirst && number < _bufferFirst + _bufferCount)
            {
                return FileStatus.Ok;
            }

            int first = _segments.First(segment);
            if (_name == null || _nameOf != first)
            {
                _nameOf = first;
                _name = JournalFormat.SegmentName(first);
            }

            int rest = _segments.End(segment) - number;
            int wanted = rest < BufferRecordCount ? rest : BufferRecordCount;
            _bufferFirst = number;
            _bufferCount = 0;
            FileStatus status = _files.Read(_name, (number - first) * JournalFormat.RecordSizeBytes, _buffer, 0, wanted * JournalFormat.RecordSizeBytes, out int read);
            _bufferCount = status == FileStatus.Ok ? read / JournalFormat.RecordSizeBytes : 0;
            return status;
        }

        /// <summary>True where the next segment, or the one before the last, can be read: then it is not the drive, nor the heap, that fails.</summary>
        private bool CanReadBeside(int segment)
        {
            int beside = segment + 1 < _segments.Count ? segment + 1 : segment - 1;
            return beside >= 0 && _files.Read(JournalFormat.SegmentName(_segments.First(beside)), 0, _buffer, 0, 1, out int _) == FileStatus.Ok;
        }

        private void CountDamaged(int first, int last)
        {
            first = first > _countedUpTo ? first : _countedUpTo + 1;
            if (last >= first)
            {
                _countedUpTo = last;
                DamagedCount += last - first + 1;
            }
        }
    }
}
