namespace SensorNode.Platform;

/// <summary>Why a file operation failed.</summary>
public enum FlashError
{
    /// <summary>No file of that name.</summary>
    FileNotFound,

    /// <summary>A directory on the way is missing.</summary>
    DirectoryNotFound,

    /// <summary>The name is taken.</summary>
    AlreadyExists,

    /// <summary>No free block.</summary>
    Full,

    /// <summary>The directory has something in it.</summary>
    DirectoryNotEmpty,

    /// <summary>The name is longer than 255 characters or empty.</summary>
    BadName,

    /// <summary>The file is open elsewhere.</summary>
    InUse,

    /// <summary>The drive does not answer.</summary>
    Broken
}
