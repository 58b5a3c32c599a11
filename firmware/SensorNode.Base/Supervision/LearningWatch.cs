using SensorNode.Contracts;
using SensorNode.Sparkplug;

namespace SensorNode.Supervision
{
    /// <summary>Says why learning does not end: a machine that clips every window, or is never steady, would be learned for ever without a word.</summary>
    public sealed class LearningWatch
    {
        private const int CannotLearnAfter = 32;

        private int _inARow;

        /// <summary>Takes in a window. The caller holds the table's lock.</summary>
        /// <param name="table">Has the reason afterwards, or none where the window counted again.</param>
        /// <param name="isLost">It was to be learned and was not.</param>
        /// <param name="quality">Bits of <see cref="WindowQuality"/>; without any the machine was not steady.</param>
        /// <param name="tickMs">Time of the window.</param>
        public void Take(MetricTable table, bool isLost, int quality, long tickMs)
        {
            int before = _inARow;
            _inARow = isLost ? before + 1 : 0;
            bool isOver = !isLost && before >= CannotLearnAfter;
            if (_inARow == CannotLearnAfter || isOver)
            {
                int unfit = quality & WindowQuality.Unfit;
                table.SetText(Metric.AlarmReason, isOver ? "none" : "cannot learn: " + (unfit == 0 ? "unsteady" : WindowQuality.Text(unfit)), tickMs);
                table.MarkUrgent(Metric.AlarmReason);
            }
        }
    }
}
