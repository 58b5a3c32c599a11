namespace SensorNode.Node
{
    /// <summary>What commands have asked of the other threads. Set by the link thread, taken by the thread that acts.</summary>
    public sealed class NodeRequests
    {
        private bool _relearn;
        private bool _extend;

        /// <summary>Set to restart the node; <see cref="SensorNode.Contracts.RestartReason"/> as a number, or -1.</summary>
        public int Restart = -1;

        /// <summary>Asks for a new baseline.</summary>
        public void AskRelearn()
        {
            _relearn = true;
        }

        /// <summary>Asks to go on learning from the baseline in force.</summary>
        public void AskExtend()
        {
            _extend = true;
        }

        /// <summary>True once after each <see cref="AskExtend"/>.</summary>
        public bool TakeExtend()
        {
            bool taken = _extend;
            _extend = false;
            return taken;
        }

        /// <summary>True once after each <see cref="AskRelearn"/>.</summary>
        public bool TakeRelearn()
        {
            bool taken = _relearn;
            _relearn = false;
            return taken;
        }
    }
}
