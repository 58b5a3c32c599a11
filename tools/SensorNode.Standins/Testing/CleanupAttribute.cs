using System;

namespace nanoFramework.TestFramework
{
    /// <summary>Runs once after the tests of a class.</summary>
    public class CleanupAttribute : Attribute
    {
    }
}
