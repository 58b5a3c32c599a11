using SensorNode.Sparkplug;
using SensorNode.Storage;

namespace SensorNode.Link
{
    /// <summary>What the application keeps of a moment, and how it tells it later.</summary>
    public interface IRecordSource
    {
        /// <summary>Fills the measured part of a record from the metric table, whose lock the caller holds.</summary>
        void Fill(JournalRecord record);

        /// <summary>A number that changes with what is worth a connection at once, from the metric table, whose lock the caller holds. 0 or more.</summary>
        int State();

        /// <summary>Adds the measured part of a stored record to a historical message. Called twice for one message, and adds the same both times.</summary>
        void WriteTo(JournalRecord record, MessageBuilder messages, long utcMs);
    }
}
