namespace SensorNode.Fakes
{
    /// <summary>What a write that did not finish leaves behind.</summary>
    public enum FlashTear
    {
        /// <summary>The file as it was before the call.</summary>
        Old = 0,

        /// <summary>Write: an empty file. Append: the file as it was, but present.</summary>
        Empty = 1,

        /// <summary>The first <see cref="FakeFlash.TearBytes"/> of the new bytes.</summary>
        Prefix = 2,

        /// <summary>As many bytes that are not the new ones.</summary>
        Garbage = 3,

        /// <summary>Everything, but nobody was told.</summary>
        Complete = 4
    }
}
