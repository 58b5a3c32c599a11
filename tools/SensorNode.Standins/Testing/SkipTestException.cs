using System;

namespace nanoFramework.TestFramework
{
    /// <summary>The test cannot run here.</summary>
    public class SkipTestException : Exception
    {
        public SkipTestException(string message = null, Exception innerException = null)
            : base(message, innerException)
        {
        }
    }
}
