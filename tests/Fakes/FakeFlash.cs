using System;
using SensorNode.Contracts;

namespace SensorNode.Fakes
{
    /// <summary>Flash files in memory, with power cuts and failures at any operation and a limited number of blocks.</summary>
    /// <remarks>
    /// Operations: Write is three (create, write, close), Append three if the file is new and two otherwise, Delete and Move one each.
    ///             They are counted from 1; reads are not operations.
    /// Power cut:  <see cref="CutAt"/> ends that operation with <see cref="PowerCutException"/>; what it leaves is <see cref="Tear"/>. Until
    ///             <see cref="PowerOn"/> every call throws.
    /// Stricter than LittleFS: a write that was not closed may leave a torn or wrong file where LittleFS leaves the old one; every file takes a
    ///             block, however small; every write needs free blocks for the whole copy; a bad name, a range outside the array or a read of a negative
    ///             offset throws.
    /// Wear:       <see cref="DataErases"/> and <see cref="MetadataCommits"/> count as LittleFS would with 4 KB blocks and files of up to 512 bytes kept in
    ///             the directory: an append copies the last block, a block is erased before it is written.
    /// </remarks>
    public sealed class FakeFlash : IFileStore
    {
        /// <summary>Size of an erase block.</summary>
        public const int BlockSizeBytes = 4096;

        /// <summary>Files up to this size lie in their directory on LittleFS.</summary>
        public const int InlineSizeBytesMax = 512;

        private readonly int _blockCount;
        private readonly FlashFileTable _files = new FlashFileTable();
        private bool _isOff;

        /// <param name="blockCount">Blocks of 4 KB.</param>
        public FakeFlash(int blockCount)
        {
            _blockCount = blockCount;
        }

        /// <summary>Operation at which power fails, counted from 1; 0 for never.</summary>
        public int CutAt;

        /// <summary>Operation that fails, counted from 1; 0 for none. What it leaves is <see cref="Tear"/>.</summary>
        public int FailAt;

        /// <summary>What the cut or failed operation leaves.</summary>
        public FlashTear Tear;

        /// <summary>How much a torn write leaves; no more than it had to write.</summary>
        public int TearBytes = 7;

        /// <summary>So many of the next writes and appends fail, and leave what stood before.</summary>
        public int FailingStores;

        /// <summary>True makes every read fail, listings and lengths among them.</summary>
        public bool FailsReads;

        /// <summary>Reads of this file fail, as on a bad block; null for none.</summary>
        public string FailsReadsOf;

        /// <summary>The next length asked for of this file is <see cref="FailedLength"/>; null for none.</summary>
        public string FailsLengthOf;

        /// <summary>What a length that fails says: -2, or -1 as the platform may.</summary>
        public int FailedLength = -2;

        /// <summary>Operations so far.</summary>
        public int OperationCount;

        /// <summary>Reads so far.</summary>
        public int ReadCount;

        /// <summary>Blocks erased for file contents.</summary>
        public int DataErases;

        /// <summary>Changes of a directory.</summary>
        public int MetadataCommits;

        /// <summary>Most blocks in use so far, copies being made included.</summary>
        public int UsedBlocksMax;

        /// <summary>Number of files.</summary>
        public int FileCount
        {
            get { return _files.Count; }
        }

        /// <summary>Blocks in use.</summary>
        public int UsedBlocks
        {
            get
            {
                int used = 0;
                for (int i = 0; i < _files.Count; i++)
                {
                    used += BlocksOf(_files.Content(i).Length);
                }

                return used;
            }
        }

        /// <summary>Ends a power cut. Cut and failure are disarmed.</summary>
        public void PowerOn()
        {
            _isOff = false;
            CutAt = 0;
            FailAt = 0;
        }

        /// <summary>Puts a file there without an operation, or takes it away where content is null.</summary>
        public void Plant(string name, byte[] content)
        {
            if (content == null)
            {
                _files.RemoveAt(_files.IndexOf(name));
            }
            else
            {
                _files.Put(name, content);
            }
        }

        /// <summary>A file's content, the array itself, or null.</summary>
        public byte[] Content(string name)
        {
            int index = _files.IndexOf(name);
            return index < 0 ? null : _files.Content(index);
        }

        /// <summary>A flash with the same files and nothing armed.</summary>
        public FakeFlash Copy()
        {
            FakeFlash copy = new FakeFlash(_blockCount);
            for (int i = 0; i < _files.Count; i++)
            {
                copy.Plant(_files.Name(i), (byte[])_files.Content(i).Clone());
            }

            return copy;
        }

        /// <inheritdoc/>
        public int Length(string name)
        {
            CheckCall(name);
            if (FailsReads)
            {
                return -2;
            }

            if (name == FailsLengthOf)
            {
                FailsLengthOf = null;
                return FailedLength;
            }

            int index = _files.IndexOf(name);
            return index < 0 ? -1 : _files.Content(index).Length;
        }

        /// <inheritdoc/>
        public FileStatus Read(string name, int fileOffset, byte[] buffer, int offset, int count, out int read)
        {
            CheckCall(name);
            CheckRange(buffer, offset, count);
            if (fileOffset < 0)
            {
                throw new ArgumentException("Read before the start of a file.");
            }

            read = 0;
            ReadCount++;
            int index = _files.IndexOf(name);
            if (index < 0)
            {
                return FileStatus.NotFound;
            }

            if (FailsReads || name == FailsReadsOf)
            {
                return FileStatus.Failed;
            }

            int rest = _files.Content(index).Length - fileOffset;
            read = rest < 0 ? 0 : rest < count ? rest : count;
            Array.Copy(_files.Content(index), read == 0 ? 0 : fileOffset, buffer, offset, read);
            return FileStatus.Ok;
        }

        /// <inheritdoc/>
        public FileStatus Write(string name, byte[] buffer, int offset, int count)
        {
            CheckCall(name);
            CheckRange(buffer, offset, count);
            return Store(name, new byte[0], buffer, offset, count, 3);
        }

        /// <inheritdoc/>
        public FileStatus Append(string name, byte[] buffer, int offset, int count)
        {
            CheckCall(name);
            CheckRange(buffer, offset, count);
            int index = _files.IndexOf(name);
            return Store(name, index < 0 ? new byte[0] : _files.Content(index), buffer, offset, count, index < 0 ? 3 : 2);
        }

        /// <inheritdoc/>
        public FileStatus Delete(string name)
        {
            CheckCall(name);
            FileStatus status = Operate("delete of " + name, out bool isCut);
            if (status == FileStatus.Ok || Tear == FlashTear.Complete)
            {
                _files.RemoveAt(_files.IndexOf(name));
                MetadataCommits++;
            }

            ThrowIf(isCut, "delete of " + name);
            return status;
        }

        /// <inheritdoc/>
        public FileStatus Move(string from, string to)
        {
            CheckCall(from);
            CheckCall(to);
            int index = _files.IndexOf(from);
            if (index < 0)
            {
                return FileStatus.NotFound;
            }

            if (_files.IndexOf(to) >= 0)
            {
                return FileStatus.Failed;
            }

            FileStatus status = Operate("move of " + from, out bool isCut);
            if (status == FileStatus.Ok || Tear == FlashTear.Complete)
            {
                _files.Rename(index, to);
                MetadataCommits++;
            }

            ThrowIf(isCut, "move of " + from);
            return status;
        }

        /// <inheritdoc/>
        public string[] List()
        {
            CheckPower();
            return FailsReads ? null : _files.Names();
        }

        private static int BlocksOf(int sizeBytes)
        {
            return sizeBytes == 0 ? 1 : (sizeBytes + BlockSizeBytes - 1) / BlockSizeBytes;
        }

        private static void CheckRange(byte[] buffer, int offset, int count)
        {
            if (offset < 0 || count < 0 || offset + count > buffer.Length)
            {
                throw new ArgumentException(count.ToString() + " bytes at " + offset.ToString() + " of " + buffer.Length.ToString() + ".");
            }
        }

        private static void ThrowIf(bool isCut, string operation)
        {
            if (isCut)
            {
                throw new PowerCutException(operation);
            }
        }

        private FileStatus Store(string name, byte[] before, byte[] buffer, int offset, int count, int operations)
        {
            int unchangedBlocks = before.Length / BlockSizeBytes;
            int copiedBlocks = BlocksOf(before.Length + count) - unchangedBlocks;
            int used = UsedBlocks + copiedBlocks;
            if (used > _blockCount)
            {
                return FileStatus.Full;
            }

            if (FailingStores > 0)
            {
                FailingStores--;
                return FileStatus.Failed;
            }

            UsedBlocksMax = used > UsedBlocksMax ? used : UsedBlocksMax;
            FileStatus status = FileStatus.Ok;
            bool isCut = false;
            for (int i = 0; i < operations && status == FileStatus.Ok; i++)
            {
                status = Operate("write of " + name, out isCut);
            }

            if (status == FileStatus.Ok)
            {
                bool isInline = before.Length + count <= InlineSizeBytesMax;
                DataErases += isInline ? 0 : copiedBlocks;
                MetadataCommits += operations - 1;
                Plant(name, Joined(before, buffer, offset, count));
            }
            else if (Tear != FlashTear.Old)
            {
                Plant(name, Torn(before, buffer, offset, count));
            }

            ThrowIf(isCut, "write of " + name);
            return status;
        }

        private byte[] Torn(byte[] before, byte[] buffer, int offset, int count)
        {
            int torn = TearBytes < count ? TearBytes : count;
            switch (Tear)
            {
                case FlashTear.Empty: return before;
                case FlashTear.Prefix: return Joined(before, buffer, offset, torn);
                case FlashTear.Complete: return Joined(before, buffer, offset, count);
                default:
                    byte[] content = Joined(before, buffer, offset, torn);
                    for (int i = before.Length; i < content.Length; i++)
                    {
                        content[i] ^= 0x5A;
                    }

                    return content;
            }
        }

        private static byte[] Joined(byte[] before, byte[] buffer, int offset, int count)
        {
            byte[] content = new byte[before.Length + count];
            Array.Copy(before, 0, content, 0, before.Length);
            Array.Copy(buffer, offset, content, before.Length, count);
            return content;
        }

        private FileStatus Operate(string operation, out bool isCut)
        {
            OperationCount++;
            isCut = OperationCount == CutAt;
            _isOff = isCut;
            return isCut || OperationCount == FailAt ? FileStatus.Failed : FileStatus.Ok;
        }

        private void CheckPower()
        {
            if (_isOff)
            {
                throw new PowerCutException("a call without power");
            }
        }

        private void CheckCall(string name)
        {
            CheckPower();
            bool isGood = name.Length >= 1 && name.Length <= 31;
            for (int i = 0; i < name.Length && isGood; i++)
            {
                char c = name[i];
                isGood = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
            }

            if (!isGood)
            {
                throw new ArgumentException("'" + name + "' is no file name.");
            }
        }
    }
}
