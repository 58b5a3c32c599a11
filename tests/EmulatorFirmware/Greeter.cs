using System;
using SensorNode.Contracts;

namespace SensorNode.EmulatorFirmware
{
    /// <summary>Says which assembly it came from; a second image of this assembly has another word in <see cref="Release"/>.</summary>
    public sealed class Greeter : ILog
    {
        private static int _count;

        /// <inheritdoc/>
        public void Write(string text)
        {
            _count++;
            Console.WriteLine(text + " from release " + Release.Name() + ", call " + _count);
        }
    }
}
