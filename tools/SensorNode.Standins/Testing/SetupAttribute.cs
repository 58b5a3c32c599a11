using System;

namespace nanoFramework.TestFramework
{
    /// <summary>Runs once before the tests of a class.</summary>
    public class SetupAttribute : Attribute
    {
    }
}
