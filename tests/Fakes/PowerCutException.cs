using System;

namespace SensorNode.Fakes
{
    /// <summary>The power is gone. Only the test catches it; firmware that swallows it does not survive the next call.</summary>
    public sealed class PowerCutException : Exception
    {
        public PowerCutException(string operation)
            : base("power cut in " + operation)
        {
        }
    }
}
