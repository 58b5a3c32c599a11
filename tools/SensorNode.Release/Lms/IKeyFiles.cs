namespace SensorNode.Release.Lms;

/// <summary>The files that a signing key lives in. Tests put power cuts between any two of its operations.</summary>
public interface IKeyFiles
{
    /// <summary>Whether a file is there.</summary>
    bool Exists(string path);

    /// <summary>Opens a file for this process alone.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="isNew">Make it; it must not be there yet.</param>
    IKeyFile Open(string path, bool isNew);

    /// <summary>Where this user of this machine keeps note of a key file, apart from the key file itself.</summary>
    /// <param name="fileId">The key file's random number in hexadecimal.</param>
    string WitnessPath(string fileId);
}

/// <summary>One open file.</summary>
public interface IKeyFile : IDisposable
{
    /// <summary>All its bytes.</summary>
    byte[] ReadAll();

    /// <summary>Writes bytes at an offset. Only <see cref="Flush"/> makes them last.</summary>
    void Write(int offset, byte[] bytes);

    /// <summary>Returns when what was written is on the disk.</summary>
    void Flush();
}
