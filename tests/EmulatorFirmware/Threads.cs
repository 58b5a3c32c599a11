using System;
using System.Threading;

namespace SensorNode.EmulatorFirmware
{
    /// <summary>Two threads that hand a count to each other, a timer, and a loop that polls the clock.</summary>
    public static class Threads
    {
        private static readonly AutoResetEvent Ping = new AutoResetEvent(false);
        private static readonly AutoResetEvent Pong = new AutoResetEvent(false);
        private static readonly object Lock = new object();
        private static int _count;
        private static int _ticks;

        public static void Main()
        {
            Thread other = new Thread(Answer);
            other.Start();
            for (int i = 0; i < 3; i++)
            {
                Ping.Set();
                Pong.WaitOne();
                Console.WriteLine("count " + _count);
            }

            Console.WriteLine("joined " + other.Join(1000));
            Console.WriteLine("timed out " + !Ping.WaitOne(250, false));

            Timer timer = new Timer(OnTick, null, 100, 100);
            Thread.Sleep(1050);
            timer.Dispose();
            Console.WriteLine("ticks " + _ticks);

            DateTime end = DateTime.UtcNow.AddMilliseconds(500);
            while (DateTime.UtcNow < end)
            {
            }

            Console.WriteLine("polled");
        }

        private static void Answer()
        {
            for (int i = 0; i < 3; i++)
            {
                Ping.WaitOne();
                lock (Lock)
                {
                    _count++;
                    Thread.Sleep(10);
                }

                Pong.Set();
            }
        }

        private static void OnTick(object state)
        {
            _ticks++;
        }
    }
}
