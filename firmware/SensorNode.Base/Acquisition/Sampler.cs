using System.Threading;
using SensorNode.Configuration;
using SensorNode.Contracts;
using SensorNode.Storage;
using SensorNode.Supervision;

namespace SensorNode.Acquisition
{
    /// <summary>Fills windows from the accelerometer's FIFO. The chip's own output rate is the time base.</summary>
    /// <remarks>
    /// Thread: its own. It sleeps for a quarter of what the FIFO holds between two bursts, so a flash write or TLS handshake of
    ///         three quarters of it costs nothing; a longer one is an overrun, which marks the window.
    /// Faults: an overrun or a failed transfer ends the window at once; it is handed on marked and empty, and sampling starts anew: after a second
    ///         for three times, so that a glitch does not cost an interval, which may be an hour; then after the interval.
    /// </remarks>
    public sealed class Sampler : IRetained
    {
        private const int WaitMs = 1000;
        private const int RestStepMs = 5000;
        private const int RetryMs = 1000;
        private const int RetriesMax = 3;

        private readonly IAccelerometer _accelerometer;
        private readonly IClock _clock;
        private readonly WindowExchange _exchange;
        private readonly NodeConfiguration _configuration;
        private readonly int _points;
        private readonly int _drainMs;
        private readonly int _windowMs;
        private readonly AutoResetEvent _wake;
        private CapturedWindow _window;
        private bool _isConfigured = true;
        private int _failures;

        /// <param name="accelerometer">Configured.</param>
        /// <param name="clock">Time.</param>
        /// <param name="exchange">Where windows go.</param>
        /// <param name="first">The first window to fill.</param>
        /// <param name="configuration">Window and sensor settings.</param>
        public Sampler(IAccelerometer accelerometer, IClock clock, WindowExchange exchange, CapturedWindow first, NodeConfiguration configuration)
        {
            _accelerometer = accelerometer;
            _clock = clock;
            _exchange = exchange;
            _window = first;
            _configuration = configuration;
            _points = configuration.Number(ConfigurationKey.WindowPoints);
            int quarterMs = (int)((long)accelerometer.FifoCapacitySamples * 250000 / accelerometer.OutputRateMilliHz);
            _drainMs = quarterMs < 10 ? 10 : quarterMs > 200 ? 200 : quarterMs;
            _windowMs = (int)((long)_points * 1000000 / accelerometer.OutputRateMilliHz);

            // In light sleep the runtime's waits stand still: whoever puts the node to sleep wakes the sampler.
            _wake = DutyCycle.IsUsed(configuration) ? new AutoResetEvent(false) : null;
        }

        /// <summary>Asks for self-tests; null where nobody does.</summary>
        public Commissioning Commissioning;

        /// <summary>Grows with every burst and every wait; the supervisor sees by it that the thread is alive.</summary>
        public int Progress { get; private set; }

        /// <summary>Windows handed on, marked ones included.</summary>
        public int WindowCount { get; private set; }

        /// <summary>Windows of them that the analysis had no time for.</summary>
        public int SkippedCount
        {
            get { return _exchange.SkippedCount; }
        }

        /// <summary>FIFO overruns.</summary>
        public int OverrunCount { get; private set; }

        /// <summary>Failed transfers and silences of the chip.</summary>
        public int BusFaultCount { get; private set; }

        /// <summary>True between two windows.</summary>
        public bool IsResting { get; private set; }

        /// <summary>True between a window that failed and its next trial.</summary>
        public bool IsRetrying
        {
            get { return _failures > 0 && _failures <= RetriesMax; }
        }

        /// <summary>Time since boot at which the next window begins; while <see cref="IsResting"/>.</summary>
        public long NextMs { get; private set; }

        /// <summary>Asks the thread to end.</summary>
        public bool IsStopping { get; set; }

        /// <summary>The thread's body.</summary>
        public void Run()
        {
            bool isRunning = false;
            while (!IsStopping)
            {
                long startMs = _clock.TickMs;
                if (Commissioning != null && Commissioning.TrySelfTest(_accelerometer))
                {
                    _isConfigured = false;
                    isRunning = false;
                }

                if (!isRunning)
                {
                    isRunning = Restart();
                }

                if (isRunning)
                {
                    // With one window alone the analysis has it next, and the FIFO would run over meanwhile.
                    isRunning = FillWindow() && _exchange.HasTwo && _configuration.Number(ConfigurationKey.WindowIntervalMs) == 0;
                }

                _window.TickMs = _clock.TickMs;
                WindowCount++;
                bool isGood = _window.Quality == WindowQuality.Good;
                _exchange.Give(_window);
                Rest(startMs, isGood);
                TakeNext();
            }

            StopChip();
        }

        /// <summary>Takes the chip out of its measuring mode; the next window starts it again. From another thread, while this one rests.</summary>
        public void StopChip()
        {
            if (_isConfigured)
            {
                _accelerometer.Stop();
            }
        }

        /// <summary>Looks at the clock now.</summary>
        public void Wake()
        {
            _wake.Set();
        }

        /// <inheritdoc/>
        public void Keep(SleepState into)
        {
            into.Put(WindowCount);
            into.Put(OverrunCount);
            into.Put(BusFaultCount);
        }

        /// <inheritdoc/>
        public void Recall(SleepState from)
        {
            WindowCount = from.Take();
            OverrunCount = from.Take();
            BusFaultCount = from.Take();
        }

        private void TakeNext()
        {
            do
            {
                _window = _exchange.TakeEmpty(WaitMs);
                Progress++;
            }
            while (_window == null && !IsStopping);

            if (_window != null)
            {
                _window.Quality = WindowQuality.Good;
            }
        }

        private bool Restart()
        {
            // A chip that lost its supply comes back unconfigured and would answer with zeros: after a fault it is identified and configured anew.
            _isConfigured = _isConfigured
                || _accelerometer.Configure(_configuration.Number(ConfigurationKey.SensorRangeG), _configuration.Number(ConfigurationKey.SensorRateHz)) == SensorStatus.Ok;
            if (_isConfigured && _accelerometer.Start() == SensorStatus.Ok)
            {
                return true;
            }

            _isConfigured = false;
            _window.Quality = WindowQuality.BusFault;
            BusFaultCount++;
            return false;
        }

        /// <summary>Reads until the window is full. False where it ended in a fault.</summary>
        private bool FillWindow()
        {
            int filled = 0;
            long deadlineMs = _clock.TickMs + 2 * _windowMs + 1000;
            while (filled < _points)
            {
                _clock.Sleep(_drainMs);
                Progress++;
                SensorStatus status = _accelerometer.DrainFifo(_window.XCounts, _window.YCounts, _window.ZCounts, filled, _points - filled, out int count);
                if (status != SensorStatus.Ok)
                {
                    CountFault(status);
                    return false;
                }

                filled += count;
                if (filled < _points && _clock.TickMs > deadlineMs)
                {
                    // The bus works and the chip says that it has nothing: it does not sample.
                    _window.Quality = WindowQuality.Gap;
                    BusFaultCount++;
                    _isConfigured = false;
                    return false;
                }
            }

            return true;
        }

        private void CountFault(SensorStatus status)
        {
            if (status == SensorStatus.Overrun)
            {
                _window.Quality = WindowQuality.Overrun;
                OverrunCount++;
            }
            else
            {
                _window.Quality = WindowQuality.BusFault;
                BusFaultCount++;
                _isConfigured = false;
            }
        }

        private void Rest(long startMs, bool isGood)
        {
            long nowMs = _clock.TickMs;
            NextMs = startMs + _configuration.Number(ConfigurationKey.WindowIntervalMs);
            _failures = isGood ? 0 : _failures + 1;
            if (IsRetrying || (!isGood && NextMs < nowMs + RetryMs))
            {
                NextMs = nowMs + RetryMs;
            }

            IsResting = true;
            while (nowMs < NextMs && !IsStopping && !(isGood && Commissioning != null && Commissioning.IsSamplerWanted))
            {
                int stepMs = NextMs - nowMs > RestStepMs ? RestStepMs : (int)(NextMs - nowMs);
                if (_wake == null)
                {
                    _clock.Sleep(stepMs);
                }
                else
                {
                    _wake.WaitOne(stepMs, false);
                }

                nowMs = _clock.TickMs;
                Progress++;
            }

            IsResting = false;
        }
    }
}
