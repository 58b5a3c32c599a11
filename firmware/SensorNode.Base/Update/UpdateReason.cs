namespace SensorNode.Update
{
    /// <summary>Why a release was refused, kept or left. Numbers go on the wire and into flash and never change; the table is in firmware/docs/update.md.</summary>
    public static class UpdateReason
    {
        public const int None = 0;
        public const int Confirmed = 1;
        public const int NoKey = 10;
        public const int OtherThanOffered = 11;
        public const int BadManifest = 12;
        public const int OtherProduct = 13;
        public const int OtherBoard = 14;
        public const int OtherKey = 15;
        public const int BadSignature = 16;
        public const int OldCounter = 17;
        public const int NotNewer = 18;
        public const int BaseTooOld = 19;
        public const int OtherPlatform = 20;
        public const int TooLarge = 21;
        public const int Quarantined = 22;
        public const int TriedTooOften = 23;
        public const int FlashFailed = 30;
        public const int Withdrawn = 31;
        public const int Held = 32;
        public const int OnTrial = 40;
        public const int Crashed = 41;
        public const int Hung = 42;
        public const int Damaged = 43;
        public const int NotLoaded = 44;
        public const int StoppedMeasuring = 45;
        public const int NeverMeasured = 46;
        public const int NoBroker = 47;
        public const int Interrupted = 48;
        public const int DamagedInForce = 49;
        public const int CrashedInForce = 50;
        public const int PlatformChanged = 51;
        public const int GivenUp = 52;

        /// <summary>Words for people.</summary>
        public static string Text(int reason)
        {
            switch (reason)
            {
                case None: return "none";
                case Confirmed: return "confirmed";
                case NoKey: return "no release key on this node";
                case OtherThanOffered: return "not what was offered";
                case BadManifest: return "manifest cannot be read";
                case OtherProduct: return "for another product";
                case OtherBoard: return "for another board";
                case OtherKey: return "signed with another key";
                case BadSignature: return "signature is wrong";
                case OldCounter: return "security counter is lower";
                case NotNewer: return "not newer";
                case BaseTooOld: return "needs a newer Base";
                case OtherPlatform: return "built for another platform version";
                case TooLarge: return "larger than the slot";
                case Quarantined: return "in quarantine";
                case TriedTooOften: return "tried too often";
                case FlashFailed: return "flash could not be written";
                case Withdrawn: return "withdrawn";
                case Held: return "held by update.mode";
                case OnTrial: return "on trial";
                case Crashed: return "crashed on trial";
                case Hung: return "hung on trial";
                case Damaged: return "damaged before its start";
                case NotLoaded: return "cannot be loaded";
                case StoppedMeasuring: return "connected, measured nothing";
                case NeverMeasured: return "measured nothing, nor did the node before";
                case NoBroker: return "no broker within the time";
                case Interrupted: return "interrupted in every start";
                case DamagedInForce: return "damaged in flash, former release";
                case CrashedInForce: return "crashed 5 times, former release";
                case PlatformChanged: return "platform changed by cable, factory application";
                case GivenUp: return "model given up, learning anew";
                default: return "reason " + reason.ToString();
            }
        }
    }
}
