namespace SensorNode.Update
{
    /// <summary>Why bytes are not a release manifest, or not one that this node may take. Numbers are reported and never change.</summary>
    public enum ReleaseError
    {
        None = 0,

        /// <summary>Fewer bytes than the fixed part, or than the lengths in it say.</summary>
        TooShort = 1,

        /// <summary>Does not begin with SNRL.</summary>
        NotARelease = 2,

        /// <summary>A format that is newer than this parser.</summary>
        UnknownFormat = 3,

        /// <summary>A name is empty or has other characters than letters, digits, '.', '-' and '_'.</summary>
        BadName = 4,

        /// <summary>The kind or the class is not known.</summary>
        BadKind = 5,

        /// <summary>The payload is empty or larger than the format knows, or the chunk size is out of range.</summary>
        BadSize = 6,

        /// <summary>A reserved field is not zero, a number is negative, or bytes are left over.</summary>
        BadLayout = 7
    }
}
