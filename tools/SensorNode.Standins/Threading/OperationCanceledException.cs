namespace System.Threading
{
    /// <summary>The operation was cancelled.</summary>
    public class OperationCanceledException : SystemException
    {
        public OperationCanceledException()
        {
        }

        public OperationCanceledException(string message)
            : base(message)
        {
        }

        public OperationCanceledException(string message, Exception innerException)
            : base(message, innerException)
        {
        }
    }
}
