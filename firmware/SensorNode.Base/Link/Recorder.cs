using SensorNode.Configuration;
using SensorNode.Contracts;
using SensorNode.Sparkplug;
using SensorNode.Storage;

namespace SensorNode.Link
{
    /// <summary>Makes a record of the metric table once in each report interval, whether there is a connection or not, and keeps the outbox.</summary>
    /// <remarks>
    /// Threads: the link makes records while it has a birth out, the supervisor while it has not, or where the link is late; one lock for both.
    ///          The table's lock is taken inside it, never the other way round.
    /// Times:   on a grid of the interval, which one that is taken early begins anew. An interval that nobody could record in is left out, not made up.
    /// </remarks>
    public sealed class Recorder : IRetained
    {
        private readonly Journal _journal;
        private readonly Outbox _outbox;
        private readonly JournalRecord _record = new JournalRecord();
        private readonly IClock _clock;
        private readonly MetricTable _table;
        private readonly NodeConfiguration _configuration;
        private readonly int _ramRecords;
        private long _offsetMs;

        /// <param name="services">Clock, configuration and flash.</param>
        /// <param name="table">Locked while a record is made of it.</param>
        /// <param name="source">What a record says.</param>
        public Recorder(NodeServices services, MetricTable table, IRecordSource source)
        {
            Source = source;
            _clock = services.Clock;
            _table = table;
            _configuration = services.Configuration;
            _offsetMs = (_clock.IsUtcSet ? _clock.UtcMs : services.ClockFloor.UtcMs) - _clock.TickMs;
            _ramRecords = _configuration.Number(ConfigurationKey.JournalRamRecords);
            _journal = new Journal(services.Files);
            _journal.Open();
            _outbox = new Outbox(_journal, _ramRecords);
            NextMs = _clock.TickMs + IntervalMs;
        }

        /// <summary>What a record says.</summary>
        public IRecordSource Source { get; }

        /// <summary>Time since boot at which the present interval ends.</summary>
        public long NextMs;

        /// <summary>The outbox; its lock is this object's.</summary>
        public Outbox Outbox
        {
            get { return _outbox; }
        }

        /// <summary>True where so much waits in RAM that a confirmation of it should be asked for before it has to be written.</summary>
        public bool IsRamShort
        {
            get { return _outbox.HasUnconfirmed && _outbox.RamCount >= _ramRecords - 2; }
        }

        private long IntervalMs
        {
            get { return _configuration.Number(ConfigurationKey.ReportIntervalSeconds) * 1000L; }
        }

        /// <summary>True from the end of an interval on, until the record of it is made.</summary>
        /// <param name="nowMs">Time since boot.</param>
        /// <param name="lateMs">Time to leave to somebody else first.</param>
        public bool IsDue(long nowMs, int lateMs)
        {
            return nowMs >= NextMs + lateMs;
        }

        /// <summary>See <see cref="IRecordSource.State"/>.</summary>
        public int State()
        {
            lock (_table)
            {
                return Source.State();
            }
        }

        /// <summary>Makes the record that is due.</summary>
        /// <param name="nowMs">Time since boot.</param>
        /// <param name="isReported">True where every change of the table has just been sent.</param>
        public void Take(long nowMs, bool isReported)
        {
            lock (this)
            {
                long intervalMs = IntervalMs;
                if (nowMs < NextMs - intervalMs / 2)
                {
                    // The other thread was quicker.
                    return;
                }

                NextMs = nowMs >= NextMs && nowMs - NextMs < intervalMs ? NextMs + intervalMs : nowMs + intervalMs;
                Fill();
                _outbox.Add(_record, isReported);
            }
        }

        /// <summary>Puts the state of the journal into the table.</summary>
        public void ReportHealth(long nowMs)
        {
            lock (this)
            {
                lock (_table)
                {
                    _table.SetNumber(NodeMetric.Backlog, _outbox.Count, nowMs);
                    _table.SetNumber(NodeMetric.DroppedRecords, _outbox.DroppedCount + _journal.DamagedCount, nowMs);
                    _table.SetNumber(NodeMetric.FlashWrites, _journal.FlashWriteCount, nowMs);
                }
            }
        }

        /// <summary>Writes what is in RAM, before a planned restart.</summary>
        public void Flush()
        {
            lock (this)
            {
                _outbox.Flush();
            }
        }

        /// <inheritdoc/>
        /// <remarks>After all others: for a sleep that one of them refuses, nothing is written.</remarks>
        public void Keep(SleepState into)
        {
            if (!into.IsRefused)
            {
                Flush();
                into.IsRefused = _outbox.RamCount > 0;
            }

            into.PutLong(NextMs);
            into.Put(_journal.FlashWriteCount);
            into.Put(_outbox.RamDroppedCount);
        }

        /// <inheritdoc/>
        public void Recall(SleepState from)
        {
            NextMs = from.TakeLong();
            _journal.FlashWriteCount += from.Take();
            _outbox.RamDroppedCount = from.Take();
        }

        private void Fill()
        {
            // A clock that is not set: as much later than when it was, or than the floor at the start, as time has passed.
            bool isSet = _clock.IsUtcSet;
            _offsetMs = isSet ? _clock.UtcMs - _clock.TickMs : _offsetMs;
            _record.IsTimeEstimated = !isSet;
            _record.UtcMs = isSet ? _clock.UtcMs : _clock.TickMs + _offsetMs;
            lock (_table)
            {
                Source.Fill(_record);
            }
        }
    }
}
