using System;

namespace TestFrameworkShared
{
    /// <summary>A check failed.</summary>
    public class AssertFailedException : Exception
    {
        public AssertFailedException(string msg, Exception ex)
            : base(msg, ex)
        {
        }

        public AssertFailedException(string msg)
            : base(msg)
        {
        }

        public AssertFailedException()
        {
        }
    }
}
