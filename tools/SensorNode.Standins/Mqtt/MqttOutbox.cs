using System;
using System.Collections.Generic;
using System.Threading;
using SensorNode.Platform;

namespace nanoFramework.M2Mqtt
{
    /// <summary>Sends what waits, in order, from one thread; repeats what is not answered; keeps the connection alive.</summary>
    /// <remarks>After the first attempt and two more without an answer, a second apart, a message is given up and reported as not published.</remarks>
    internal sealed class MqttOutbox
    {
        private readonly List<MqttOutgoing> _items = [];
        private readonly AutoResetEvent _wake = new(false);
        private readonly object _lock = new();
        private readonly INodeStream _stream;
        private readonly MqttSettings _settings;
        private readonly long _keepAliveMs;
        private long _lastSentMs;
        private long _pingSentMs = -1;
        private bool _isStopping;

        public MqttOutbox(INodeStream stream, MqttSettings settings, int keepAliveSeconds)
        {
            _stream = stream;
            _settings = settings;
            _keepAliveMs = keepAliveSeconds * 1000L;
            _lastSentMs = Environment.TickCount64;
        }

        /// <summary>Called from the sending thread when a message was given up.</summary>
        public Action<MqttOutgoing> GivenUp;

        /// <summary>Called from the sending thread when the connection is gone.</summary>
        public Action Lost;

        /// <summary>Queues one; false where the queue of messages is full.</summary>
        public bool TryAdd(MqttOutgoing item)
        {
            lock (_lock)
            {
                if (item.IsMessage && CountMessages() >= _settings.InflightQueueSize)
                {
                    return false;
                }

                _items.Add(item);
            }

            _wake.Set();
            return true;
        }

        /// <summary>Takes out what the broker has answered; null where there was nothing of that number.</summary>
        public MqttOutgoing Answered(ushort messageId, bool isMessage)
        {
            lock (_lock)
            {
                int index = _items.FindIndex(i => i.IsAnswered && i.Attempts > 0 && i.MessageId == messageId && i.IsMessage == isMessage);
                MqttOutgoing item = index < 0 ? null : _items[index];
                if (item != null)
                {
                    _items.RemoveAt(index);
                }

                return item;
            }
        }

        public void PingAnswered()
        {
            _pingSentMs = -1;

            // The sending thread waits for this answer; the next ping has another time.
            _wake.Set();
        }

        public void Stop()
        {
            _isStopping = true;
            _wake.Set();
        }

        /// <summary>Body of the sending thread.</summary>
        public void Run()
        {
            while (!_isStopping)
            {
                long now = Environment.TickCount64;
                MqttOutgoing due = TakeDue(now, out long nextMs);
                if (due != null)
                {
                    if (!Send(due, now))
                    {
                        Lost();
                        return;
                    }

                    continue;
                }

                if (!KeepAlive(now, ref nextMs))
                {
                    Lost();
                    return;
                }

                _wake.WaitOne(nextMs == long.MaxValue ? Timeout.Infinite : (int)Math.Max(1, nextMs - now), false);
            }
        }

        private int CountMessages()
        {
            int count = 0;
            foreach (MqttOutgoing item in _items)
            {
                count += item.IsMessage ? 1 : 0;
            }

            return count;
        }

        private MqttOutgoing TakeDue(long now, out long nextMs)
        {
            nextMs = long.MaxValue;
            lock (_lock)
            {
                for (int i = 0; i < _items.Count; i++)
                {
                    MqttOutgoing item = _items[i];
                    if (item.Attempts == 0 || item.RetryAtMs <= now)
                    {
                        if (!item.IsAnswered || item.Attempts >= _settings.AttemptsOnRetry)
                        {
                            _items.RemoveAt(i);
                        }

                        return item;
                    }

                    nextMs = Math.Min(nextMs, item.RetryAtMs);
                }
            }

            return null;
        }

        private bool Send(MqttOutgoing item, long now)
        {
            if (item.IsAnswered && item.Attempts >= _settings.AttemptsOnRetry)
            {
                GivenUp(item);
                return true;
            }

            byte[] bytes = item.ToBytes();
            item.Attempts++;
            item.RetryAtMs = now + _settings.DelayOnRetry;
            _lastSentMs = now;
            return _stream.Write(bytes);
        }

        private bool KeepAlive(long now, ref long nextMs)
        {
            if (_pingSentMs >= 0 && now - _pingSentMs > _settings.TimeoutOnReceiving)
            {
                return false;
            }

            if (_keepAliveMs == 0)
            {
                return true;
            }

            if (_pingSentMs < 0 && now - _lastSentMs >= _keepAliveMs)
            {
                _pingSentMs = now;
                _lastSentMs = now;
                if (!_stream.Write(MqttWire.Ping))
                {
                    return false;
                }
            }

            long due = _pingSentMs >= 0 ? _pingSentMs + _settings.TimeoutOnReceiving + 1 : _lastSentMs + _keepAliveMs;
            nextMs = Math.Min(nextMs, due);
            return true;
        }
    }
}
