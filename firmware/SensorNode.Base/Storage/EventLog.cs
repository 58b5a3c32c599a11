using SensorNode.Contracts;

namespace SensorNode.Storage
{
    /// <summary>What somebody who looks into an incident asks for: starts, refused releases and logins, changed settings, factory resets. Survives restarts and power cuts.</summary>
    /// <remarks>
    /// Bounds:  two files of up to 31 records of 16 bytes, which lie in the directory and take no block; the older file goes when both are full, so the newest
    ///          31 events at least are there; fewer after a cut, until the file behind it is full. Bytes: firmware/docs/storage.md.
    /// Cuts:    an event is there whole or not at all. A torn record closes its file, and the next event takes the place of the older one.
    /// Repeats: what is the same as the newest event, settings excepted, and comes within an hour of it, a refusal within a day, is not written, so that a start
    ///          that fails again and again, or a release that is refused at each connection, pushes nothing else out.
    /// Threads: any; one lock. Memory: 500 bytes while it works.
    /// </remarks>
    public sealed class EventLog
    {
        /// <summary>Bytes of one record.</summary>
        public const int RecordBytes = 16;

        /// <summary>Records of one file.</summary>
        public const int RecordsMax = 31;

        /// <summary>Both files are named so, with ".a" or ".b".</summary>
        public const string Prefix = "events";

        private const int FileBytes = RecordBytes * RecordsMax;
        private const uint RepeatSeconds = 3600;
        private const uint RepeatRefusedSeconds = 86400;
        private const int IsFloorFlag = 0x80;

        private readonly IFileStore _files;
        private readonly IClock _clock;
        private readonly ClockFloor _floor;
        private int _newest;
        private int _newestSeconds;
        private int _newestWord;
        private bool _isInB;

        /// <param name="files">Flash. Any content of it is survived.</param>
        /// <param name="clock">Time of events.</param>
        /// <param name="floor">Time of events while the clock is not set: they are known to be later.</param>
        public EventLog(IFileStore files, IClock clock, ClockFloor floor)
        {
            _files = files;
            _clock = clock;
            _floor = floor;
            byte[] bytes = new byte[FileBytes];
            LoadNewest(false, bytes);
            LoadNewest(true, bytes);
        }

        /// <summary>Number of the newest event; 0 for none. Numbers go up by one and are never given twice.</summary>
        public int Newest
        {
            get { return _newest; }
        }

        /// <summary>Writes an event. What flash does not take is lost: nothing waits for it.</summary>
        /// <param name="kind">An <see cref="EventKind"/>.</param>
        /// <param name="detail">16 bits.</param>
        public void Add(int kind, int detail)
        {
            lock (this)
            {
                bool isSet = _clock.IsUtcSet;
                int seconds = (int)((isSet ? _clock.UtcMs : _floor.UtcMs) / 1000);
                int word = kind | (detail & 0xFFFF) << 8;
                bool isRepeat = _newest > 0 && (_newestWord & ~IsFloorFlag) == word && (uint)(seconds - _newestSeconds) < PauseSeconds(kind);
                if ((isRepeat && kind != EventKind.Settings) || _newest == int.MaxValue)
                {
                    // The last number can only come from a forged record; none may follow it.
                    return;
                }

                word |= isSet ? 0 : IsFloorFlag;
                byte[] record = new byte[RecordBytes];
                ByteOrder.PutInt32(record, 0, _newest + 1);
                ByteOrder.PutInt32(record, 4, seconds);
                ByteOrder.PutInt32(record, 8, word);
                ByteOrder.PutInt32(record, 12, Crc32.Compute(record, 0, 12));
                if (Store(record) == FileStatus.Ok)
                {
                    _newest++;
                    _newestSeconds = seconds;
                    _newestWord = word;
                }
            }
        }

        /// <summary>One event in words: number, time ("after" where the clock was not set), what. Null where it is not there (any more).</summary>
        public string Text(int number)
        {
            byte[] bytes = new byte[FileBytes];
            for (int file = 0; file < 2; file++)
            {
                int read = Read(file == 1, bytes);
                for (int at = 0; at + RecordBytes <= read; at += RecordBytes)
                {
                    if (IsValid(bytes, at) && ByteOrder.GetInt32(bytes, at) == number)
                    {
                        return EventText.Of(number, ByteOrder.GetInt32(bytes, at + 4), ByteOrder.GetInt32(bytes, at + 8), IsFloorFlag);
                    }
                }
            }

            return null;
        }

        private static uint PauseSeconds(int kind)
        {
            return kind == EventKind.Signature || kind == EventKind.Rollback || kind == EventKind.Refused ? RepeatRefusedSeconds : RepeatSeconds;
        }

        private static string NameOf(bool isB)
        {
            return isB ? Prefix + ".b" : Prefix + ".a";
        }

        private static bool IsValid(byte[] bytes, int at)
        {
            return ByteOrder.GetInt32(bytes, at) > 0 && Crc32.Compute(bytes, at, 12) == ByteOrder.GetInt32(bytes, at + 12);
        }

        /// <summary>Behind the newest, if its file has room and ends with a whole record; otherwise in place of the other file.</summary>
        private FileStatus Store(byte[] record)
        {
            int length = _files.Length(NameOf(_isInB));
            if (_newest > 0 && length >= RecordBytes && length < FileBytes && length % RecordBytes == 0)
            {
                return _files.Append(NameOf(_isInB), record, 0, RecordBytes);
            }

            FileStatus status = _files.Write(NameOf(!_isInB), record, 0, RecordBytes);
            _isInB ^= status == FileStatus.Ok;
            return status;
        }

        private int Read(bool isB, byte[] bytes)
        {
            return _files.Read(NameOf(isB), 0, bytes, 0, bytes.Length, out int read) == FileStatus.Ok ? read : 0;
        }

        private void LoadNewest(bool isB, byte[] bytes)
        {
            int read = Read(isB, bytes);
            for (int at = 0; at + RecordBytes <= read; at += RecordBytes)
            {
                if (IsValid(bytes, at) && ByteOrder.GetInt32(bytes, at) > _newest)
                {
                    _newest = ByteOrder.GetInt32(bytes, at);
                    _newestSeconds = ByteOrder.GetInt32(bytes, at + 4);
                    _newestWord = ByteOrder.GetInt32(bytes, at + 8);
                    _isInB = isB;
                }
            }
        }
    }
}
