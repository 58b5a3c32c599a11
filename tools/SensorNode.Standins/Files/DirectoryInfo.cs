namespace System.IO
{
    /// <summary>What one knows about a directory.</summary>
    public sealed class DirectoryInfo : FileSystemInfo
    {
        public DirectoryInfo(string path)
            : base(path)
        {
        }

        public override string Name => Path.GetFileName(FullName);

        public override bool Exists => Directory.Exists(FullName);

        public DirectoryInfo Root => new(Path.GetPathRoot(FullName));

        public DirectoryInfo Parent => Path.GetDirectoryName(FullName) is { } parent ? new DirectoryInfo(parent) : null;

        public void Create() => Directory.CreateDirectory(FullName);

        public DirectoryInfo CreateSubdirectory(string path) => Directory.CreateDirectory(Path.Combine(FullName, path));

        public FileInfo[] GetFiles() => Array.ConvertAll(Directory.GetFiles(FullName), path => new FileInfo(path));

        public DirectoryInfo[] GetDirectories() => Array.ConvertAll(Directory.GetDirectories(FullName), path => new DirectoryInfo(path));

        public void MoveTo(string destDirName) => Directory.Move(FullName, destDirName);

        public override void Delete() => Directory.Delete(FullName);

        public void Delete(bool recursive) => Directory.Delete(FullName, recursive);

        protected override void HandleRefreshError() => throw new IOException(FullName, (int)IOException.IOExceptionErrorCode.DirectoryNotFound);

        public override string ToString() => FullName;
    }
}
