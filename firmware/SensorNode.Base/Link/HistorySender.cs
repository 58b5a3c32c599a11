using SensorNode.Contracts;
using SensorNode.Sparkplug;
using SensorNode.Storage;

namespace SensorNode.Link
{
    /// <summary>Sends stored records and snapshots between the live reports, and finds out what has been delivered.</summary>
    /// <remarks>
    /// Rate:     one message in <see cref="PauseMs"/>, so that a day of records takes six minutes and live reports are never behind more than one.
    /// Delivery: NDATA has QoS 0. After some of it a message of QoS 1 goes out on the node's own mark topic, outside Sparkplug's name space; a
    ///           broker handles the packets of one connection in order, so its acknowledgement says that all before it has arrived.
    /// Half open: an acknowledgement that does not come in <see cref="MarkTimeoutMs"/> means that nobody is there.
    /// Thread:   the link's.
    /// </remarks>
    public sealed class HistorySender : IStoredValues
    {
        private const int PauseMs = 250;
        private const int MarkTimeoutMs = 30000;
        private const int RecordsPerMark = 32;
        private const int HoldMs = 30000;

        private readonly IMessageLink _link;
        private readonly IClock _clock;
        private readonly Recorder _recorder;
        private readonly Snapshot _snapshot;
        private readonly MessageBuilder _messages;
        private readonly Topics _topics;
        private readonly JournalRecord _record = new JournalRecord();
        private bool _hasRecord;
        private JournalReadStatus _read;
        private int _sinceMark;
        private int _markId;
        private long _markMs;
        private long _nextMs;

        public HistorySender(NodeServices services, Recorder recorder, Snapshot snapshot, MessageBuilder messages, Topics topics)
        {
            _link = services.Link;
            _clock = services.Clock;
            _recorder = recorder;
            _snapshot = snapshot;
            _messages = messages;
            _topics = topics;
        }

        /// <summary>True once the broker has acknowledged something in this session.</summary>
        public bool HasRoundTrip { get; private set; }

        /// <summary>True once everything that waited has gone out and the broker has acknowledged it.</summary>
        public bool IsDone
        {
            get
            {
                lock (_snapshot)
                {
                    return HasRoundTrip && _read == JournalReadStatus.End && _markId == 0 && _sinceMark == 0 && !_snapshot.IsWanted && !_snapshot.HasPart;
                }
            }
        }

        /// <summary>How long to wait for what comes in, before the next message is due.</summary>
        public int WaitMs(int longestMs)
        {
            return _read == JournalReadStatus.End && !_snapshot.HasPart ? longestMs : PauseMs;
        }

        /// <summary>After the first birth of a connection.</summary>
        public void Begin()
        {
            lock (_recorder)
            {
                _recorder.Outbox.BeginSession();
            }

            lock (_snapshot)
            {
                _snapshot.Open();
            }

            HasRoundTrip = false;
            _hasRecord = false;
            _read = JournalReadStatus.Record;
            _markId = 0;

            // The first mark comes soon and proves the connection, whatever waits.
            _sinceMark = 1;
            _nextMs = 0;
        }

        /// <summary>Adds the record that is to go next.</summary>
        public void WriteTo(MessageBuilder messages, long utcMs)
        {
            messages.AddStored(NodeMetric.RecordNumber, utcMs, _record.Number, null);
            messages.AddStored(NodeMetric.RecordTimeIsEstimated, utcMs, _record.IsTimeEstimated ? 1 : 0, null);
            _recorder.Source.WriteTo(_record, messages, utcMs);
        }

        /// <summary>The connection is gone.</summary>
        public void End()
        {
            lock (_recorder)
            {
                _recorder.Outbox.EndSession();
            }

            lock (_snapshot)
            {
                _snapshot.Close();
            }
        }

        /// <summary>Sends what is due.</summary>
        /// <param name="sequence">Sparkplug's seq of the message sent last; advanced.</param>
        /// <param name="nowUtcMs">Time of the message.</param>
        public LinkStatus Serve(ref int sequence, long nowUtcMs)
        {
            long nowMs = _clock.TickMs;
            if (_markId != 0 && nowMs - _markMs > MarkTimeoutMs)
            {
                return LinkStatus.TimedOut;
            }

            if (nowMs < _nextMs)
            {
                return LinkStatus.Ok;
            }

            LinkStatus status = SendNext(ref sequence, nowUtcMs, nowMs);
            return status == LinkStatus.Ok && WantsMark() ? SendMark(nowMs) : status == LinkStatus.Busy ? LinkStatus.Ok : status;
        }

        /// <summary>The broker has acknowledged a message.</summary>
        public void TakeAcknowledged(int messageId)
        {
            if (messageId != _markId || _markId == 0)
            {
                return;
            }

            _markId = 0;
            HasRoundTrip = true;
            lock (_recorder)
            {
                _recorder.Outbox.ConfirmMark();
            }
        }

        private LinkStatus SendNext(ref int sequence, long nowUtcMs, long nowMs)
        {
            // A snapshot first: it may keep the sampler from its window.
            byte[] payload = NextPart((sequence + 1) & 255, nowUtcMs, nowMs);
            bool isRecord = payload == null;
            if (isRecord)
            {
                payload = NextRecord((sequence + 1) & 255, nowUtcMs);
            }

            if (payload == null)
            {
                return LinkStatus.Ok;
            }

            _nextMs = nowMs + PauseMs;
            LinkStatus status = _link.Publish(_topics.Data, payload, 0, false, out int _);
            if (status != LinkStatus.Ok)
            {
                return status;
            }

            sequence = (sequence + 1) & 255;
            if (isRecord)
            {
                _hasRecord = false;
                _sinceMark++;
            }
            else
            {
                lock (_snapshot)
                {
                    _snapshot.Advance();
                }
            }

            return status;
        }

        private byte[] NextRecord(int sequence, long nowUtcMs)
        {
            if (!_hasRecord)
            {
                lock (_recorder)
                {
                    _read = _recorder.Outbox.TryReadNext(_record);
                    _hasRecord = _read == JournalReadStatus.Record;
                }
            }

            // A clock that went too fast and was set right is not heard before what it has stamped.
            long aheadMs = _hasRecord ? _record.UtcMs - nowUtcMs : 0;
            if (aheadMs > 0 && aheadMs < HoldMs)
            {
                return null;
            }

            return _hasRecord ? _messages.Stored(sequence, nowUtcMs, this, _record.UtcMs) : null;
        }

        private byte[] NextPart(int sequence, long nowUtcMs, long nowMs)
        {
            lock (_snapshot)
            {
                return _snapshot.Prepare(nowMs) ? _messages.Stored(sequence, nowUtcMs, _snapshot, nowUtcMs - (nowMs - _snapshot.TickMs)) : null;
            }
        }

        /// <remarks>Not while a record that was read is held back: the mark would confirm it. Flash that cannot be read holds up no proof of the connection.</remarks>
        private bool WantsMark()
        {
            return _markId == 0 && !_hasRecord && (_sinceMark >= RecordsPerMark || (_read != JournalReadStatus.Record && (_sinceMark > 0 || _recorder.IsRamShort)));
        }

        private static byte[] NumberText(int number)
        {
            string text = number.ToString();
            byte[] bytes = new byte[text.Length];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)text[i];
            }

            return bytes;
        }

        private LinkStatus SendMark(long nowMs)
        {
            lock (_recorder)
            {
                _recorder.Outbox.PutMark();
            }

            LinkStatus status = _link.Publish(_topics.Mark, NumberText(_record.Number), 1, false, out int id);
            _markId = status == LinkStatus.Ok ? id : 0;
            _markMs = nowMs;
            _sinceMark = status == LinkStatus.Ok ? 0 : _sinceMark;
            return status == LinkStatus.Busy ? LinkStatus.Ok : status;
        }
    }
}
