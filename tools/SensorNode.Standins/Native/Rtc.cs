using System;
using SensorNode.Standins;

namespace nanoFramework.Runtime.Native
{
    /// <summary>The clock's hand.</summary>
    public static class Rtc
    {
        public static bool SetSystemTime(DateTime time)
        {
            NodeRuntime.Enter().UtcTicks = time.Ticks;
            return true;
        }
    }
}
