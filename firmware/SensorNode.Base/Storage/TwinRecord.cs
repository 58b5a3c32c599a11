using System;
using SensorNode.Contracts;

namespace SensorNode.Storage
{
    /// <summary>One small record kept twice, so that a power cut at any moment leaves the old one or the new one.</summary>
    /// <remarks>
    /// Files:   name + ".a" and name + ".b", each: int32 sequence number, payload, int32 CRC-32 of what precedes. Little-endian.
    /// Writing: replaces the older file. The newer one, untouched, is what counts until the write is complete.
    /// Errors:  a torn or damaged file does not fit its checksum and is passed over; with both damaged there is no record.
    /// Cost:    one whole-file write each time, a directory commit; no block, for files of up to 512 bytes lie in the directory. The buffer is made anew each time: records are many, writes are rare.
    /// </remarks>
    public sealed class TwinRecord
    {
        private const int OverheadBytes = 8;

        private readonly IFileStore _files;
        private readonly string _name;
        private readonly int _sizeBytes;
        private int _sequence;
        private bool _newestIsA;

        /// <param name="files">Flash.</param>
        /// <param name="name">Up to 29 characters.</param>
        /// <param name="payloadSizeBytes">Size of every record of this name. Another size on flash counts as damaged.</param>
        public TwinRecord(IFileStore files, string name, int payloadSizeBytes)
        {
            _files = files;
            _name = name;
            _sizeBytes = payloadSizeBytes + OverheadBytes;
        }

        /// <summary>True where the last <see cref="TryRead"/> failed to read a file: it may hold a newer record than what was found.</summary>
        public bool HasFailed { get; private set; }

        /// <summary>Reads the newest valid record.</summary>
        /// <param name="payload">byte[payloadSizeBytes], written only if the result is true.</param>
        /// <returns>False where there is none.</returns>
        public bool TryRead(byte[] payload)
        {
            byte[] buffer = new byte[_sizeBytes];
            HasFailed = false;
            bool hasA = TryLoad(".a", buffer, out int sequenceA);
            if (hasA)
            {
                Array.Copy(buffer, 4, payload, 0, payload.Length);
            }

            bool hasB = TryLoad(".b", buffer, out int sequenceB);

            // The difference, not the numbers, decides, so that the sequence may wrap.
            _newestIsA = hasA && (!hasB || sequenceA - sequenceB > 0);
            if (hasB && !_newestIsA)
            {
                Array.Copy(buffer, 4, payload, 0, payload.Length);
            }

            _sequence = _newestIsA ? sequenceA : hasB ? sequenceB : 0;
            return hasA || hasB;
        }

        /// <summary>Writes a new record. Call <see cref="TryRead"/> once before the first write.</summary>
        public FileStatus Write(byte[] payload)
        {
            int size = payload.Length;
            byte[] buffer = new byte[_sizeBytes];
            ByteOrder.PutInt32(buffer, 0, _sequence + 1);
            Array.Copy(payload, 0, buffer, 4, size);
            ByteOrder.PutInt32(buffer, 4 + size, Crc32.Compute(buffer, 0, 4 + size));
            FileStatus status = _files.Write(_name + (_newestIsA ? ".b" : ".a"), buffer, 0, buffer.Length);
            if (status == FileStatus.Ok)
            {
                _sequence++;
                _newestIsA = !_newestIsA;
            }

            return status;
        }

        private bool TryLoad(string suffix, byte[] buffer, out int sequence)
        {
            sequence = 0;
            string name = _name + suffix;
            int length = _files.Length(name);
            if (length != buffer.Length)
            {
                HasFailed |= length < -1;
                return false;
            }

            FileStatus status = _files.Read(name, 0, buffer, 0, buffer.Length, out int read);
            HasFailed |= status != FileStatus.Ok;
            int end = buffer.Length - 4;
            if (status != FileStatus.Ok || read != buffer.Length || Crc32.Compute(buffer, 0, end) != ByteOrder.GetInt32(buffer, end))
            {
                return false;
            }

            sequence = ByteOrder.GetInt32(buffer, 0);
            return true;
        }
    }
}
