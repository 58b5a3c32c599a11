namespace System.Threading
{
    /// <summary>An event that lets one waiting thread through for each Set.</summary>
    public sealed class AutoResetEvent : WaitHandle
    {
        public AutoResetEvent(bool initialState) => SetInitially(initialState);

        private protected override bool IsConsumedByWait => true;

        public bool Reset() => Lower();

        public bool Set() => Raise();
    }
}
