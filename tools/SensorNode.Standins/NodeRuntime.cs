using System;
using SensorNode.Platform;

namespace SensorNode.Standins
{
    /// <summary>Where the stand-ins find their node: the one that their copy was loaded for, or, where nodes share a copy, the one whose thread calls.</summary>
    /// <remarks>So what a stand-in keeps for a node is kept with <see cref="Own{T}()"/>, never in a static field.</remarks>
    public static class NodeRuntime
    {
        private static NodePlatform s_platform;

        /// <summary>The node; set right after loading by whoever made the context, unless nodes share it.</summary>
        public static NodePlatform Platform
        {
            get => s_platform ?? NodeThread.Current?.Process.Platform ?? throw new InvalidOperationException("The stand-ins were loaded without a node.");
            set => s_platform = value;
        }

        /// <summary>The node's one object of a type, made at first use.</summary>
        internal static T Own<T>()
            where T : class, new() => Own<T>(Platform);

        /// <summary>The same, for calls that do not come from a thread of the node.</summary>
        internal static T Own<T>(NodePlatform platform)
            where T : class, new() => Own(platform, static () => new T());

        /// <summary>The same, for objects whose constructor is not public.</summary>
        internal static T Own<T>(Func<T> make)
            where T : class => Own(Platform, make);

        /// <summary>Begins a platform call: throws without power, costs time, may let other threads run.</summary>
        internal static NodePlatform Enter()
        {
            NodePlatform platform = Platform;
            platform.EnterCall();
            return platform;
        }

        private static T Own<T>(NodePlatform platform, Func<T> make)
            where T : class
        {
            string key = typeof(T).ToString();
            if (!platform.State.TryGetValue(key, out object found))
            {
                platform.State[key] = found = make();
            }

            return (T)found;
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
