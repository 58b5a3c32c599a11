using SensorNode.Configuration;
using SensorNode.Contracts;
using SensorNode.Crypto;

namespace SensorNode.Update
{
    /// <summary>Decides at a start what of one kind runs: the release to be tried, the one in force, the former one, or none.</summary>
    /// <remarks>
    /// Every start of a trial is counted before anything is done with the release. Cost: SHA-256 over the payload, about 9,000 IL instructions for each 64 bytes;
    /// for a first start three times that, signature included. Memory: the payload, which the caller keeps, and the head for a first start.
    /// </remarks>
    public sealed class SlotLoader
    {
        private readonly IFileStore _files;
        private readonly UpdateSlots _slots;
        private readonly SlotState _state;
        private readonly MacKey _key;
        private readonly int _counterFloor;

        /// <param name="files">Flash.</param>
        /// <param name="slots">Of one kind.</param>
        /// <param name="key">Of the node.</param>
        /// <param name="counterFloor"><see cref="UpdateLimits.SecurityCounterFloor"/>: nothing with a lower security counter is started, wherever it lies.</param>
        public SlotLoader(IFileStore files, UpdateSlots slots, MacKey key, int counterFloor)
        {
            _counterFloor = counterFloor;
            _files = files;
            _slots = slots;
            _state = slots.State;
            _key = key;
        }

        /// <summary>Finds what runs. Call it once a start, and again only after <see cref="Refuse"/>, with PowerOn as the reason.</summary>
        /// <param name="restart">How the start before ended.</param>
        /// <param name="isTimerWake">The board was woken by its timer: that ended no trial.</param>
        /// <param name="platform">What Base and platform are now; see the state record.</param>
        /// <param name="mayTry">False: a release that waits for its first start waits on.</param>
        /// <returns>The payload; null for the factory application, or for no model.</returns>
        public byte[] Begin(RestartReason restart, bool isTimerWake, int platform, bool mayTry)
        {
            if (_state.Platform != platform && (_state.Pending != SlotState.NoSlot || _state.Current != SlotState.NoSlot))
            {
                bool isLeft = _slots.Revert(UpdateReason.PlatformChanged, false);
                _state.Former = SlotState.NoSlot;
                if (!_slots.Leave(UpdateReason.PlatformChanged, false) || !isLeft)
                {
                    return null;
                }
            }

            byte[] payload = null;
            bool hasCrashed = restart == RestartReason.Fault || restart == RestartReason.Watchdog;
            if (_state.Phase == SlotState.OnTrial || (_state.Phase == SlotState.Complete && mayTry))
            {
                payload = Try(restart, isTimerWake);
                hasCrashed = false;
            }

            if (payload == null && hasCrashed && _state.Current != SlotState.NoSlot && _state.Phase < SlotState.Complete && !CountCrash())
            {
                return null;
            }

            while (payload == null && _state.Current != SlotState.NoSlot)
            {
                bool isOld = _state.CounterOf(_state.Current) < _counterFloor;
                payload = isOld ? null : Read(_state.Current);
                if (payload == null || !IsKnown(_state.Current, payload))
                {
                    payload = null;
                    if (!_slots.Leave(isOld ? UpdateReason.OldCounter : UpdateReason.DamagedInForce, false))
                    {
                        return null;
                    }
                }
            }

            return payload;
        }

        /// <summary>Whether update.mode lets the release in delivery have its first start; by its manifest, of which <see cref="Begin"/> verifies the signature.</summary>
        public static bool MayTry(IFileStore files, int updateMode)
        {
            if (updateMode != ConfigurationSchema.UpdateSecurity)
            {
                return updateMode == ConfigurationSchema.UpdateAuto;
            }

            byte[] head = ReadHead(files);
            ReleaseManifest manifest = new ReleaseManifest();
            return head != null && ReleaseParser.TryParse(head, 0, head.Length, manifest, out ReleaseError _) && manifest.Class == ReleaseManifest.Security;
        }

        /// <summary>What <see cref="Begin"/> gave cannot be loaded.</summary>
        /// <returns>False where flash would not take it down: start the factory's.</returns>
        public bool Refuse()
        {
            return _slots.IsOnTrial ? _slots.Revert(UpdateReason.NotLoaded, true) : _slots.Leave(UpdateReason.DamagedInForce, false);
        }

        private byte[] Try(RestartReason restart, bool isTimerWake)
        {
            bool isFirst = _state.Phase == SlotState.Complete;
            if (!isFirst && (restart == RestartReason.Fault || restart == RestartReason.Watchdog))
            {
                _slots.Revert(restart == RestartReason.Fault ? UpdateReason.Crashed : UpdateReason.Hung, true);
                return null;
            }

            if ((isFirst || !isTimerWake) && !CountStart())
            {
                return null;
            }

            int slot = _state.Pending;
            if (_state.CounterOf(slot) < _counterFloor)
            {
                _slots.Revert(UpdateReason.OldCounter, false);
                return null;
            }

            byte[] payload = Read(slot);
            if (payload == null)
            {
                _slots.Revert(UpdateReason.FlashFailed, false);
                return null;
            }

            if (isFirst ? !IsGenuine(slot, payload) : !IsKnown(slot, payload))
            {
                _slots.Revert(UpdateReason.Damaged, true);
                return null;
            }

            if (isFirst)
            {
                byte[] mac = _key.Compute(_state, slot, payload);
                if (mac == null)
                {
                    return null;
                }

                _state.SetMac(slot, mac);
                _state.Phase = SlotState.OnTrial;
                if (!_state.Store())
                {
                    return null;
                }
            }

            _slots.IsOnTrial = true;
            return payload;
        }

        private bool CountStart()
        {
            if (_state.Starts >= UpdateLimits.StartsMax)
            {
                _slots.Revert(UpdateReason.Interrupted, false);
                return false;
            }

            _state.TurnTo(_state.Pending);
            _state.Starts++;
            _state.Rounds += _state.Starts == 1 ? 1 : 0;
            _state.Reason = UpdateReason.OnTrial;
            return _state.Store();
        }

        /// <summary>False where flash failed.</summary>
        private bool CountCrash()
        {
            _state.Starts++;
            return _state.Starts >= UpdateLimits.CrashesMax ? _slots.Leave(UpdateReason.CrashedInForce, true) : _state.Store();
        }

        private byte[] Read(int slot)
        {
            string file = _slots.FileOf(slot);
            int count = _state.BytesOf(slot);
            if (count <= 0 || count > _slots.SizeBytesMax || _files.Length(file) != count)
            {
                return null;
            }

            byte[] payload = new byte[count];
            return _files.Read(file, 0, payload, 0, count, out int read) == FileStatus.Ok && read == count ? payload : null;
        }

        private bool IsKnown(int slot, byte[] payload)
        {
            byte[] mac = _key.Compute(_state, slot, payload);
            return mac != null && _state.IsMac(slot, mac);
        }

        /// <summary>The signature, once more and from flash: whatever happened since the download, nothing else is started.</summary>
        private bool IsGenuine(int slot, byte[] payload)
        {
            byte[] head = ReadHead(_files);
            ReleaseManifest manifest = new ReleaseManifest();
            return head != null && ReleaseParser.TryParse(head, 0, head.Length, manifest, out ReleaseError _) && manifest.Kind == _slots.Kind &&
                _state.IsIn(slot, Sha256.Hash(head, 0, manifest.ManifestBytes)) && manifest.PayloadBytes == payload.Length &&
                TrustedKeys.Verify(_files, head, head.Length, manifest, out int _) == UpdateReason.None &&
                manifest.IsPayloadDigest(Sha256.Hash(payload, 0, payload.Length));
        }

        /// <summary>The stored head, or null.</summary>
        internal static byte[] ReadHead(IFileStore files)
        {
            int count = files.Length(UpdateSlots.HeadFile);
            if (count <= 0 || count > UpdateLimits.HeadBytesMax)
            {
                return null;
            }

            byte[] head = new byte[count];
            return files.Read(UpdateSlots.HeadFile, 0, head, 0, count, out int read) == FileStatus.Ok && read == count ? head : null;
        }
    }
}
