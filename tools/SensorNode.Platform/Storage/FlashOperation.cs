namespace SensorNode.Platform;

/// <summary>Operations that change flash. They are counted, and power can be cut in each.</summary>
public enum FlashOperation
{
    /// <summary>A file gets its entry.</summary>
    Create,

    /// <summary>Bytes go into an open file; they count only after its close.</summary>
    Write,

    /// <summary>What was written becomes the file's content.</summary>
    Close,

    /// <summary>A file changes its name.</summary>
    Move,

    /// <summary>A file goes away.</summary>
    Delete,

    /// <summary>A directory is made or goes away.</summary>
    Directory
}
