using SensorNode.Configuration;

namespace SensorNode.Contracts
{
    /// <summary>What a board cannot run, whatever the configuration's own rules say.</summary>
    public interface IBoardRules
    {
        /// <summary>Why the board cannot run with these settings.</summary>
        /// <returns>Null where it can; otherwise the setting, what is wrong, and what would be right.</returns>
        string Refusal(NodeConfiguration configuration);
    }
}
