using System.Collections.Generic;

namespace System.Threading
{
    /// <summary>Cancels, by hand or after a time on the node's clock.</summary>
    public class CancellationTokenSource : IDisposable
    {
        private readonly ManualResetEvent _cancelled = new(false);
        private readonly List<Action> _callbacks = [];
        private Timer _timer;

        public CancellationTokenSource()
        {
        }

        public CancellationTokenSource(int millisecondsDelay) => CancelAfter(millisecondsDelay);

        public CancellationTokenSource(TimeSpan delay) => CancelAfter(delay);

        public bool IsCancellationRequested { get; private set; }

        public CancellationToken Token => new(this);

        internal WaitHandle Handle => _cancelled;

        public void Cancel() => Cancel(false);

        public void Cancel(bool throwOnFirstException)
        {
            if (IsCancellationRequested)
            {
                return;
            }

            IsCancellationRequested = true;
            _cancelled.Set();
            foreach (Action callback in _callbacks.ToArray())
            {
                callback();
            }
        }

        public void CancelAfter(TimeSpan delay) => CancelAfter((int)delay.TotalMilliseconds);

        public void CancelAfter(int millisecondsDelay)
        {
            _timer?.Dispose();
            _timer = new Timer(_ => Cancel(), null, millisecondsDelay, Timeout.Infinite);
        }

        public void Dispose() => Dispose(true);

        protected virtual void Dispose(bool disposing) => _timer?.Dispose();

        internal void Add(Action callback)
        {
            if (IsCancellationRequested)
            {
                callback();
                return;
            }

            _callbacks.Add(callback);
        }

        internal void Remove(Action callback) => _callbacks.Remove(callback);
    }
}
