using System;
using SensorNode.Platform;

namespace SensorNode.Standins
{
    /// <summary>Where this copy of the stand-ins finds its node. Each boot of a node loads a copy of its own, so statics are the node's.</summary>
    public static class NodeRuntime
    {
        private static NodePlatform s_platform;

        /// <summary>The node; set right after loading by whoever made the context.</summary>
        public static NodePlatform Platform
        {
            get => s_platform ?? throw new InvalidOperationException("The stand-ins were loaded without a node.");
            set => s_platform = value;
        }

        /// <summary>Begins a platform call: throws without power, costs time, may let other threads run.</summary>
        internal static NodePlatform Enter()
        {
            NodePlatform platform = Platform;
            platform.EnterCall();
            return platform;
        }

        /// <summary>Milliseconds of the device's calls as nanoseconds; -1 is no limit.</summary>
        internal static long TimeoutNs(int milliseconds)
        {
            if (milliseconds < -1)
            {
                throw new ArgumentOutOfRangeException(nameof(milliseconds));
            }

            return milliseconds == -1 ? NodeScheduler.Infinite : milliseconds * 1_000_000L;
        }
    }
}
