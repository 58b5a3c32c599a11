using System.Text;
using SensorNode.Platform;
using SensorNode.Standins;

namespace System.IO
{
    /// <summary>Whole files at once.</summary>
    public static class File
    {
        public static StreamWriter AppendText(string path) => new(new FileStream(path, FileMode.Append));

        public static void AppendAllText(string path, string contents)
        {
            using FileStream stream = new(path, FileMode.Append);
            byte[] bytes = Encoding.UTF8.GetBytes(contents);
            stream.Write(bytes, 0, bytes.Length);
        }

        public static void Copy(string sourceFileName, string destFileName) => Copy(sourceFileName, destFileName, false);

        public static void Copy(string sourceFileName, string destFileName, bool overwrite)
        {
            using FileStream source = OpenRead(sourceFileName);
            using FileStream target = new(destFileName, overwrite ? FileMode.Create : FileMode.CreateNew);
            source.CopyTo(target);
        }

        public static FileStream Create(string path) => new(path, FileMode.Create);

        public static FileStream Create(string path, int bufferSize) => Create(path);

        /// <summary>Nothing happens where there is no such file.</summary>
        public static void Delete(string path)
        {
            string inside = Volume.Inside(path);
            Volume.Do(flash =>
            {
                if (flash.FileExists(inside))
                {
                    flash.Delete(inside);
                }
            });
        }

        public static bool Exists(string path)
        {
            string inside = Volume.Inside(path);
            return Volume.Do(flash => flash.FileExists(inside));
        }

        public static FileAttributes GetAttributes(string path)
        {
            string inside = Volume.Inside(path);
            return Volume.Do(flash => flash.FileExists(inside) ? FileAttributes.Normal
                : flash.DirectoryExists(inside) ? FileAttributes.Directory
                : throw new FlashException(FlashError.FileNotFound, inside));
        }

        /// <summary>Throws where the new name is taken.</summary>
        public static void Move(string sourceFileName, string destFileName)
        {
            string from = Volume.Inside(sourceFileName);
            string to = Volume.Inside(destFileName);
            Volume.Do(flash => flash.Move(from, to));
        }

        public static FileStream Open(string path, FileMode mode) => new(path, mode);

        public static FileStream Open(string path, FileMode mode, FileAccess access) => new(path, mode, access);

        public static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share) => new(path, mode, access, share);

        public static FileStream OpenRead(string path) => new(path, FileMode.Open, FileAccess.Read);

        public static StreamReader OpenText(string path) => new(OpenRead(path));

        public static FileStream OpenWrite(string path) => new(path, FileMode.OpenOrCreate, FileAccess.Write);

        public static byte[] ReadAllBytes(string path)
        {
            using FileStream stream = OpenRead(path);
            byte[] bytes = new byte[stream.Length];
            int count = stream.Read(bytes, 0, bytes.Length);
            return count == bytes.Length ? bytes : bytes[..count];
        }

        public static string ReadAllText(string path)
        {
            byte[] bytes = ReadAllBytes(path);
            return Encoding.UTF8.GetString(bytes, 0, bytes.Length);
        }

        /// <summary>LittleFS keeps none: nothing happens.</summary>
        public static void SetAttributes(string path, FileAttributes fileAttributes) => GetAttributes(path);

        public static void WriteAllBytes(string path, byte[] bytes)
        {
            ArgumentNullException.ThrowIfNull(bytes);
            using FileStream stream = Create(path);
            stream.Write(bytes, 0, bytes.Length);
        }

        public static void WriteAllText(string path, string contents) => WriteAllBytes(path, Encoding.UTF8.GetBytes(contents));
    }
}
