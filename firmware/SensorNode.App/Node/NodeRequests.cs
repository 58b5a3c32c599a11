using SensorNode.Contracts;
using SensorNode.Link;
using SensorNode.Sparkplug;

namespace SensorNode.Node
{
    /// <summary>What commands have asked of the other threads. Set by the link thread, taken by the thread that acts.</summary>
    public sealed class NodeRequests : ICommandTarget
    {
        private bool _relearn;
        private bool _extend;

        /// <inheritdoc/>
        public int RestartAsked { get; private set; } = -1;

        /// <inheritdoc/>
        public void Restart(RestartReason reason)
        {
            RestartAsked = (int)reason;
        }

        /// <inheritdoc/>
        public string Act(int metric)
        {
            if (metric == Metric.Extend)
            {
                _extend = true;
                return "learning on";
            }

            _relearn = true;
            return "learning anew";
        }

        /// <summary>True once after each command to go on learning from the baseline in force.</summary>
        public bool TakeExtend()
        {
            bool taken = _extend;
            _extend = false;
            return taken;
        }

        /// <summary>True once after each command to learn a new baseline.</summary>
        public bool TakeRelearn()
        {
            bool taken = _relearn;
            _relearn = false;
            return taken;
        }
    }
}
