using SensorNode.Boards;
using SensorNode.Configuration;
using SensorNode.Contracts;

namespace SensorNode.Boot
{
    /// <summary>The rules of the boards in the catalog: what their heap holds and their bus carries.</summary>
    public sealed class BoardRules : IBoardRules
    {
        /// <inheritdoc/>
        public string Refusal(NodeConfiguration configuration)
        {
            string name = configuration.Text(ConfigurationKey.Board);
            string refusal = BoardCatalog.Refusal(name, configuration.Number(ConfigurationKey.WindowPoints));
            return refusal ?? SensorTable.BusRefusal(configuration, BoardCatalog.Find(name).I2cClockHz);
        }
    }
}
