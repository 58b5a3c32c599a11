using SensorNode.Sparkplug;
using SensorNode.Storage;

namespace SensorNode.Link.Tests
{
    /// <summary>Says nothing.</summary>
    internal sealed class NoSource : IRecordSource
    {
        public void Fill(JournalRecord record)
        {
        }

        public int State()
        {
            return 0;
        }

        public void WriteTo(JournalRecord record, MessageBuilder messages, long utcMs)
        {
        }
    }
}
