namespace System.Net.Sockets
{
    /// <summary>The network refuses.</summary>
    public class SocketException : Exception
    {
        private readonly int _errorCode;

        public SocketException(SocketError errorCode)
            : base(errorCode.ToString("D")) => _errorCode = (int)errorCode;

        public int ErrorCode => _errorCode;
    }
}
