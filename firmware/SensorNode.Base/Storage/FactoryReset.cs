using SensorNode.Contracts;
using SensorNode.Update;

namespace SensorNode.Storage
{
    /// <summary>Wipes credentials, settings, records, baselines and releases; keeps the security counters, the event log, the count of starts and the clock's floor.</summary>
    /// <remarks>
    /// Asked for by one small file; done at the start that follows, before anything else is read. The file goes last: a power cut at any moment leads to the
    /// same end. Deleted is not erased: bytes stay in flash until the block is used again.
    /// </remarks>
    public static class FactoryReset
    {
        /// <summary>Somebody wrote the node's name to Node Control/Factory Reset.</summary>
        public const int ByCommand = 0;

        /// <summary>Somebody held the button.</summary>
        public const int ByButton = 1;

        private const string MarkFile = "factory-reset";
        private const string StateEnd = "-state.";

        /// <summary>Asks for it; the caller restarts the node then.</summary>
        public static FileStatus Ask(IFileStore files, int cause)
        {
            return files.Write(MarkFile, new byte[] { (byte)cause }, 0, 1);
        }

        /// <summary>True from <see cref="Ask"/> to the end of <see cref="Finish"/>. What a torn mark holds does not matter: only Ask makes one.</summary>
        public static bool IsAsked(IFileStore files)
        {
            return files.Length(MarkFile) >= 0;
        }

        /// <summary>Does it, or what is left of it.</summary>
        /// <returns>True where all of it is done; otherwise flash failed, and the same call tries again.</returns>
        public static bool Finish(IFileStore files, EventLog events)
        {
            string[] names = files.List();
            if (names == null)
            {
                return false;
            }

            for (int i = 0; i < names.Length; i++)
            {
                if (!IsKept(names[i]) && files.Delete(names[i]) != FileStatus.Ok)
                {
                    return false;
                }
            }

            if (!Clear(files, ReleaseManifest.Application) || !Clear(files, ReleaseManifest.Model))
            {
                return false;
            }

            byte[] cause = new byte[1];
            files.Read(MarkFile, 0, cause, 0, 1, out int _);
            events.Add(EventKind.FactoryReset, cause[0] == ByButton ? ByButton : ByCommand);
            return files.Delete(MarkFile) == FileStatus.Ok;
        }

        private static bool Clear(IFileStore files, int kind)
        {
            return new UpdateSlots(files, kind).State.Forget();
        }

        private static bool IsKept(string name)
        {
            return name == MarkFile || name.StartsWith(EventLog.Prefix + ".") || name.StartsWith("boot.") || name.StartsWith("clock.") || name.IndexOf(StateEnd) == 3;
        }
    }
}
