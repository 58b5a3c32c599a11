namespace System.IO
{
    /// <summary>What one knows about a file.</summary>
    public sealed class FileInfo : FileSystemInfo
    {
        public FileInfo(string fileName)
            : base(fileName)
        {
        }

        public override string Name => Path.GetFileName(FullName);

        public long Length
        {
            get
            {
                using FileStream stream = File.OpenRead(FullName);
                return stream.Length;
            }
        }

        public string DirectoryName => Path.GetDirectoryName(FullName);

        public DirectoryInfo Directory => new(DirectoryName);

        public override bool Exists => File.Exists(FullName);

        public FileStream Create() => File.Create(FullName);

        public override void Delete() => File.Delete(FullName);

        protected override void HandleRefreshError() => throw new IOException(FullName, (int)IOException.IOExceptionErrorCode.FileNotFound);

        public override string ToString() => FullName;
    }
}
