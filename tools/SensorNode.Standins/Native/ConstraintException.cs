using System;

namespace nanoFramework.Runtime.Native
{
    /// <summary>A time limit was broken. The emulator never throws it.</summary>
    public class ConstraintException : Exception
    {
    }
}
