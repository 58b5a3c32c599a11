namespace SensorNode.Platform;

/// <summary>Why a boot of a node has come to its end.</summary>
public enum EndReason
{
    /// <summary>It has not.</summary>
    None = 0,

    /// <summary>Main and every other thread have returned.</summary>
    Exited,

    /// <summary>An exception that nobody caught ended the application, as silently as on the device.</summary>
    UncaughtException,

    /// <summary>The firmware asked for a restart.</summary>
    Rebooted,

    /// <summary>Power went away.</summary>
    PoweredOff,

    /// <summary>The firmware has put the board into deep sleep.</summary>
    DeepSleep
}
