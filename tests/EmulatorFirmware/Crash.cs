using System;
using System.Threading;

namespace SensorNode.EmulatorFirmware
{
    /// <summary>An exception that nobody catches, in a thread beside Main.</summary>
    public static class Crash
    {
        public static void Main()
        {
            new Thread(Fail).Start();
            Thread.Sleep(Timeout.Infinite);
        }

        private static void Fail()
        {
            Thread.Sleep(100);
            throw new InvalidOperationException("nobody catches this");
        }
    }
}
