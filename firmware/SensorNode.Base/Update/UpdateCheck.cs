using SensorNode.Contracts;
using SensorNode.Crypto;
using SensorNode.Storage;

namespace SensorNode.Update
{
    /// <summary>Whether this node may take a release: everything that can be known before its payload is fetched or anything is written.</summary>
    public static class UpdateCheck
    {
        /// <summary>Checks a head.</summary>
        /// <param name="head">Manifest and signatures.</param>
        /// <param name="offer">What was offered; see <see cref="UpdateMessages"/>.</param>
        /// <param name="manifest">Filled; of meaning only if the result is None.</param>
        /// <param name="slots">Of the offer's kind.</param>
        /// <param name="files">Flash.</param>
        /// <param name="system">Knows the platform's versions.</param>
        /// <param name="board">The board profile's name.</param>
        /// <param name="versionInForce">A release with the same counter must be newer.</param>
        /// <param name="detail">More to the reason.</param>
        /// <returns>An <see cref="UpdateReason"/>; None: take it.</returns>
        public static int Check(
            byte[] head, byte[] offer, ReleaseManifest manifest, UpdateSlots slots, IFileStore files, ISystem system, string board, long versionInForce, out int detail)
        {
            bool isManifest = ReleaseParser.TryParse(head, 0, head.Length, manifest, out ReleaseError error);
            detail = (int)error;
            if (!isManifest)
            {
                return UpdateReason.BadManifest;
            }

            if (manifest.Kind != slots.Kind || manifest.PayloadBytes != ByteOrder.GetInt32(offer, UpdateMessages.TotalOffset) - head.Length ||
                !SlotState.IsEqual(Sha256.Hash(head, 0, manifest.ManifestBytes), 0, offer, UpdateMessages.IdOffset))
            {
                return UpdateReason.OtherThanOffered;
            }

            if (manifest.Product != UpdateLimits.Product)
            {
                return UpdateReason.OtherProduct;
            }

            if (manifest.Board != board)
            {
                return UpdateReason.OtherBoard;
            }

            int reason = Age(manifest.SecurityCounter, manifest.Version, slots.State, versionInForce);
            if (reason != UpdateReason.None)
            {
                return reason;
            }

            if (!IsOffered(offer, manifest))
            {
                return UpdateReason.OtherThanOffered;
            }

            if (manifest.BaseVersion > UpdateLimits.BaseVersion)
            {
                return UpdateReason.BaseTooOld;
            }

            if (manifest.PayloadBytes > slots.SizeBytesMax)
            {
                return UpdateReason.TooLarge;
            }

            reason = TrustedKeys.Verify(files, head, head.Length, manifest, out detail);

            // The platform is asked only of what was signed: each name that is not there costs it an exception.
            for (int i = 0; reason == UpdateReason.None && i < manifest.Assemblies; i++)
            {
                // The native checksum cannot be read at run time; the platform starts no assembly whose own does not fit.
                if (system.AssemblyVersion(manifest.AssemblyAt(i, out long version, out int _)) != version)
                {
                    detail = i;
                    return UpdateReason.OtherPlatform;
                }
            }

            return reason;
        }

        /// <summary>Whether an offer, which nobody signs, says of class, version and counter what the manifest says.</summary>
        internal static bool IsOffered(byte[] offer, ReleaseManifest manifest)
        {
            return offer[UpdateMessages.ClassOffset] == manifest.Class && ReleaseParser.Version(offer, UpdateMessages.VersionOffset) == manifest.Version &&
                ByteOrder.GetInt32(offer, UpdateMessages.CounterOffset) == manifest.SecurityCounter;
        }

        /// <summary>No older counter, ever; with the same counter no older and no equal version.</summary>
        internal static int Age(int counter, long version, SlotState state, long versionInForce)
        {
            return counter < state.SecurityCounter ? UpdateReason.OldCounter
                : counter == state.SecurityCounter && version <= versionInForce ? UpdateReason.NotNewer
                : UpdateReason.None;
        }
    }
}
