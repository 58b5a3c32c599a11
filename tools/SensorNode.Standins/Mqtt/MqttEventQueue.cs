using System;
using System.Collections.Generic;
using System.Threading;

namespace nanoFramework.M2Mqtt
{
    /// <summary>Calls event handlers in order, from one thread of its own.</summary>
    internal sealed class MqttEventQueue
    {
        private readonly Queue<Action> _calls = new();
        private readonly AutoResetEvent _wake = new(false);
        private bool _isClosing;

        public void Add(Action call)
        {
            _calls.Enqueue(call);
            _wake.Set();
        }

        /// <summary>Ends the thread after what waits was called.</summary>
        public void Close()
        {
            _isClosing = true;
            _wake.Set();
        }

        /// <summary>Body of the thread.</summary>
        public void Run()
        {
            while (true)
            {
                while (_calls.TryDequeue(out Action call))
                {
                    call();
                }

                if (_isClosing)
                {
                    return;
                }

                _wake.WaitOne();
            }
        }
    }
}
