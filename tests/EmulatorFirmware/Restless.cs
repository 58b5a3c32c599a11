using System;
using System.Threading;
using nanoFramework.Runtime.Native;

namespace SensorNode.EmulatorFirmware
{
    /// <summary>Threads that catch everything, hold locks and never end by themselves; Main restarts the board after a while.</summary>
    public static class Restless
    {
        private static readonly object Lock = new object();
        private static readonly ManualResetEvent Never = new ManualResetEvent(false);
        private static byte[] _ballast = new byte[100000];

        public static void Main()
        {
            new Thread(Swallow).Start();
            new Thread(Hold).Start();
            new Thread(Contend).Start();
            new Thread(Forever).Start();
            Timer timer = new Timer(OnTick, null, 10, 10);
            Thread.Sleep(50);
            _ballast[0] = 1;
            Power.RebootDevice();
            timer.Dispose();
        }

        private static void OnTick(object state)
        {
            Console.WriteLine("tick");
        }

        private static void Swallow()
        {
            while (true)
            {
                try
                {
                    Thread.Sleep(10);
                }
                catch (Exception e)
                {
                    Console.WriteLine("swallowed " + e.Message);
                }
                finally
                {
                    Thread.Sleep(1);
                }
            }
        }

        private static void Hold()
        {
            lock (Lock)
            {
                Never.WaitOne();
            }
        }

        private static void Contend()
        {
            while (true)
            {
                try
                {
                    lock (Lock)
                    {
                        Thread.Sleep(1);
                    }
                }
                catch (Exception e) when (e.Message != null)
                {
                    Console.WriteLine("filtered");
                }
            }
        }

        private static void Forever()
        {
            while (true)
            {
                long ignored = DateTime.UtcNow.Ticks;
            }
        }
    }
}
