namespace System.IO
{
    /// <summary>Kind of volume; the numbers are the device's.</summary>
    public enum DriveType
    {
        Unknown = 0,
        NoRootDirectory = 1,
        Removable = 2,
        Fixed = 3,
        Ram = 4
    }
}
