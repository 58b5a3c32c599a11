namespace System.Diagnostics
{
    /// <summary>Calls vanish from firmware at compile time; what is left does nothing.</summary>
    public static class Debug
    {
        public static void Assert(bool condition)
        {
        }

        public static void Assert(bool condition, string message)
        {
        }

        public static void Assert(bool condition, string message, string detailedMessage)
        {
        }

        public static void Write(string message)
        {
        }

        public static void WriteLine()
        {
        }

        public static void WriteLine(string message)
        {
        }
    }
}
