namespace System.IO
{
    /// <summary>Base of what one knows about a file or a directory.</summary>
    public abstract class FileSystemInfo : MarshalByRefObject
    {
        private readonly string _fullPath;

        protected FileSystemInfo()
        {
        }

        private protected FileSystemInfo(string path) => _fullPath = Path.GetFullPath(path);

        public FileAttributes Attributes => File.GetAttributes(FullName);

        public virtual string FullName => _fullPath;

        public string Extension => Path.GetExtension(FullName);

        public abstract bool Exists { get; }

        public abstract string Name { get; }

        public abstract void Delete();

        public virtual void Refresh()
        {
        }

        protected abstract void HandleRefreshError();

        public override string ToString() => FullName;
    }
}
