using System;
using System.IO;
using SensorNode.Contracts;

namespace SensorNode.Esp32
{
    /// <summary>Files in the board's LittleFS, drive I:\.</summary>
    /// <remarks>
    /// Durability: LittleFS makes data durable at close, so every call closes before it returns.
    /// Errors:     the platform throws, most of the time an IOException; every exception of a file call becomes a status here.
    /// Missing:    File.Exists also says false where the drive or the heap fails. What a listing named is not believed to be gone: see JournalSegments.
    /// Full drive: may stay unsaid. The platform drops the result of its flush, and LittleFS closes a file that failed as if all were well and leaves the
    ///             old content. So what was written is looked at: its length, and its bytes where the file had that length before.
    /// </remarks>
    public sealed class FlashFiles : IFileStore
    {
        private const string Root = "I:\\";
        private const int CompareBytes = 64;

        private readonly object _lock = new object();

        /// <inheritdoc/>
        public int Length(string name)
        {
            lock (_lock)
            {
                try
                {
                    return File.Exists(Root + name) ? (int)new FileInfo(Root + name).Length : -1;
                }
                catch (Exception)
                {
                    return -2;
                }
            }
        }

        /// <inheritdoc/>
        public FileStatus Read(string name, int fileOffset, byte[] buffer, int offset, int count, out int read)
        {
            read = 0;
            lock (_lock)
            {
                try
                {
                    if (!File.Exists(Root + name))
                    {
                        return FileStatus.NotFound;
                    }

                    using (FileStream stream = new FileStream(Root + name, FileMode.Open, FileAccess.Read))
                    {
                        stream.Seek(fileOffset, SeekOrigin.Begin);
                        while (read < count)
                        {
                            int got = stream.Read(buffer, offset + read, count - read);
                            if (got <= 0)
                            {
                                break;
                            }

                            read += got;
                        }
                    }

                    return FileStatus.Ok;
                }
                catch (Exception)
                {
                    return FileStatus.Failed;
                }
            }
        }

        /// <inheritdoc/>
        public FileStatus Write(string name, byte[] buffer, int offset, int count)
        {
            return Store(name, FileMode.Create, buffer, offset, count);
        }

        /// <inheritdoc/>
        public FileStatus Append(string name, byte[] buffer, int offset, int count)
        {
            return Store(name, FileMode.Append, buffer, offset, count);
        }

        /// <inheritdoc/>
        public FileStatus Delete(string name)
        {
            lock (_lock)
            {
                try
                {
                    if (File.Exists(Root + name))
                    {
                        File.Delete(Root + name);
                    }

                    return FileStatus.Ok;
                }
                catch (Exception)
                {
                    return FileStatus.Failed;
                }
            }
        }

        /// <inheritdoc/>
        public FileStatus Move(string from, string to)
        {
            lock (_lock)
            {
                try
                {
                    if (!File.Exists(Root + from))
                    {
                        return FileStatus.NotFound;
                    }

                    File.Move(Root + from, Root + to);
                    return FileStatus.Ok;
                }
                catch (Exception)
                {
                    return FileStatus.Failed;
                }
            }
        }

        /// <inheritdoc/>
        public string[] List()
        {
            lock (_lock)
            {
                try
                {
                    string[] paths = Directory.GetFiles(Root);
                    for (int i = 0; i < paths.Length; i++)
                    {
                        paths[i] = paths[i].Substring(paths[i].LastIndexOf('\\') + 1);
                    }

                    return paths;
                }
                catch (Exception)
                {
                    return null;
                }
            }
        }

        private FileStatus Store(string name, FileMode mode, byte[] buffer, int offset, int count)
        {
            string path = Root + name;
            lock (_lock)
            {
                try
                {
                    long before = File.Exists(path) ? new FileInfo(path).Length : 0;
                    using (FileStream stream = new FileStream(path, mode, FileAccess.Write))
                    {
                        stream.Write(buffer, offset, count);
                    }

                    long length = new FileInfo(path).Length;
                    if (mode == FileMode.Append)
                    {
                        return length == before + count ? FileStatus.Ok : FileStatus.Full;
                    }

                    return length == count && (length != before || Holds(path, buffer, offset, count)) ? FileStatus.Ok : FileStatus.Full;
                }
                catch (Exception)
                {
                    return FileStatus.Failed;
                }
            }
        }

        /// <summary>True where the file begins with these bytes.</summary>
        private static bool Holds(string path, byte[] buffer, int offset, int count)
        {
            byte[] bytes = new byte[CompareBytes];
            using (FileStream stream = new FileStream(path, FileMode.Open, FileAccess.Read))
            {
                for (int done = 0; done < count;)
                {
                    int got = stream.Read(bytes, 0, count - done < CompareBytes ? count - done : CompareBytes);
                    if (got <= 0)
                    {
                        return false;
                    }

                    for (int i = 0; i < got; i++)
                    {
                        if (bytes[i] != buffer[offset + done + i])
                        {
                            return false;
                        }
                    }

                    done += got;
                }
            }

            return true;
        }
    }
}
