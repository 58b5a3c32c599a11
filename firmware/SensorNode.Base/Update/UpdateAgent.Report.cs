using System;
using SensorNode.Storage;

namespace SensorNode.Update
{
    /// <content>What is told: words for metrics, the state message.</content>
    public sealed partial class UpdateAgent
    {
        /// <summary>How far the release in delivery is, in percent; 0 without one.</summary>
        public int Progress
        {
            get
            {
                // The link's thread may let go of it meanwhile.
                ReleaseManifest manifest = _manifest;
                return manifest == null ? 0 : _chunk * 100 / manifest.Chunks;
            }
        }

        /// <summary>What is done, in words.</summary>
        public string StateText
        {
            get
            {
                int phase = PhaseOf(0);
                phase = phase > 0 ? phase : PhaseOf(1);
                return _restartMs >= 0 ? "restarting"
                    : phase == InHead ? "fetching manifest"
                    : phase == InPayload ? "fetching"
                    : phase == Done ? "waiting for restart"
                    : phase > Done ? "on trial" : "idle";
            }
        }

        /// <summary>The last decision of a kind, in words.</summary>
        public string ReasonText(int kind)
        {
            return UpdateReason.Text(_refusedOffers[kind] != null || _refusedSums[kind] != 0 ? _refusedReasons[kind] : _slots[kind].State.Reason);
        }

        /// <summary>The state message of a kind, if it is due; null if not.</summary>
        public byte[] TakeState(int kind, long nowMs)
        {
            bool isGrowing = _active == kind && _step == InPayload && nowMs - _stateMs >= UpdateLimits.StateIntervalMs;
            if (!_isStateDue[kind] && !isGrowing)
            {
                return null;
            }

            _isStateDue[kind] = false;
            _stateMs = nowMs;
            SlotState state = _slots[kind].State;
            byte[] message = UpdateMessages.Create(UpdateMessages.StateBytes, 'S' | 'T' << 8, kind + 1);
            bool isRefused = _refusedOffers[kind] != null;
            message[6] = (byte)PhaseOf(kind);
            message[7] = (byte)(isRefused ? _refusedReasons[kind] : state.Reason);
            state.CopyId(-1, message, 8);
            message[77] = (byte)state.Rounds;
            message[78] = (byte)state.Detail;
            message[79] = (byte)(state.IsFinal ? 1 : 0);
            if (isRefused)
            {
                Array.Copy(_refusedOffers[kind], UpdateMessages.IdOffset, message, 8, SlotState.IdBytes);
                message[77] = 0;
                message[78] = (byte)_refusedDetails[kind];
                message[79] = (byte)(state.IsQuarantined(Id(_refusedOffers[kind])) ? 1 : 0);
            }

            state.CopyId(state.Current, message, 24);
            ByteOrder.PutInt64(message, 40, InForce(kind));
            ByteOrder.PutInt32(message, 48, state.SecurityCounter);
            message[76] = (byte)state.Current;
            if (_active == kind)
            {
                Array.Copy(_offer, UpdateMessages.IdOffset, message, 60, SlotState.IdBytes);
                int payload = ByteOrder.GetInt32(_offer, UpdateMessages.TotalOffset) - UpdateMessages.HeadBytes(_offer);
                ByteOrder.PutInt32(message, 56, payload);
                ByteOrder.PutInt32(message, 52, _step == Done || _manifest == null ? _step == Done ? payload : 0 : _chunk * _manifest.ChunkBytes);
            }
            else if (state.Pending != SlotState.NoSlot)
            {
                state.CopyId(state.Pending, message, 60);
                ByteOrder.PutInt32(message, 56, state.BytesOf(state.Pending));
                ByteOrder.PutInt32(message, 52, state.Phase == SlotState.Filling ? 0 : state.BytesOf(state.Pending));
            }

            return message;
        }

        private int PhaseOf(int kind)
        {
            SlotState state = _slots[kind].State;
            return _slots[kind].IsOnTrial ? 4 : _active == kind ? _step : state.Phase == SlotState.Complete ? Done : 0;
        }
    }
}
