using System.IO;
using SensorNode.Contracts;

namespace SensorNode.Esp32
{
    /// <summary>Files in the board's LittleFS, drive I:\.</summary>
    /// <remarks>
    /// Durability: LittleFS makes data durable at close, so every call closes before it returns.
    /// Errors:     the platform throws; every exception of a file call becomes a status here.
    /// </remarks>
    public sealed class FlashFiles : IFileStore
    {
        private const string Root = "I:\\";

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
                catch (IOException)
                {
                    return -1;
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
                catch (IOException)
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
                catch (IOException)
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
                catch (IOException)
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
                string[] paths = Directory.GetFiles(Root);
                for (int i = 0; i < paths.Length; i++)
                {
                    paths[i] = paths[i].Substring(paths[i].LastIndexOf('\\') + 1);
                }

                return paths;
            }
        }

        private FileStatus Store(string name, FileMode mode, byte[] buffer, int offset, int count)
        {
            lock (_lock)
            {
                try
                {
                    using (FileStream stream = new FileStream(Root + name, mode, FileAccess.Write))
                    {
                        stream.Write(buffer, offset, count);
                    }

                    return FileStatus.Ok;
                }
                catch (IOException)
                {
                    return FileStatus.Failed;
                }
            }
        }
    }
}
