using System;
using SensorNode.Contracts;

namespace SensorNode.Esp32
{
    /// <summary>The serial console.</summary>
    public sealed class ConsoleLog : ILog
    {
        private readonly IClock _clock;

        public ConsoleLog(IClock clock)
        {
            _clock = clock;
        }

        /// <inheritdoc/>
        public void Write(string line)
        {
            long ms = _clock.TickMs;
            string milliseconds = (ms % 1000).ToString();
            Console.WriteLine((ms / 1000).ToString() + "." + milliseconds.PadLeft(3, '0') + " " + line);
        }
    }
}
