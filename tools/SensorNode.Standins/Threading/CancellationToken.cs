namespace System.Threading
{
    /// <summary>Says whether its source was cancelled.</summary>
    public struct CancellationToken
    {
        private readonly CancellationTokenSource _source;
        private readonly bool _isCancelled;

        public CancellationToken(bool canceled)
        {
            _source = null;
            _isCancelled = canceled;
        }

        internal CancellationToken(CancellationTokenSource source)
        {
            _source = source;
            _isCancelled = false;
        }

        public static CancellationToken None => default;

        public bool IsCancellationRequested => _isCancelled || _source is { IsCancellationRequested: true };

        public bool CanBeCanceled => _isCancelled || _source != null;

        public WaitHandle WaitHandle => _source?.Handle ?? new ManualResetEvent(_isCancelled);

        public CancellationTokenRegistration Register(Action callback)
        {
            _source?.Add(callback);
            return new CancellationTokenRegistration(_source, callback);
        }

        public bool Equals(CancellationToken other) => _source == other._source && _isCancelled == other._isCancelled;

        public override bool Equals(object other) => other is CancellationToken token && Equals(token);

        public override int GetHashCode() => _source?.GetHashCode() ?? (_isCancelled ? 1 : 0);

        public void ThrowIfCancellationRequested()
        {
            if (IsCancellationRequested)
            {
                throw new OperationCanceledException();
            }
        }
    }
}
