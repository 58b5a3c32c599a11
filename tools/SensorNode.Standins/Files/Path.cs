using SensorNode.Standins;

namespace System.IO
{
    /// <summary>Paths of the device: drive, backslashes.</summary>
    public static class Path
    {
        public static readonly char DirectorySeparatorChar = '\\';
        public static readonly char AltDirectorySeparatorChar = '/';
        public static readonly char VolumeSeparatorChar = ':';
        public static readonly char PathSeparator = ';';

        public static string ChangeExtension(string path, string extension)
        {
            if (path == null)
            {
                return null;
            }

            string bare = path[..^GetExtension(path).Length];
            return extension == null ? bare : bare + (extension.StartsWith('.') ? "" : ".") + extension;
        }

        public static string Combine(string path1, string path2)
        {
            ArgumentNullException.ThrowIfNull(path1);
            ArgumentNullException.ThrowIfNull(path2);
            if (path1.Length == 0 || IsPathRooted(path2))
            {
                return path2;
            }

            return path2.Length == 0 ? path1 : path1[^1] is '\\' or '/' or ':' ? path1 + path2 : path1 + "\\" + path2;
        }

        /// <summary>Null for a root.</summary>
        public static string GetDirectoryName(string path)
        {
            if (path == null || path.Length <= GetPathRoot(path).Length)
            {
                return null;
            }

            int end = path.LastIndexOfAny(['\\', '/']);
            return path[..Math.Max(GetPathRoot(path).Length, Math.Max(end, 0))];
        }

        public static string GetExtension(string path)
        {
            string name = GetFileName(path);
            int dot = name?.LastIndexOf('.') ?? -1;
            return name == null ? null : dot < 0 || dot == name.Length - 1 ? "" : name[dot..];
        }

        public static string GetFileName(string path) => path?[(path.LastIndexOfAny(['\\', '/', ':']) + 1)..];

        public static string GetFileNameWithoutExtension(string path)
        {
            string name = GetFileName(path);
            return name?[..^GetExtension(name).Length];
        }

        public static string GetFullPath(string path)
        {
            ArgumentNullException.ThrowIfNull(path);
            if (path.Length == 0)
            {
                throw new ArgumentException("The path is empty.");
            }

            string full = path.Replace('/', '\\');
            return full.Contains(':') ? full : Combine(Volume.CurrentDirectory, full.TrimStart('\\'));
        }

        public static char[] GetInvalidFileNameChars() => ['"', '<', '>', '|', '\0', ':', '*', '?', '\\', '/'];

        public static char[] GetInvalidPathChars() => ['"', '<', '>', '|', '\0'];

        public static string GetPathRoot(string path)
        {
            if (path == null)
            {
                return null;
            }

            int colon = path.IndexOf(':');
            int end = colon < 0 ? 0 : colon + 1;
            return path[..(end < path.Length && path[end] is '\\' or '/' ? end + 1 : end)];
        }

        public static bool HasExtension(string path) => !string.IsNullOrEmpty(GetExtension(path));

        public static bool IsPathRooted(string path) => !string.IsNullOrEmpty(path) && (path[0] is '\\' or '/' || path.Contains(':'));
    }
}
