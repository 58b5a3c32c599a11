using System;
using SensorNode.Configuration;
using SensorNode.Contracts;
using SensorNode.Storage;

namespace SensorNode.Update
{
    /// <content>Which offer is followed, which was refused, and what of that outlives a deep sleep.</content>
    public sealed partial class UpdateAgent
    {
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

        private void Refuse(int kind, byte[] offer, int reason, int detail, long untilMs)
        {
            if (!IsSame(offer, _refusedOffers[kind]) || _refusedReasons[kind] != reason)
            {
                _note = "update: refused, " + UpdateReason.Text(reason);
                if (reason == UpdateReason.OldCounter)
                {
                    Events?.Add(EventKind.Rollback, reason | kind << 8);
                }
                else if (reason == UpdateReason.BadSignature || reason == UpdateReason.OtherKey)
                {
                    Events?.Add(EventKind.Signature, reason | kind << 8);
                }

                _isStateDue[kind] = true;
            }

            _refusedOffers[kind] = offer;
            _refusedReasons[kind] = reason;
            _refusedDetails[kind] = detail;
            _refusedUntilMs[kind] = untilMs;
        }
    }
}
