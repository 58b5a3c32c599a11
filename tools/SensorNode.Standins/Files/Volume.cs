using System;
using System.IO;
using SensorNode.Platform;

namespace SensorNode.Standins
{
    /// <summary>Between paths like <c>I:\dir\name</c> and the flash file system, and between its errors and the device's.</summary>
    internal static class Volume
    {
        public const string Root = "I:\\";

        public static string CurrentDirectory
        {
            get => NodeRuntime.Own<Place>().Path;
            set => NodeRuntime.Own<Place>().Path = value;
        }

        /// <summary>The path inside the volume, with '/', without drive: "" is the root.</summary>
        public static string Inside(string path)
        {
            string full = Path.GetFullPath(path);
            if (!full.StartsWith(Root, StringComparison.OrdinalIgnoreCase))
            {
                throw new IOException(path, (int)IOException.IOExceptionErrorCode.VolumeNotFound);
            }

            return full[Root.Length..].TrimEnd('\\').Replace('\\', '/');
        }

        /// <summary>The path as firmware sees it.</summary>
        public static string Outside(string inside) => Root + inside.Replace('/', '\\');

        /// <summary>Does something with the flash, as one platform call.</summary>
        public static T Do<T>(Func<FlashFileSystem, T> action)
        {
            NodePlatform platform = NodeRuntime.Enter();
            try
            {
                return action(platform.Flash);
            }
            catch (FlashException exception)
            {
                throw new IOException(exception.Message, (int)CodeOf(exception.Error));
            }
        }

        /// <summary>Does something with the flash, as one platform call.</summary>
        public static void Do(Action<FlashFileSystem> action) => Do<object>(flash =>
        {
            action(flash);
            return null;
        });

        private static IOException.IOExceptionErrorCode CodeOf(FlashError error) => error switch
        {
            FlashError.FileNotFound => IOException.IOExceptionErrorCode.FileNotFound,
            FlashError.DirectoryNotFound => IOException.IOExceptionErrorCode.DirectoryNotFound,
            FlashError.AlreadyExists => IOException.IOExceptionErrorCode.PathAlreadyExists,
            FlashError.DirectoryNotEmpty => IOException.IOExceptionErrorCode.DirectoryNotEmpty,
            FlashError.BadName => IOException.IOExceptionErrorCode.PathTooLong,
            _ => IOException.IOExceptionErrorCode.Others
        };

        private sealed class Place
        {
            public string Path = Root;
        }
    }
}
