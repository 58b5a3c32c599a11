using System;
using SensorNode.Configuration;
using SensorNode.Contracts;
using SensorNode.Storage;

namespace SensorNode.Update
{
    /// <summary>Takes offers, asks for releases piece by piece, puts them into slots, and confirms what is on trial. Knows no clock, no topic and no connection; Link.UpdateLink does.</summary>
    /// <remarks>
    /// Threads: Step, Take.. and Note.. but for NoteWindow from the link's thread; the rest from any.
    /// Memory:  about 1 KB for life with both state records; while a release is fetched its manifest, before that its head; no chunk.
    /// </remarks>
    public sealed partial class UpdateAgent : IModelSource, IRetained
    {
        private const int Kinds = 2;
        private const int Waiting = 0;
        private const int InHead = 1;
        private const int InPayload = 2;
        private const int Done = 3;

        private readonly UpdateSlots[] _slots;
        private readonly IFileStore _files;
        private readonly ISystem _system;
        private readonly NodeConfiguration _configuration;
        private readonly long _factoryVersion;
        private readonly int _platform;
        private readonly byte[][] _offers = new byte[2 * Kinds][];
        private readonly byte[][] _refusedOffers = new byte[Kinds][];
        private readonly int[] _refusedSums = new int[Kinds];
        private readonly int[] _refusedReasons = new int[Kinds];
        private readonly int[] _refusedDetails = new int[Kinds];
        private readonly long[] _refusedUntilMs = new long[Kinds];
        private readonly bool[] _isHeard = new bool[2 * Kinds];
        private readonly bool[] _isStateDue = new bool[Kinds];
        private readonly bool[] _hasForgotten = new bool[Kinds];
        private int _active = -1;
        private int _step;
        private byte[] _offer;
        private byte[] _head;
        private int _headBytes;
        private ReleaseManifest _manifest;
        private int _chunk;
        private byte[] _request;
        private int _tag;
        private int _pauseMs;
        private long _dueMs;
        private long _doneMs = -1;
        private long _stateMs;
        private long _askedMs;
        private long _connectedMs;
        private long _restartMs = -1;
        private int _windowCount;
        private bool _isAcknowledged;
        private bool _isConnected;
        private bool _isRollCallDue;
        private bool _hasAnswered;
        private string _note;
        private bool _mayRetry;

        /// <param name="files">Flash.</param>
        /// <param name="application">Slots, after the loader has decided.</param>
        /// <param name="model">As application.</param>
        /// <param name="configuration">Board and update.mode.</param>
        /// <param name="factoryVersion">Version of the application deployed by cable.</param>
        /// <param name="platform">As given to <see cref="SlotLoader.Begin"/>.</param>
        /// <param name="system">The board.</param>
        public UpdateAgent(
            IFileStore files, UpdateSlots application, UpdateSlots model, NodeConfiguration configuration, long factoryVersion, int platform, ISystem system)
        {
            _slots = new UpdateSlots[] { application, model };
            _files = files;
            _configuration = configuration;
            _factoryVersion = factoryVersion;
            _platform = platform;
            _system = system;
            _tag = system.Random(0x7FFFFFFF);
        }

        /// <summary>The model in force or on trial, or null; set by the loader.</summary>
        public byte[] Model;

        /// <summary>Where refused signatures and counters are noted; set by the loader.</summary>
        public EventLog Events;

        /// <summary>Set by the application while a restart would cost something: an alarm is up, the detector learns.</summary>
        public bool IsBusy;

        /// <summary>True where a restart is due that the application has not made in good time.</summary>
        public bool IsRestartOverdue(long nowMs)
        {
            return _restartMs >= 0 && nowMs - _restartMs > UpdateLimits.FarewellMs;
        }

        /// <summary>Asked by the application every few seconds: true where it should end with RestartReason.Update. An application that no longer asks has hung.</summary>
        public bool IsRestartDue(long nowMs)
        {
            _askedMs = nowMs;
            for (int kind = 0; kind < Kinds && nowMs > UpdateLimits.CrashFreeMs && _windowCount > 0; kind++)
            {
                ForgetCrashes(kind);
            }

            return _restartMs >= 0;
        }

        /// <summary>The last thing done since this was asked, for people; null for nothing.</summary>
        public string TakeNote()
        {
            string note = _note;
            _note = null;
            return note;
        }

        /// <summary>A window was analysed. Any thread.</summary>
        public void NoteWindow()
        {
            _windowCount++;
        }

        /// <summary>The broker has acknowledged something in this start.</summary>
        public void NoteAcknowledged()
        {
            _isAcknowledged = true;
            _hasAnswered = true;
        }

        /// <summary>A new connection: what was asked on the old one is asked again, and the broker is told the state.</summary>
        public void NoteConnected(long nowMs)
        {
            _isConnected = true;
            _connectedMs = nowMs;
            _isRollCallDue = true;
            _hasAnswered = false;
            Array.Clear(_isHeard, 0, _isHeard.Length);
            _request = null;
            _pauseMs = UpdateLimits.PauseMs;
            if (_dueMs - nowMs > UpdateLimits.PauseMs && _step != Waiting)
            {
                _dueMs = nowMs;
            }

            _isStateDue[0] = true;
            _isStateDue[1] = true;
        }

        /// <summary>The connection is gone.</summary>
        public void NoteDisconnected()
        {
            _isConnected = false;
        }

        /// <inheritdoc/>
        public byte[] TakeModel()
        {
            byte[] model = Model;
            Model = null;
            return model;
        }

        /// <inheritdoc/>
        public void RejectModel()
        {
            Model = null;
            if (_slots[1].IsOnTrial)
            {
                _slots[1].Revert(UpdateReason.NotLoaded, true);
            }
            else
            {
                _slots[1].Leave(UpdateReason.NotLoaded, true);
            }

            _isStateDue[1] = true;
        }

        /// <inheritdoc/>
        public void GiveModelUp()
        {
            Model = null;
            if (_slots[1].IsOnTrial)
            {
                // What it replaced is given up with it.
                _slots[1].Revert(UpdateReason.GivenUp, true);
            }

            _slots[1].Leave(UpdateReason.GivenUp, true);
            _isStateDue[1] = true;
        }

        /// <summary>Does what is due.</summary>
        /// <param name="nowMs">Time since boot.</param>
        /// <returns>A request to be sent, or null.</returns>
        public byte[] Step(long nowMs)
        {
            Confirm();
            if (_restartMs >= 0)
            {
                return null;
            }

            if (_isRollCallDue && _hasAnswered && nowMs - _connectedMs > UpdateLimits.RollCallMs)
            {
                _isRollCallDue = false;
                DropUnheard();
            }

            if (_active < 0)
            {
                Choose(nowMs);
            }

            if (_active < 0 || nowMs < _dueMs)
            {
                return null;
            }

            if (_request != null)
            {
                _request = null;
                LengthenPause();
            }

            if (!IsAllowed(_active, _offer))
            {
                End();
                return null;
            }

            if (_step == Waiting)
            {
                Resume(nowMs);
                if (_active < 0)
                {
                    return null;
                }
            }

            if (_step == Done)
            {
                RestartIfQuiet(nowMs);
                return null;
            }

            int head = UpdateMessages.HeadBytes(_offer);
            int wanted = _step == InHead ? head - _headBytes : _manifest.BytesOfChunk(_chunk);
            int offset = _step == InHead ? _headBytes : head + _chunk * _manifest.ChunkBytes;
            _request = UpdateMessages.Request(_offer, offset, wanted > ReleaseParser.ChunkBytesMax ? ReleaseParser.ChunkBytesMax : wanted, ++_tag);
            _dueMs = nowMs + _pauseMs + _system.Random(_pauseMs / 4);
            return _request;
        }

        /// <summary>Called every few seconds by a thread of Base while something is on trial: ends the trial when its time is over.</summary>
        public void Judge(long nowMs)
        {
            int trialMs = UpdateLimits.TrialMs + _configuration.Number(ConfigurationKey.WindowIntervalMs);
            for (int kind = 0; kind < Kinds && _restartMs < 0; kind++)
            {
                UpdateSlots slots = _slots[kind];
                if (!slots.IsOnTrial || nowMs < trialMs)
                {
                    continue;
                }

                bool hasHung = nowMs - _askedMs > UpdateLimits.HangMs;
                if (!hasHung)
                {
                    // All that it takes may have been seen since the link, which else confirms, has gone.
                    Confirm();
                    if (!slots.IsOnTrial)
                    {
                        continue;
                    }
                }

                bool hadMeasured = slots.State.HadMeasured;
                int reason = hasHung ? UpdateReason.Hung
                    : !_isAcknowledged ? UpdateReason.NoBroker
                    : _windowCount > 0 ? UpdateReason.FlashFailed
                    : hadMeasured ? UpdateReason.StoppedMeasuring
                    : UpdateReason.NeverMeasured;
                _note = "update: back, " + UpdateReason.Text(reason);
                slots.Revert(reason, reason == UpdateReason.Hung || reason == UpdateReason.StoppedMeasuring);
                _restartMs = nowMs;
            }
        }

        /// <summary>True while a release is fetched, tried or left, and for a moment after it is complete: a node that sleeps stays awake for it.</summary>
        /// <remarks>Not while nobody answers: the pauses between requests grow, and at the next connection it asks again.</remarks>
        public bool IsAtWork(long nowMs)
        {
            long restMs = _step == Done ? UpdateLimits.FarewellMs - (nowMs - _doneMs) : UpdateLimits.FarewellMs - (_dueMs - nowMs);
            return IsOnTrial || IsGoingBack || (_active >= 0 && _isConnected && restMs > 0);
        }

        /// <summary>True while a release runs that is not confirmed.</summary>
        public bool IsOnTrial
        {
            get { return _slots[0].IsOnTrial || _slots[1].IsOnTrial; }
        }

        /// <summary>True from the end of a failed trial to the restart.</summary>
        public bool IsGoingBack
        {
            get { return _restartMs >= 0; }
        }

        /// <summary>Slots of a kind, 0 application, 1 model.</summary>
        public UpdateSlots Slots(int kind)
        {
            return _slots[kind];
        }

        private long InForce(int kind)
        {
            SlotState state = _slots[kind].State;
            return state.Current != SlotState.NoSlot ? state.VersionOf(state.Current) : kind == 0 ? _factoryVersion : -1;
        }

        /// <summary>What is on trial is confirmed; what is in force has shown that it works.</summary>
        private void Confirm()
        {
            for (int kind = 0; kind < Kinds && _isAcknowledged && _windowCount > 0; kind++)
            {
                if (_slots[kind].IsOnTrial)
                {
                    if (_slots[kind].Confirm())
                    {
                        _note = "update: confirmed";
                        _isStateDue[kind] = true;
                    }
                }
                else
                {
                    ForgetCrashes(kind);
                }
            }
        }

        private void ForgetCrashes(int kind)
        {
            if (!_hasForgotten[kind])
            {
                _hasForgotten[kind] = true;
                _slots[kind].ForgetCrashes();
            }
        }
    }
}
