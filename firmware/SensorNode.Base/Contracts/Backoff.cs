namespace SensorNode.Contracts
{
    /// <summary>How long to wait before the next connection attempt: doubling from 1 s to 2 min, each time a random part of it, so that a plant full of nodes does not come back at once.</summary>
    public sealed class Backoff
    {
        private const int DelayMsMin = 1000;
        private const int DelayMsMax = 120000;

        private readonly ISystem _system;
        private int _delayMs = DelayMsMin;

        public Backoff(ISystem system)
        {
            _system = system;
        }

        /// <summary>The next delay, in ms: half of the present step plus a random part of the other half.</summary>
        public int NextDelayMs()
        {
            int half = _delayMs / 2;
            int delayMs = half + _system.Random(half);
            _delayMs = _delayMs * 2 > DelayMsMax ? DelayMsMax : _delayMs * 2;
            return delayMs;
        }

        /// <summary>Starts from the shortest delay again, after a connection that worked.</summary>
        public void Reset()
        {
            _delayMs = DelayMsMin;
        }
    }
}
