using System;
using SensorNode.Contracts;

namespace SensorNode.Fakes
{
    /// <summary>A register bus that plays a script: it answers the transfers listed, in their order, and no others.</summary>
    /// <remarks>
    /// A script is one string of steps between blanks or line ends, numbers in hex without prefix:
    ///   W12=44        a write of 44 to register 12
    ///   R0F>6C        a read from register 0F of one byte, answered with 6C; R3A>0100 is a read of two bytes, 01 first
    ///   W12=44!N      the same, and the transfer fails: N not acknowledged, T timed out, P partial, U unknown
    ///   R78*07!P      a read of 7 bytes that fails; the buffer stays as it was
    ///   +20           32 ms (hex 20) pass on the clock before the next transfer
    /// Stricter than a chip: a transfer out of order, of another length or value, or past the end throws with both texts; so
    /// does a buffer that cannot hold what is asked for. <see cref="VerifyFinished"/> throws if steps are left.
    /// </remarks>
    public sealed class FakeRegisterBus : IRegisterBus
    {
        private const string HexDigits = "0123456789ABCDEF";

        private readonly FakeClock _clock;
        private string[] _steps = new string[0];
        private int _next;
        private int _transferCount;
        private int _failAt;
        private char _failKind;

        /// <summary>Makes a bus at 400 kHz.</summary>
        /// <param name="clock">Moved by "+" steps.</param>
        /// <param name="script">Steps, see the remarks of the class.</param>
        public FakeRegisterBus(FakeClock clock, string script)
        {
            _clock = clock;
            ClockHz = 400000;
            Expect(script);
        }

        /// <inheritdoc/>
        public int ClockHz { get; set; }

        /// <summary>Transfers so far, failed ones included.</summary>
        public int TransferCount
        {
            get { return _transferCount; }
        }

        /// <summary>Replaces what is left of the script.</summary>
        public void Expect(string script)
        {
            _steps = SplitSteps(script);
            _next = 0;
        }

        /// <summary>Makes one transfer fail whatever the script says of it; the steps after it are dropped.</summary>
        /// <param name="transfer">Counted from 1 from now on.</param>
        /// <param name="kind">N, T, P or U as in a script.</param>
        public void FailAt(int transfer, char kind)
        {
            _failAt = _transferCount + transfer;
            _failKind = kind;
        }

        /// <summary>Throws if the driver did less than the script says.</summary>
        public void VerifyFinished()
        {
            if (_next < _steps.Length)
            {
                throw new Exception("Not done: step " + _next.ToString() + ", " + _steps[_next]);
            }
        }

        /// <inheritdoc/>
        public TransferStatus Write(byte register, byte value)
        {
            string asked = "W" + Hex(register) + "=" + Hex(value);
            string step = Take(asked);
            int mark = step.IndexOf("!");
            Compare(mark < 0 ? step : step.Substring(0, mark), asked);
            return Finish(mark < 0 ? '-' : step[mark + 1]);
        }

        /// <inheritdoc/>
        public TransferStatus Read(byte register, byte[] buffer, int offset, int count)
        {
            if (count < 1 || offset < 0 || offset + count > buffer.Length)
            {
                throw new ArgumentException("Read of " + count.ToString() + " bytes at " + offset.ToString() + " into " + buffer.Length.ToString() + ".");
            }

            string asked = "R" + Hex(register) + "*" + Hex(count);
            string step = Take(asked);
            int mark = step.IndexOf("!");
            if (mark >= 0)
            {
                Compare(step.Substring(0, mark), asked);
                return Finish(step[mark + 1]);
            }

            int arrow = step.IndexOf(">");
            if (arrow < 0)
            {
                Compare(step, asked);
            }

            string answer = step.Substring(arrow + 1);
            Compare(step.Substring(0, arrow) + "*" + Hex(answer.Length / 2), asked);
            TransferStatus status = Finish('-');
            for (int i = 0; i < count && status == TransferStatus.Ok; i++)
            {
                buffer[offset + i] = (byte)((Digit(answer[2 * i]) << 4) | Digit(answer[(2 * i) + 1]));
            }

            return status;
        }

        /// <summary>Two hex digits, or more for a number above 255.</summary>
        public static string Hex(int value)
        {
            string low = HexDigits.Substring((value >> 4) & 15, 1) + HexDigits.Substring(value & 15, 1);
            return value > 255 ? Hex(value >> 8) + low : low;
        }

        private static int Digit(char digit)
        {
            return HexDigits.IndexOf(digit);
        }

        private static void Compare(string expected, string asked)
        {
            if (expected != asked)
            {
                throw new Exception("Expected " + expected + ", the driver did " + asked);
            }
        }

        private static string[] SplitSteps(string script)
        {
            string[] parts = script.Split(' ', '\n', '\r', '\t');
            int count = 0;
            for (int i = 0; i < parts.Length; i++)
            {
                count += parts[i].Length > 0 ? 1 : 0;
            }

            string[] steps = new string[count];
            int next = 0;
            for (int i = 0; i < parts.Length; i++)
            {
                if (parts[i].Length > 0)
                {
                    steps[next++] = parts[i];
                }
            }

            return steps;
        }

        private string Take(string asked)
        {
            _transferCount++;
            while (_next < _steps.Length && _steps[_next][0] == '+')
            {
                string time = _steps[_next++];
                int milliseconds = 0;
                for (int i = 1; i < time.Length; i++)
                {
                    milliseconds = (milliseconds << 4) | Digit(time[i]);
                }

                _clock.Advance(milliseconds);
            }

            if (_next >= _steps.Length)
            {
                throw new Exception("Nothing more expected, the driver did " + asked);
            }

            return _steps[_next++];
        }

        private TransferStatus Finish(char kind)
        {
            if (_transferCount == _failAt)
            {
                kind = _failKind;
                _next = _steps.Length;
            }

            switch (kind)
            {
                case '-': return TransferStatus.Ok;
                case 'N': return TransferStatus.NotAcknowledged;
                case 'T': return TransferStatus.TimedOut;
                case 'P': return TransferStatus.Partial;
                default: return TransferStatus.Unknown;
            }
        }
    }
}
