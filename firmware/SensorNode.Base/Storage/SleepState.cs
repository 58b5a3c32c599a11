using SensorNode.Contracts;

namespace SensorNode.Storage
{
    /// <summary>What a node carries through a deep sleep, as a row of numbers. Everybody takes his back in the order in which he put them.</summary>
    /// <remarks>
    /// File:    CRC-32 of all behind it, then the numbers; 508 bytes, which lie in the directory and take no block. One is enough: a sleep follows only a write that
    ///          succeeded, and a start after a power cut in the middle of one is none that the timer made.
    /// Belief:  only a start that the timer made reads it, and the sleep before has written it; the program's word says whether the same program wakes that fell asleep.
    /// Errors:  what was never put reads as 0. Putting more than there is room for throws: a mistake of ours, found by the first sleep.
    /// Memory:  1 KB while it is written or read.
    /// </remarks>
    public sealed class SleepState
    {
        private const string Name = "sleep";
        private const int SizeBytes = 508;
        private const int HeaderBytes = 17;

        private readonly IFileStore _files;
        private byte[] _bytes;
        private int _at;

        public SleepState(IFileStore files)
        {
            _files = files;
        }

        /// <summary>Set by an owner that holds what cannot be kept: the node then sleeps lightly.</summary>
        public bool IsRefused;

        /// <summary>Time since boot at which the node meant to wake.</summary>
        public long WakeTickMs
        {
            get { return ByteOrder.GetInt64(_bytes, 8); }
        }

        /// <summary>Why the node started before it slept: a wake is no start of its own.</summary>
        public RestartReason RestartReason
        {
            get { return _bytes[16] <= (int)RestartReason.Age ? (RestartReason)_bytes[16] : RestartReason.PowerOn; }
        }

        /// <summary>Reads what was written last.</summary>
        /// <returns>False where there is nothing valid.</returns>
        public bool TryOpen()
        {
            byte[] bytes = new byte[SizeBytes];
            bool isThere = _files.Read(Name, 0, bytes, 0, SizeBytes, out int read) == FileStatus.Ok && read == SizeBytes && Crc32.Compute(bytes, 4, SizeBytes - 4) == ByteOrder.GetInt32(bytes, 0);
            _bytes = isThere ? bytes : null;
            _at = HeaderBytes;
            return isThere;
        }

        /// <summary>True where it is open and was written by a program of this word.</summary>
        public bool IsOf(int program)
        {
            return _bytes != null && ByteOrder.GetInt32(_bytes, 4) == program;
        }

        /// <summary>Begins anew.</summary>
        /// <param name="program">Any number that changes with the program.</param>
        /// <param name="wakeTickMs">Time since boot of the end of the sleep.</param>
        /// <param name="reason">Of the last start that was none of a wake.</param>
        public void Begin(int program, long wakeTickMs, RestartReason reason)
        {
            _bytes = new byte[SizeBytes];
            ByteOrder.PutInt32(_bytes, 4, program);
            ByteOrder.PutInt64(_bytes, 8, wakeTickMs);
            _bytes[16] = (byte)reason;
            _at = HeaderBytes;
        }

        /// <summary>Writes it all.</summary>
        public FileStatus Store()
        {
            ByteOrder.PutInt32(_bytes, 0, Crc32.Compute(_bytes, 4, SizeBytes - 4));
            FileStatus status = _files.Write(Name, _bytes, 0, SizeBytes);
            Close();
            return status;
        }

        /// <summary>Gives the memory back.</summary>
        public void Close()
        {
            _bytes = null;
        }

        public void Put(int number)
        {
            ByteOrder.PutInt32(_bytes, _at, number);
            _at += 4;
        }

        public void PutShort(int number)
        {
            ByteOrder.PutInt16(_bytes, _at, number);
            _at += 2;
        }

        public void PutLong(long number)
        {
            ByteOrder.PutInt64(_bytes, _at, number);
            _at += 8;
        }

        public int Take()
        {
            _at += 4;
            return ByteOrder.GetInt32(_bytes, _at - 4);
        }

        /// <summary>Sign extended.</summary>
        public int TakeShort()
        {
            _at += 2;
            return ByteOrder.GetInt16(_bytes, _at - 2);
        }

        public long TakeLong()
        {
            _at += 8;
            return ByteOrder.GetInt64(_bytes, _at - 8);
        }
    }
}
