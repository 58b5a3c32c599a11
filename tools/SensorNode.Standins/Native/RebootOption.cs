namespace nanoFramework.Runtime.Native
{
    /// <summary>What starts after a restart. The emulator knows only one kind.</summary>
    public enum RebootOption
    {
        NormalReboot = 0,
        EnterNanoBooter = 1,
        ClrOnly = 2,
        EnterProprietaryBooter = 8
    }
}
