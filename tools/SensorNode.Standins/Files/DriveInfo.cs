using SensorNode.Platform;
using SensorNode.Standins;

namespace System.IO
{
    /// <summary>The volume.</summary>
    public sealed class DriveInfo
    {
        public DriveInfo(string driveName)
        {
            Name = driveName;
            Refresh();
        }

        public DriveType DriveType { get; set; } = DriveType.Fixed;

        public string Name { get; set; }

        public long TotalSize { get; set; }

        public static DriveInfo[] GetDrives() => [new(Volume.Root)];

        public void Format(string fileSystem, uint parameter) => Volume.Do(flash => flash.Format());

        public void Refresh() => TotalSize = Volume.Do(flash => (long)flash.BlockCount * FlashFileSystem.BlockBytes);

        public static string[] GetFileSystems() => ["LittleFS"];

        public static void MountRemovableVolumes() => NodeRuntime.Enter();
    }
}
