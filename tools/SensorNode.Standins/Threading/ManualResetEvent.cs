namespace System.Threading
{
    /// <summary>An event that stays set until Reset.</summary>
    public sealed class ManualResetEvent : WaitHandle
    {
        public ManualResetEvent(bool initialState) => SetInitially(initialState);

        public bool Reset() => Lower();

        public bool Set() => Raise();
    }
}
