using System.Runtime.CompilerServices;

namespace SensorNode.Tests;

/// <summary>For test projects with sockets, processes and nodes that run by the clock.</summary>
internal static class RealTime
{
    /// <summary>Some tests hold a thread of the pool for seconds; what answers the others must not wait until the pool grows by itself, one thread each half second.</summary>
    [ModuleInitializer]
    internal static void GiveThePoolThreads() => ThreadPool.SetMinThreads(32, 32);
}
