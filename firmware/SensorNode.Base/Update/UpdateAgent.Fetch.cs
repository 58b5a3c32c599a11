using System;
using SensorNode.Configuration;
using SensorNode.Contracts;
using SensorNode.Crypto;
using SensorNode.Storage;

namespace SensorNode.Update
{
    /// <content>A release is fetched: head, check, chunks, and the wait for a quiet moment.</content>
    public sealed partial class UpdateAgent
    {
        /// <summary>Takes a reply. What does not answer the open request is dropped.</summary>
        public void TakeReply(byte[] payload, long nowMs)
        {
            if (_request == null || !UpdateMessages.Answers(payload, _request, out int status, out int count))
            {
                return;
            }

            if (status != UpdateMessages.StatusData)
            {
                Pause(nowMs, status == UpdateMessages.StatusLater ? count * 1000 : 0);
            }
            else if (_step == InHead)
            {
                TakeHead(payload, count, nowMs);
            }
            else
            {
                TakeChunk(payload, count, nowMs);
            }
        }

        /// <summary>Goes on with what flash holds of this release, or begins with its head.</summary>
        private void Resume(long nowMs)
        {
            UpdateSlots slots = _slots[_active];
            byte[] id = Id(_offer);
            _step = InHead;
            _head = null;
            _headBytes = 0;
            _isStateDue[_active] = true;
            if (slots.State.Phase != SlotState.Filling || !slots.State.IsIn(slots.State.Pending, id))
            {
                _note = "update: fetching a release";
                return;
            }

            byte[] head = ReadStored(_offer, out ReleaseManifest manifest);
            if (head == null)
            {
                return;
            }

            // What was verified then was another offer.
            if (!UpdateCheck.IsOffered(_offer, manifest))
            {
                Refuse(_active, _offer, UpdateReason.OtherThanOffered, 0, nowMs + UpdateLimits.RefusedMs);
                End();
                return;
            }

            Keep(head, manifest.ManifestBytes);
            _note = "update: going on at chunk " + _chunk.ToString();
            GoOn(nowMs);
        }

        /// <summary>The head in flash, if it is that of an offer: the record says that an id was verified, and the head has to be the one it was made from.</summary>
        /// <returns>Null if it is not.</returns>
        private byte[] ReadStored(byte[] offer, out ReleaseManifest manifest)
        {
            byte[] head = SlotLoader.ReadHead(_files);
            manifest = new ReleaseManifest();
            return head != null && head.Length == UpdateMessages.HeadBytes(offer) && ReleaseParser.TryParse(head, 0, head.Length, manifest, out ReleaseError _) &&
                SlotState.IsEqual(Sha256.Hash(head, 0, manifest.ManifestBytes), 0, offer, UpdateMessages.IdOffset) ? head : null;
        }

        private void TakeHead(byte[] reply, int count, long nowMs)
        {
            if (_head == null)
            {
                _head = new byte[UpdateMessages.HeadBytes(_offer)];
            }

            Array.Copy(reply, UpdateMessages.ReplyHeaderBytes, _head, _headBytes, count);
            _headBytes += count;
            Answered(nowMs);
            if (_headBytes < _head.Length)
            {
                return;
            }

            byte[] head = _head;
            _head = null;
            UpdateSlots slots = _slots[_active];
            ReleaseManifest manifest = new ReleaseManifest();
            int reason = UpdateCheck.Check(
                head, _offer, manifest, slots, _files, _system, _configuration.Text(ConfigurationKey.Board), InForce(_active), out int detail);
            if (reason == UpdateReason.None && !slots.Start(Id(_offer), manifest, head, head.Length, slots.Kind == ReleaseManifest.Application ? _platform : 0))
            {
                reason = UpdateReason.FlashFailed;
            }

            if (reason != UpdateReason.None)
            {
                Refuse(_active, _offer, reason, detail, nowMs + UpdateLimits.RefusedMs);
                End();
                return;
            }

            Keep(head, manifest.ManifestBytes);
        }

        /// <summary>Keeps the manifest, without the signatures, and finds the first chunk that is missing.</summary>
        private void Keep(byte[] head, int manifestBytes)
        {
            byte[] bytes = new byte[manifestBytes];
            Array.Copy(head, 0, bytes, 0, manifestBytes);
            _manifest = new ReleaseManifest();
            ReleaseParser.TryParse(bytes, 0, manifestBytes, _manifest, out ReleaseError _);
            _chunk = _slots[_active].CountChunks(_manifest);
            _step = InPayload;
            _isStateDue[_active] = true;
        }

        private void TakeChunk(byte[] reply, int count, long nowMs)
        {
            if (!_manifest.IsChunkDigest(_chunk, Sha256.Hash(reply, UpdateMessages.ReplyHeaderBytes, count)))
            {
                Pause(nowMs, 0);
                return;
            }

            Answered(nowMs);
            if (!_slots[_active].StoreChunk(reply, UpdateMessages.ReplyHeaderBytes, count))
            {
                FlashFailed(nowMs);
                return;
            }

            _chunk++;
            GoOn(nowMs);
        }

        private void GoOn(long nowMs)
        {
            if (_chunk < _manifest.Chunks)
            {
                return;
            }

            if (!_slots[_active].Complete(_manifest, _windowCount > 0))
            {
                FlashFailed(nowMs);
                return;
            }

            _manifest = null;
            _step = Done;
            _doneMs = nowMs;
            _isStateDue[_active] = true;
            _note = "update: complete";
        }

        private void FlashFailed(long nowMs)
        {
            Refuse(_active, _offer, UpdateReason.FlashFailed, 0, nowMs + UpdateLimits.RefusedMs);
            End();
        }

        private void RestartIfQuiet(long nowMs)
        {
            // Compared with the manifest's class before anything else was done with the offer.
            bool isSecurity = _offer[UpdateMessages.ClassOffset] == ReleaseManifest.Security;

            // A model replaces what is being learned: waiting would be for nothing.
            if (!IsBusy || _active == 1 || nowMs - _doneMs > (isSecurity ? UpdateLimits.BusySecurityMsMax : UpdateLimits.BusyMsMax))
            {
                _restartMs = nowMs;
                _isStateDue[_active] = true;
            }
        }

        private void Answered(long nowMs)
        {
            _request = null;
            _pauseMs = UpdateLimits.PauseMs;
            _dueMs = nowMs + UpdateLimits.RequestIntervalMs;
        }

        /// <summary>No use in asking again at once.</summary>
        private void Pause(long nowMs, int shortestMs)
        {
            _request = null;
            int pauseMs = _pauseMs > shortestMs ? _pauseMs : shortestMs;
            _dueMs = nowMs + pauseMs + _system.Random(pauseMs / 4);
            LengthenPause();
        }

        private void LengthenPause()
        {
            _pauseMs = _pauseMs * 2 > UpdateLimits.PauseMsMax ? UpdateLimits.PauseMsMax : _pauseMs * 2;
        }

        private void End()
        {
            _active = -1;
            _request = null;
            _head = null;
            _manifest = null;
            _offer = null;
        }
    }
}
