using SensorNode.Acquisition;
using SensorNode.Configuration;
using SensorNode.Contracts;
using SensorNode.Link;
using SensorNode.Storage;

namespace SensorNode.Supervision
{
    /// <summary>The life of a node that sleeps between windows: a window, its record, a connection where one is due, sleep. Explained in firmware/docs/power.md.</summary>
    /// <remarks>Thread: the supervisor's. It sleeps only while sampler, analysis and link rest; they find that time has passed when they go on.</remarks>
    public sealed class DutyCycle
    {
        private const int PollMs = 200;
        private const int ShortestSleepMs = 2000;
        private const int LateMs = 15000;

        private readonly NodeServices _services;
        private readonly Sampler _sampler;
        private readonly WindowExchange _exchange;
        private readonly LinkLoop _linkLoop;
        private readonly Recorder _recorder;
        private readonly IRetained[] _parts;
        private readonly int _program;
        private int _settledWindows;
        private int _windowsSinceVisit;
        private int _windowsToRecord;
        private int _skip;
        private int _toldState = -1;
        private int _triedState = -1;
        private bool _isAsked = true;

        /// <param name="services">Board, network, configuration, what wants the node awake.</param>
        /// <param name="version">Of the application: what another version has kept is not taken.</param>
        /// <param name="sampler">Takes windows.</param>
        /// <param name="exchange">Says when a window was analysed.</param>
        /// <param name="linkLoop">Connects when asked.</param>
        /// <param name="recorder">Makes a record of a window.</param>
        /// <param name="parts">Everything that outlives a deep sleep, always in the same order, the recorder last.</param>
        public DutyCycle(NodeServices services, string version, Sampler sampler, WindowExchange exchange, LinkLoop linkLoop, Recorder recorder, IRetained[] parts)
        {
            _services = services;
            _sampler = sampler;
            _exchange = exchange;
            _linkLoop = linkLoop;
            _recorder = recorder;
            _parts = parts;
            _program = WordOf(version);
            _recorder.NextMs += LateMs;
            SleepState slept = services.Slept;
            if (slept != null && slept.IsOf(_program))
            {
                Recall(slept);
                for (int i = 0; i < _parts.Length; i++)
                {
                    _parts[i].Recall(slept);
                }
            }

            services.Slept = null;
        }

        /// <summary>Connections in a row that did not come to a birth and back.</summary>
        public int Failures { get; private set; }

        /// <summary>True where a node of this configuration sleeps between windows.</summary>
        public static bool IsUsed(NodeConfiguration configuration)
        {
            return configuration.Number(ConfigurationKey.PowerProfile) != ConfigurationSchema.PowerContinuous;
        }

        /// <summary>Does what is due, then waits for a moment or sleeps to the next window.</summary>
        /// <returns>Milliseconds slept; 0 where the node stayed awake.</returns>
        public long Step()
        {
            if (_sampler.IsResting && _exchange.IsEmpty && _sampler.WindowCount != _settledWindows && !_sampler.IsRetrying)
            {
                Settle();
            }

            if (_isAsked && _linkLoop.IsParked)
            {
                EndVisit();
            }

            long nowMs = _services.Clock.TickMs;
            bool canSleep = _sampler.IsResting && _sampler.WindowCount == _settledWindows && _linkLoop.IsParked && !StayAwake.IsWanted(_services, nowMs);
            if (!canSleep || _sampler.NextMs - nowMs < ShortestSleepMs)
            {
                _services.Clock.Sleep(PollMs);
                return 0;
            }

            return Sleep();
        }

        private void Keep(SleepState into)
        {
            into.Put(_windowsSinceVisit);
            into.Put(_windowsToRecord);
            into.Put(_skip);
            into.Put(_toldState);
            into.Put(_triedState);
            into.Put(Failures);
        }

        private void Recall(SleepState from)
        {
            _windowsSinceVisit = from.Take();
            _windowsToRecord = from.Take();
            _skip = from.Take();
            _toldState = from.Take();
            _triedState = from.Take();
            Failures = from.Take();

            // The first visit was made before the sleep. The platform has begun to look for its access point as at every start.
            _isAsked = false;
            _linkLoop.Park();
            _services.Network.TakeDown();
        }

        /// <summary>A window was analysed: its record, and the question whether the broker has to hear of it now.</summary>
        private void Settle()
        {
            long nowMs = _services.Clock.TickMs;
            _settledWindows = _sampler.WindowCount;
            _windowsSinceVisit++;
            _skip--;
            Record(nowMs);
            if (!_linkLoop.IsParked)
            {
                return;
            }

            // What is new since the last attempt does not wait for its back-off.
            int state = StateNow(_recorder.State());
            bool isDue = _windowsSinceVisit >= _services.Configuration.Number(ConfigurationKey.PowerConnectWindows) || state != _toldState;
            if (isDue && (_skip <= 0 || state != _triedState))
            {
                _triedState = state;
                _isAsked = true;
                _linkLoop.Visit(nowMs);
            }
        }

        /// <summary>Of every window, or of as many as fit a report interval. Who else makes records comes later, and only where no window comes.</summary>
        private void Record(long nowMs)
        {
            int reportMs = _services.Configuration.Number(ConfigurationKey.ReportIntervalSeconds) * 1000;
            _windowsToRecord--;
            if (_windowsToRecord <= 0)
            {
                _windowsToRecord = reportMs / _services.Configuration.Number(ConfigurationKey.WindowIntervalMs);
                _recorder.NextMs = nowMs;
                _recorder.Take(nowMs, false);
                _recorder.NextMs = nowMs + reportMs + LateMs;
            }
        }

        private void EndVisit()
        {
            _isAsked = false;
            if (_linkLoop.HasDelivered)
            {
                Failures = 0;
                _windowsSinceVisit = 0;
                _toldState = StateNow(_linkLoop.DeliveredState);
                return;
            }

            // Again after 1, 2, 4 .. windows, as many as lie between two visits at most.
            int most = _services.Configuration.Number(ConfigurationKey.PowerConnectWindows);
            int skip = Failures < 10 ? 1 << Failures : most;
            _skip = skip < most ? skip : most;
            Failures++;
        }

        /// <summary>A letter that is not known, as that of a zone after a wake with a window that is not valid, counts as unchanged.</summary>
        private int StateNow(int state)
        {
            for (int shift = 0; shift < 32; shift += 8)
            {
                int mask = 255 << shift;
                state |= (state & mask) == 0 ? _toldState & mask : 0;
            }

            return state;
        }

        private long Sleep()
        {
            _sampler.StopChip();
            _services.Network.TakeDown();
            if (_services.Configuration.Number(ConfigurationKey.PowerProfile) == ConfigurationSchema.PowerDeepSleep)
            {
                SleepDeeply();
            }

            long beganMs = _services.Clock.TickMs;
            long pauseMs = _sampler.NextMs - beganMs;
            if (pauseMs <= 0 || !_services.System.LightSleep((int)pauseMs))
            {
                _services.Clock.Sleep(PollMs);
            }

            _sampler.Wake();
            return _services.Clock.TickMs - beganMs;
        }

        private static int WordOf(string version)
        {
            int word = 1;
            for (int i = 0; i < version.Length; i++)
            {
                word = word * 31 + version[i];
            }

            return word;
        }

        /// <summary>Returns only where not all can be kept, flash did not take it, or the board does not sleep.</summary>
        private void SleepDeeply()
        {
            SleepState state = new SleepState(_services.Files);
            state.TryOpen();
            state.Begin(_program, _sampler.NextMs, _services.RestartReason);
            Keep(state);
            for (int i = 0; i < _parts.Length; i++)
            {
                _parts[i].Keep(state);
            }

            if (state.IsRefused || state.Store() != FileStatus.Ok)
            {
                return;
            }

            long pauseMs = _sampler.NextMs - _services.Clock.TickMs;
            _services.System.DeepSleep(pauseMs > 1 ? (int)pauseMs : 1);
        }
    }
}
