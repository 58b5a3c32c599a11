using SensorNode.Platform;
using SensorNode.Standins;

namespace System
{
    /// <summary>A moment, always UTC. Its clock is the node's.</summary>
    public readonly struct DateTime : IFormattable, IComparable
    {
        private const long TicksMax = 3_155_378_975_999_999_999;

        public static readonly DateTime MinValue = new(0);
        public static readonly DateTime MaxValue = new(TicksMax);
        public static readonly DateTime UnixEpoch = new(1970, 1, 1);

        private readonly long _ticks;

        public DateTime(long ticks) => _ticks = (ulong)ticks <= TicksMax ? ticks : throw new ArgumentOutOfRangeException(nameof(ticks));

        public DateTime(long ticks, DateTimeKind kind)
            : this(ticks)
        {
            if (kind == DateTimeKind.Local)
            {
                throw new ArgumentException("DateTime is UTC only.");
            }
        }

        public DateTime(int year, int month, int day)
            : this(year, month, day, 0, 0, 0, 0)
        {
        }

        public DateTime(int year, int month, int day, int hour, int minute, int second)
            : this(year, month, day, hour, minute, second, 0)
        {
        }

        public DateTime(int year, int month, int day, int hour, int minute, int second, int millisecond) =>
            _ticks = DateTimeText.ToTicks(year, month, day, hour, minute, second, millisecond);

        public static DateTime UtcNow => new(NodeRuntime.Enter().UtcTicks);

        public static DateTime Today => UtcNow.Date;

        public DateTime Date => new(_ticks - _ticks % TimeSpan.TicksPerDay);

        public int Year
        {
            get
            {
                DateTimeText.ToDate(_ticks, out int year, out _, out _);
                return year;
            }
        }

        public int Month
        {
            get
            {
                DateTimeText.ToDate(_ticks, out _, out int month, out _);
                return month;
            }
        }

        public int Day
        {
            get
            {
                DateTimeText.ToDate(_ticks, out _, out _, out int day);
                return day;
            }
        }

        public DayOfWeek DayOfWeek => (DayOfWeek)((_ticks / TimeSpan.TicksPerDay + 1) % 7);

        public int DayOfYear => DateTimeText.ToDayOfYear(_ticks);

        public int Hour => (int)(_ticks / TimeSpan.TicksPerHour % 24);

        public int Minute => (int)(_ticks / TimeSpan.TicksPerMinute % 60);

        public int Second => (int)(_ticks / TimeSpan.TicksPerSecond % 60);

        public int Millisecond => (int)(_ticks / TimeSpan.TicksPerMillisecond % 1000);

        public DateTimeKind Kind => DateTimeKind.Utc;

        public long Ticks => _ticks;

        public TimeSpan TimeOfDay => new(_ticks % TimeSpan.TicksPerDay);

        public DateTime Add(TimeSpan val) => new(_ticks + val.Ticks);

        public DateTime AddDays(double val) => AddScaled(val, TimeSpan.TicksPerDay);

        public DateTime AddHours(double val) => AddScaled(val, TimeSpan.TicksPerHour);

        public DateTime AddMilliseconds(double val) => AddScaled(val, TimeSpan.TicksPerMillisecond);

        public DateTime AddMinutes(double val) => AddScaled(val, TimeSpan.TicksPerMinute);

        public DateTime AddSeconds(double val) => AddScaled(val, TimeSpan.TicksPerSecond);

        public DateTime AddTicks(long val) => new(_ticks + val);

        public static int Compare(DateTime t1, DateTime t2) => t1._ticks.CompareTo(t2._ticks);

        public int CompareTo(object val) => val == null ? 1 : Compare(this, (DateTime)val);

        public static int DaysInMonth(int year, int month) => DateTimeText.DaysInMonth(year, month);

        public override bool Equals(object obj) => obj is DateTime other && other._ticks == _ticks;

        public static bool Equals(DateTime t1, DateTime t2) => t1._ticks == t2._ticks;

        public override int GetHashCode() => _ticks.GetHashCode();

        public TimeSpan Subtract(DateTime val) => new(_ticks - val._ticks);

        public DateTime Subtract(TimeSpan val) => new(_ticks - val.Ticks);

        public static DateTime FromUnixTimeSeconds(long seconds) => UnixEpoch.AddTicks(seconds * TimeSpan.TicksPerSecond);

        public long ToUnixTimeSeconds() => (_ticks - UnixEpoch._ticks) / TimeSpan.TicksPerSecond;

        public static DateTime Parse(string s) => TryParse(s, out DateTime result) ? result : throw new FormatException();

        public static bool TryParse(string s, out DateTime result)
        {
            bool isGood = DateTimeText.TryParse(s, out long ticks);
            result = new DateTime(ticks);
            return isGood;
        }

        public override string ToString() => DateTimeText.ToText(_ticks, null);

        public string ToString(string format) => DateTimeText.ToText(_ticks, format);

        string IFormattable.ToString(string format, IFormatProvider provider) => DateTimeText.ToText(_ticks, format);

        public static DateTime operator +(DateTime d, TimeSpan t) => d.Add(t);

        public static DateTime operator -(DateTime d, TimeSpan t) => d.Subtract(t);

        public static TimeSpan operator -(DateTime d1, DateTime d2) => d1.Subtract(d2);

        public static bool operator ==(DateTime d1, DateTime d2) => d1._ticks == d2._ticks;

        public static bool operator !=(DateTime t1, DateTime t2) => t1._ticks != t2._ticks;

        public static bool operator <(DateTime t1, DateTime t2) => t1._ticks < t2._ticks;

        public static bool operator <=(DateTime t1, DateTime t2) => t1._ticks <= t2._ticks;

        public static bool operator >(DateTime t1, DateTime t2) => t1._ticks > t2._ticks;

        public static bool operator >=(DateTime t1, DateTime t2) => t1._ticks >= t2._ticks;

        private DateTime AddScaled(double value, long ticks) => new(_ticks + (long)(value * ticks));
    }
}
