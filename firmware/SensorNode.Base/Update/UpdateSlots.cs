using SensorNode.Contracts;
using SensorNode.Crypto;
using SensorNode.Storage;

namespace SensorNode.Update
{
    /// <summary>The two slots of one kind of release, and the verbs on them: start, store chunk, complete, confirm, revert. Each ends with one record write that makes it count.</summary>
    /// <remarks>
    /// Errors:  false where flash failed; then nothing has changed that counts.
    /// Threads: any; one lock. Memory: the state record, 480 bytes; a chunk while chunks are compared.
    /// </remarks>
    public sealed class UpdateSlots
    {
        /// <summary>Manifest and signatures of the release in delivery, of either kind.</summary>
        public const string HeadFile = "update-head";

        private readonly IFileStore _files;
        private readonly string _prefix;

        /// <param name="files">Flash.</param>
        /// <param name="kind"><see cref="ReleaseManifest.Application"/> or <see cref="ReleaseManifest.Model"/>.</param>
        public UpdateSlots(IFileStore files, int kind)
        {
            _files = files;
            Kind = kind;
            _prefix = kind == ReleaseManifest.Application ? FlashBudget.ApplicationFile : "mdl-";
            State = new SlotState(files, _prefix + "state");
        }

        public int Kind { get; }

        public SlotState State { get; }

        /// <summary>True in a start that runs a release which is not confirmed.</summary>
        public bool IsOnTrial { get; internal set; }

        /// <summary>Longest payload.</summary>
        public int SizeBytesMax
        {
            get { return Kind == ReleaseManifest.Application ? FlashBudget.SlotSizeBytesMax : UpdateLimits.ModelBytesMax; }
        }

        /// <summary>Where a slot's payload lies.</summary>
        public string FileOf(int slot)
        {
            return _prefix + (slot == 0 ? "0" : "1");
        }

        /// <summary>Gives the slot that is not in force to a release.</summary>
        /// <param name="id">16 bytes.</param>
        /// <param name="manifest">Verified.</param>
        /// <param name="head">Its bytes and signatures.</param>
        /// <param name="headBytes">How many.</param>
        /// <param name="platform">What it was checked against.</param>
        public bool Start(byte[] id, ReleaseManifest manifest, byte[] head, int headBytes, int platform)
        {
            lock (this)
            {
                if (_files.Write(HeadFile, head, 0, headBytes) != FileStatus.Ok)
                {
                    return false;
                }

                int slot = State.Current == 0 ? 1 : 0;
                if (State.Former == slot)
                {
                    State.Former = SlotState.NoSlot;
                }

                State.Describe(slot, id, manifest);
                State.TurnTo(slot);
                State.Pending = slot;
                State.Phase = SlotState.Filling;
                State.Starts = 0;
                State.Platform = platform;
                return State.Store() && _files.Delete(FileOf(slot)) == FileStatus.Ok;
            }
        }

        /// <summary>Compares what is stored with the digests. What is torn or foreign is deleted.</summary>
        /// <returns>How many chunks are there.</returns>
        public int CountChunks(ReleaseManifest manifest)
        {
            string file = FileOf(State.Pending);
            int left = _files.Length(file);
            int chunk = 0;
            if (left > 0)
            {
                byte[] buffer = new byte[manifest.ChunkBytes];
                while (chunk < manifest.Chunks && left >= manifest.BytesOfChunk(chunk))
                {
                    int count = manifest.BytesOfChunk(chunk);
                    if (_files.Read(file, chunk * manifest.ChunkBytes, buffer, 0, count, out int read) != FileStatus.Ok || read != count ||
                        !manifest.IsChunkDigest(chunk, Sha256.Hash(buffer, 0, count)))
                    {
                        break;
                    }

                    left -= count;
                    chunk++;
                }
            }

            if (left > 0)
            {
                _files.Delete(file);
                chunk = 0;
            }

            return chunk;
        }

        /// <summary>Adds a chunk, compared with its digest by the caller.</summary>
        public bool StoreChunk(byte[] buffer, int offset, int count)
        {
            return _files.Append(FileOf(State.Pending), buffer, offset, count) == FileStatus.Ok;
        }

        /// <summary>Lets the next start try the release, if all chunks are in flash.</summary>
        /// <param name="manifest">Of the release.</param>
        /// <param name="hasMeasured">Whether the node measures now.</param>
        public bool Complete(ReleaseManifest manifest, bool hasMeasured)
        {
            lock (this)
            {
                if (CountChunks(manifest) != manifest.Chunks)
                {
                    return false;
                }

                State.Phase = SlotState.Complete;
                State.Starts = 0;
                State.HadMeasured = hasMeasured;
                return State.Store();
            }
        }

        /// <summary>Puts the release on trial in force. Until this is written the next start may go back.</summary>
        public bool Confirm()
        {
            lock (this)
            {
                if (!IsOnTrial)
                {
                    return false;
                }

                int slot = State.Pending;
                State.Former = State.Current;
                State.Current = slot;
                State.Pending = SlotState.NoSlot;
                State.Phase = SlotState.Nothing;
                State.Starts = 0;
                State.TurnTo(slot);
                State.Rounds = 0;
                State.Reason = UpdateReason.Confirmed;
                if (State.CounterOf(slot) > State.SecurityCounter)
                {
                    State.SecurityCounter = State.CounterOf(slot);
                }

                State.Store();
                IsOnTrial = State.Phase == SlotState.OnTrial;
                return !IsOnTrial;
            }
        }

        /// <summary>Gives up the release being filled or tried. What is in force stays so.</summary>
        /// <param name="reason">An <see cref="UpdateReason"/>.</param>
        /// <param name="isFinal">Whether it is condemned.</param>
        public bool Revert(int reason, bool isFinal)
        {
            lock (this)
            {
                int slot = State.Pending;
                if (slot == SlotState.NoSlot)
                {
                    return true;
                }

                Note(slot, reason, isFinal);
                State.Pending = SlotState.NoSlot;
                State.Phase = SlotState.Nothing;
                State.Starts = 0;
                IsOnTrial = false;
                return State.Store();
            }
        }

        /// <summary>Leaves the release in force for the former one, or for none.</summary>
        public bool Leave(int reason, bool isFinal)
        {
            lock (this)
            {
                int slot = State.Current;
                if (slot == SlotState.NoSlot)
                {
                    return true;
                }

                Note(slot, reason, isFinal);
                State.Current = State.Former;
                State.Former = SlotState.NoSlot;
                State.Starts = State.Phase >= SlotState.Complete ? State.Starts : 0;
                return State.Store();
            }
        }

        /// <summary>Forgets crashes of the release in force, once it has shown that it works.</summary>
        public void ForgetCrashes()
        {
            lock (this)
            {
                if (State.Starts > 0 && State.Phase < SlotState.Complete)
                {
                    State.Starts = 0;
                    State.Store();
                }
            }
        }

        /// <summary>Lets a release that was tried too often be tried again.</summary>
        public void Retry()
        {
            lock (this)
            {
                if (State.Rounds > 0)
                {
                    State.Rounds = 0;
                    State.Store();
                }
            }
        }

        private void Note(int slot, int reason, bool isFinal)
        {
            State.TurnTo(slot);
            State.Reason = reason;
            if (isFinal)
            {
                State.Condemn(slot);
            }
        }
    }
}
