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

        /// <summary>Command: forget refusals and rounds, look at the offers again.</summary>
        public void Retry()
        {
            for (int kind = 0; kind < Kinds; kind++)
            {
                ForgetRefusal(kind);
                _slots[kind].Retry();
            }

            _mayRetry = true;
            _pauseMs = UpdateLimits.PauseMs;
            _dueMs = 0;
        }

        /// <summary>Takes an offer, or its withdrawal.</summary>
        /// <param name="kind">By the topic: 0 application, 1 model.</param>
        /// <param name="isOwn">To this node alone.</param>
        /// <param name="payload">Kept. Anything that is no offer is dropped; nothing withdraws.</param>
        public void TakeOffer(int kind, bool isOwn, byte[] payload)
        {
            if (payload.Length != 0 && !UpdateMessages.IsOffer(payload, kind + 1))
            {
                return;
            }

            int index = 2 * kind + (isOwn ? 0 : 1);
            _isHeard[index] = true;
            _offers[index] = payload.Length == 0 ? null : payload;
            byte[] offer = Offer(kind);
            UpdateSlots slots = _slots[kind];
            if (_active == kind && !IsSame(offer, _offer))
            {
                End();
            }

            // What waits for its first start is no longer wanted. What is on trial has its chance.
            if (slots.State.Phase == SlotState.Complete && _restartMs < 0 && (offer == null || !slots.State.IsIn(slots.State.Pending, Id(offer))))
            {
                slots.Revert(UpdateReason.Withdrawn, false);
            }

            if (offer == null)
            {
                ForgetRefusal(kind);
            }
            else if (_refusedOffers[kind] == null && _refusedSums[kind] == SumOf(offer))
            {
                _refusedOffers[kind] = offer;
            }

            _isStateDue[kind] = true;
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

        /// <inheritdoc/>
        public void Keep(SleepState into)
        {
            for (int kind = 0; kind < Kinds; kind++)
            {
                into.Put(_refusedOffers[kind] == null ? _refusedSums[kind] : SumOf(_refusedOffers[kind]));
                into.PutShort(_refusedReasons[kind]);
                into.PutShort(_refusedDetails[kind]);
                into.PutLong(_refusedUntilMs[kind]);
            }

            into.PutLong(_step == Done ? _doneMs : -1);
        }

        /// <inheritdoc/>
        public void Recall(SleepState from)
        {
            for (int kind = 0; kind < Kinds; kind++)
            {
                _refusedSums[kind] = from.Take();
                _refusedReasons[kind] = from.TakeShort();
                _refusedDetails[kind] = from.TakeShort();
                _refusedUntilMs[kind] = from.TakeLong();
            }

            _doneMs = from.TakeLong();
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

        private byte[] Offer(int kind)
        {
            return _offers[2 * kind] ?? _offers[2 * kind + 1];
        }

        /// <summary>Nodes that sleep come at times of their own, and not for long.</summary>
        private int SpreadMs(byte[] offer)
        {
            return _configuration.Number(ConfigurationKey.PowerProfile) == ConfigurationSchema.PowerContinuous ? UpdateMessages.Spread(offer) * 1000 : 0;
        }

        private static byte[] Id(byte[] offer)
        {
            byte[] id = new byte[SlotState.IdBytes];
            Array.Copy(offer, UpdateMessages.IdOffset, id, 0, id.Length);
            return id;
        }

        /// <summary>What is kept of a refused offer through a deep sleep.</summary>
        private static int SumOf(byte[] offer)
        {
            return Crc32.Compute(offer, UpdateMessages.ClassOffset, UpdateMessages.OfferBytes - UpdateMessages.ClassOffset);
        }

        private static bool IsSame(byte[] first, byte[] second)
        {
            for (int i = UpdateMessages.ClassOffset; first != null && second != null && i < UpdateMessages.OfferBytes; i++)
            {
                if (first[i] != second[i])
                {
                    return false;
                }
            }

            return first != null && second != null;
        }

        /// <summary>An offer is retained: what the broker has not sent again on this connection was withdrawn while the node was away.</summary>
        private void DropUnheard()
        {
            for (int i = 0; i < _offers.Length; i++)
            {
                int kind = i >> 1;
                if (!_isHeard[i] && (_offers[i] != null || _slots[kind].State.Phase == SlotState.Complete || _refusedSums[kind] != 0))
                {
                    TakeOffer(kind, (i & 1) == 0, new byte[0]);
                }
            }
        }

        private void ForgetRefusal(int kind)
        {
            _refusedOffers[kind] = null;
            _refusedSums[kind] = 0;
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

        private bool IsAllowed(int kind, byte[] offer)
        {
            int mode = _configuration.Number(ConfigurationKey.UpdateMode);
            if (mode == ConfigurationSchema.UpdateAuto || (mode == ConfigurationSchema.UpdateSecurity && offer[UpdateMessages.ClassOffset] == ReleaseManifest.Security))
            {
                return true;
            }

            Refuse(kind, offer, UpdateReason.Held, 0, 0);
            return false;
        }

        /// <summary>Looks for an offer to follow.</summary>
        private void Choose(long nowMs)
        {
            for (int kind = 0; kind < Kinds && _active < 0 && !IsOnTrial; kind++)
            {
                byte[] offer = Offer(kind);
                SlotState state = _slots[kind].State;
                if (offer == null || _slots[1 - kind].State.Phase == SlotState.Complete || (IsSame(offer, _refusedOffers[kind]) && nowMs < _refusedUntilMs[kind]))
                {
                    continue;
                }

                byte[] id = Id(offer);
                if (state.IsIn(state.Current, id) || !IsAllowed(kind, offer))
                {
                    continue;
                }

                if (state.Phase != SlotState.Complete)
                {
                    bool wentBack = state.IsAbout(id) && state.Rounds > 0;
                    int reason = state.IsQuarantined(id) ? (state.IsAbout(id) ? state.Reason : UpdateReason.Quarantined)
                        : wentBack && state.Rounds >= UpdateLimits.RoundsMax ? UpdateReason.TriedTooOften
                        : UpdateCheck.Age(ByteOrder.GetInt32(offer, UpdateMessages.CounterOffset), ReleaseParser.Version(offer, UpdateMessages.VersionOffset), state, InForce(kind));
                    if (reason != UpdateReason.None)
                    {
                        Refuse(kind, offer, reason, 0, nowMs + UpdateLimits.RefusedMs);
                        continue;
                    }

                    // After a trial that nobody was to blame for, the network may want its time.
                    if (wentBack && nowMs < UpdateLimits.RefusedMs && !_mayRetry)
                    {
                        continue;
                    }
                }
                else if (ReadStored(offer, out ReleaseManifest stored) == null || !UpdateCheck.IsOffered(offer, stored))
                {
                    Refuse(kind, offer, UpdateReason.OtherThanOffered, 0, nowMs + UpdateLimits.RefusedMs);
                    continue;
                }

                _active = kind;
                _offer = offer;
                _step = state.Phase == SlotState.Complete ? Done : Waiting;
                ForgetRefusal(kind);
                _pauseMs = UpdateLimits.PauseMs;
                _doneMs = _step == Done && _doneMs >= 0 ? _doneMs : nowMs;
                _dueMs = nowMs + (_step == Done || state.IsIn(state.Pending, id) ? 0 : _system.Random(SpreadMs(offer) + 1));
                _isStateDue[kind] = true;
            }
        }
    }
}
