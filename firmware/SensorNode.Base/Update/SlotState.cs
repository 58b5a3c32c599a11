using System;
using SensorNode.Contracts;
using SensorNode.Storage;

namespace SensorNode.Update
{
    /// <summary>The state record of one kind of release: what is in force, what is being filled or tried, what is condemned. Bytes: firmware/docs/update.md.</summary>
    /// <remarks>Properties change the copy in memory; <see cref="Store"/> makes all changes count at once, or none.</remarks>
    public sealed class SlotState
    {
        /// <summary>No slot: the factory application, or no model.</summary>
        public const int NoSlot = 2;

        public const int Nothing = 0;
        public const int Filling = 2;
        public const int Complete = 3;
        public const int OnTrial = 4;

        internal const int IdBytes = UpdateMessages.IdBytes;
        private const int SizeBytes = 232;
        private const int CounterOffset = 8;
        private const int PlatformOffset = 12;
        private const int IdOffset = 20;
        private const int SlotOffset = 36;
        private const int SlotBytes = 64;
        private const int MacOffset = 32;
        private const int QuarantineOffset = 164;
        private const int QuarantineNext = 228;
        private const int QuarantineIds = 4;

        private readonly TwinRecord _record;
        private readonly byte[] _bytes = new byte[SizeBytes];

        /// <param name="files">Flash.</param>
        /// <param name="name">File name without its end.</param>
        public SlotState(IFileStore files, string name)
        {
            _record = new TwinRecord(files, name, SizeBytes);
            Load();
        }

        /// <summary>Slot in force.</summary>
        public int Current
        {
            get { return _bytes[1]; }
            set { _bytes[1] = (byte)value; }
        }

        /// <summary>Slot that was in force before.</summary>
        public int Former
        {
            get { return _bytes[2]; }
            set { _bytes[2] = (byte)value; }
        }

        /// <summary>Slot being filled or tried.</summary>
        public int Pending
        {
            get { return _bytes[3]; }
            set { _bytes[3] = (byte)value; }
        }

        public int Phase
        {
            get { return _bytes[4]; }
            set { _bytes[4] = (byte)value; }
        }

        /// <summary>Starts of this trial; without a trial, crashes in a row.</summary>
        public int Starts
        {
            get { return _bytes[5]; }
            set { _bytes[5] = (byte)value; }
        }

        public int Rounds
        {
            get { return _bytes[6]; }
            set { _bytes[6] = (byte)value; }
        }

        public int Reason
        {
            get { return _bytes[7]; }
            set { _bytes[7] = (byte)value; }
        }

        /// <summary>Of the confirmed releases the highest; never below the floor built into Base.</summary>
        public int SecurityCounter
        {
            get
            {
                int counter = ByteOrder.GetInt32(_bytes, CounterOffset);
                return counter > UpdateLimits.SecurityCounterFloor ? counter : UpdateLimits.SecurityCounterFloor;
            }

            set
            {
                ByteOrder.PutInt32(_bytes, CounterOffset, value);
            }
        }

        public int Platform
        {
            get { return ByteOrder.GetInt32(_bytes, PlatformOffset); }
            set { ByteOrder.PutInt32(_bytes, PlatformOffset, value); }
        }

        public int Detail
        {
            get { return _bytes[16]; }
            set { _bytes[16] = (byte)value; }
        }

        /// <summary>The node had measured before it restarted into the trial.</summary>
        public bool HadMeasured
        {
            get { return (_bytes[17] & 1) != 0; }
            set { _bytes[17] = (byte)(value ? _bytes[17] | 1 : _bytes[17] & 2); }
        }

        /// <summary>The reason condemns its release.</summary>
        public bool IsFinal
        {
            get { return (_bytes[17] & 2) != 0; }
            set { _bytes[17] = (byte)(value ? _bytes[17] | 2 : _bytes[17] & 1); }
        }

        /// <summary>True where reason and rounds are about this release.</summary>
        public bool IsAbout(byte[] id)
        {
            return IsEqual(_bytes, IdOffset, id, 0);
        }

        /// <summary>True where the slot holds, or held, this release.</summary>
        public bool IsIn(int slot, byte[] id)
        {
            return slot < NoSlot && IsEqual(_bytes, SlotOffset + SlotBytes * slot, id, 0);
        }

        public bool IsQuarantined(byte[] id)
        {
            for (int i = 0; i < QuarantineIds; i++)
            {
                if (IsEqual(_bytes, QuarantineOffset + IdBytes * i, id, 0))
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Makes reason and rounds be about the release of a slot.</summary>
        public void TurnTo(int slot)
        {
            int offset = SlotOffset + SlotBytes * slot;
            if (!IsEqual(_bytes, IdOffset, _bytes, offset))
            {
                Array.Copy(_bytes, offset, _bytes, IdOffset, IdBytes);
                Rounds = 0;
            }

            Detail = 0;
            IsFinal = false;
        }

        /// <summary>Condemns the release of a slot. The oldest of four is forgotten.</summary>
        public void Condemn(int slot)
        {
            IsFinal = true;
            Array.Copy(_bytes, SlotOffset + SlotBytes * slot, _bytes, QuarantineOffset + IdBytes * (_bytes[QuarantineNext] & 3), IdBytes);
            _bytes[QuarantineNext] = (byte)(_bytes[QuarantineNext] + 1 & 3);
        }

        /// <summary>Writes what a slot is going to hold.</summary>
        public void Describe(int slot, byte[] id, ReleaseManifest manifest)
        {
            int offset = SlotOffset + SlotBytes * slot;
            Array.Clear(_bytes, offset, SlotBytes);
            Array.Copy(id, 0, _bytes, offset, IdBytes);
            ByteOrder.PutInt64(_bytes, offset + 16, manifest.Version);
            ByteOrder.PutInt32(_bytes, offset + 24, manifest.SecurityCounter);
            ByteOrder.PutInt32(_bytes, offset + 28, manifest.PayloadBytes);
        }

        /// <summary>As <see cref="ReleaseManifest.Version"/>; 0 for no slot.</summary>
        public long VersionOf(int slot)
        {
            return slot < NoSlot ? ByteOrder.GetInt64(_bytes, SlotOffset + SlotBytes * slot + 16) : 0;
        }

        public int CounterOf(int slot)
        {
            return ByteOrder.GetInt32(_bytes, SlotOffset + SlotBytes * slot + 24);
        }

        public int BytesOf(int slot)
        {
            return slot < NoSlot ? ByteOrder.GetInt32(_bytes, SlotOffset + SlotBytes * slot + 28) : 0;
        }

        /// <summary>The first 32 bytes of a slot's part: what its MAC covers beside the payload.</summary>
        public void CopyHeader(int slot, byte[] into, int offset)
        {
            Array.Copy(_bytes, SlotOffset + SlotBytes * slot, into, offset, MacOffset);
        }

        public void SetMac(int slot, byte[] mac)
        {
            Array.Copy(mac, 0, _bytes, SlotOffset + SlotBytes * slot + MacOffset, mac.Length);
        }

        /// <summary>Always 32 steps.</summary>
        public bool IsMac(int slot, byte[] mac)
        {
            int difference = 0;
            for (int i = 0; i < mac.Length; i++)
            {
                difference |= mac[i] ^ _bytes[SlotOffset + SlotBytes * slot + MacOffset + i];
            }

            return difference == 0;
        }

        /// <summary>The id of a slot's release, zeros for no slot; or of the release that the reason is about.</summary>
        /// <param name="slot">A slot, or -1 for the reason's.</param>
        /// <param name="into">Takes 16 bytes.</param>
        /// <param name="offset">Where the first goes.</param>
        public void CopyId(int slot, byte[] into, int offset)
        {
            if (slot < NoSlot)
            {
                Array.Copy(_bytes, slot < 0 ? IdOffset : SlotOffset + SlotBytes * slot, into, offset, IdBytes);
            }
        }

        /// <summary>Forgets all but the security counter.</summary>
        public bool Forget()
        {
            int counter = ByteOrder.GetInt32(_bytes, CounterOffset);
            Clear();
            SecurityCounter = counter;
            return Store();
        }

        /// <summary>Makes the changes count. Where that fails, flash decides: the copy in memory is read anew.</summary>
        public bool Store()
        {
            if (_record.Write(_bytes) == FileStatus.Ok)
            {
                return true;
            }

            Load();
            return false;
        }

        internal static bool IsEqual(byte[] first, int firstOffset, byte[] second, int secondOffset)
        {
            for (int i = 0; i < IdBytes; i++)
            {
                if (first[firstOffset + i] != second[secondOffset + i])
                {
                    return false;
                }
            }

            return true;
        }

        private void Load()
        {
            if (_record.TryRead(_bytes) && _bytes[0] == 1 && Current <= NoSlot && Former <= NoSlot && Pending <= NoSlot && (Pending < NoSlot) == (Phase >= Filling))
            {
                return;
            }

            Clear();
        }

        private void Clear()
        {
            Array.Clear(_bytes, 0, SizeBytes);
            _bytes[0] = 1;
            Current = NoSlot;
            Former = NoSlot;
            Pending = NoSlot;
        }
    }
}
