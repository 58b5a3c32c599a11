using SensorNode.Platform;
using SensorNode.Standins;

namespace System.IO
{
    /// <summary>Directories.</summary>
    public static class Directory
    {
        public static DirectoryInfo CreateDirectory(string path)
        {
            string inside = Volume.Inside(path);
            Volume.Do(flash =>
            {
                for (int end = inside.IndexOf('/'); end > 0; end = inside.IndexOf('/', end + 1))
                {
                    flash.CreateDirectory(inside[..end]);
                }

                flash.CreateDirectory(inside);
            });
            return new DirectoryInfo(path);
        }

        public static void Delete(string path) => Delete(path, false);

        public static void Delete(string path, bool recursive)
        {
            string inside = Volume.Inside(path);
            Volume.Do(flash => Delete(flash, inside, recursive));
        }

        public static bool Exists(string path)
        {
            string inside = Volume.Inside(path);
            return Volume.Do(flash => flash.DirectoryExists(inside));
        }

        public static string GetCurrentDirectory() => Volume.CurrentDirectory;

        public static string[] GetFiles(string path) => List(path, flash => flash.ListFiles);

        public static string[] GetDirectories(string path) => List(path, flash => flash.ListDirectories);

        /// <summary>Not emulated.</summary>
        public static void Move(string sourceDirName, string destDirName) => throw new NotSupportedException("Directory.Move is not emulated.");

        public static void SetCurrentDirectory(string path) => Volume.CurrentDirectory = Volume.Outside(Volume.Inside(path));

        private static string[] List(string path, Func<FlashFileSystem, Func<string, string[]>> list)
        {
            string inside = Volume.Inside(path);
            string[] names = Volume.Do(flash => flash.FailsListing ? throw new FlashException(FlashError.Broken, path)
                : flash.DirectoryExists(inside) ? list(flash)(inside)
                : throw new FlashException(FlashError.DirectoryNotFound, path));
            for (int i = 0; i < names.Length; i++)
            {
                names[i] = Volume.Outside(names[i]);
            }

            return names;
        }

        private static void Delete(FlashFileSystem flash, string inside, bool recursive)
        {
            if (recursive)
            {
                foreach (string file in flash.ListFiles(inside))
                {
                    flash.Delete(file);
                }

                foreach (string directory in flash.ListDirectories(inside))
                {
                    Delete(flash, directory, true);
                }
            }

            flash.DeleteDirectory(inside);
        }
    }
}
