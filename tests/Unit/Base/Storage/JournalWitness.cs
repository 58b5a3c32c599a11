using System;
using SensorNode.Storage;

namespace SensorNode.Storage.Tests
{
    /// <summary>Stands outside: makes records that can be told apart, and checks each one that comes back.</summary>
    /// <remarks>
    /// Each record has a serial, 1 up, in its time stamp and in its values. Checked: nothing changed on the way; a number always means the same
    /// serial; later numbers mean later serials; within one pass both rise, so that nothing comes twice.
    /// </remarks>
    internal sealed class JournalWitness
    {
        private const long FirstUtcMs = 1700000000000;

        private readonly int[] _serialOfNumber;
        private readonly bool[] _isReceived;
        private readonly JournalRecord _record = new JournalRecord();
        private int _lastNumber;
        private int _lastSerial;

        internal JournalWitness(int serialMax)
        {
            _serialOfNumber = new int[2 * serialMax + 1000];
            _isReceived = new bool[serialMax + 1];
        }

        /// <summary>Serial of the record made last.</summary>
        internal int Made;

        /// <summary>Different records received.</summary>
        internal int ReceivedCount;

        /// <summary>Records received in this pass.</summary>
        internal int PassCount;

        /// <summary>Serial of the first record of this pass.</summary>
        internal int PassFirst;

        /// <summary>Makes the next record. The object is the same each time.</summary>
        internal JournalRecord Make()
        {
            Made++;
            JournalRecord record = _record;
            record.UtcMs = FirstUtcMs + Made * 60000L;
            record.HasVibration = (Made & 1) == 0;
            record.IsRunning = (Made & 2) == 0;
            record.IsTimeEstimated = (Made & 4) == 0;
            record.AlarmLevel = Made % 3;
            record.Zone = Made % 5;
            record.OperatingState = Made % 16 - 1;
            record.ScoreQ8 = Made % 2000 * 8 - 8000;
            record.TemperatureCentiC = Made % 7 == 0 ? JournalRecord.None : Made % 900 * 10;
            for (int axis = 0; axis < 3; axis++)
            {
                record.VelocityMicrometerPerSecondRms[axis] = Velocity(Made, axis);
                record.AccelerationMicroGRms[axis] = 32 * Velocity(Made + 3, axis);
                record.AccelerationMicroGPeak[axis] = 32 * Velocity(Made + 6, axis);
            }

            return record;
        }

        internal void BeginPass()
        {
            _lastNumber = 0;
            _lastSerial = 0;
            PassCount = 0;
            PassFirst = 0;
        }

        internal bool IsReceived(int serial)
        {
            return _isReceived[serial];
        }

        /// <summary>Checks one record that came back.</summary>
        internal void Take(JournalRecord record)
        {
            int serial = (int)((record.UtcMs - FirstUtcMs) / 60000);
            Check(serial >= 1 && serial <= Made && record.UtcMs == FirstUtcMs + serial * 60000L, "time", record, serial);
            for (int axis = 0; axis < 3; axis++)
            {
                Check(record.VelocityMicrometerPerSecondRms[axis] == Velocity(serial, axis), "velocity", record, serial);
                Check(record.AccelerationMicroGRms[axis] == 32 * Velocity(serial + 3, axis), "acceleration", record, serial);
                Check(record.AccelerationMicroGPeak[axis] == 32 * Velocity(serial + 6, axis), "peak", record, serial);
            }

            Check(record.ScoreQ8 == serial % 2000 * 8 - 8000 && record.OperatingState == serial % 16 - 1, "score", record, serial);
            Check(record.Number > _lastNumber, "order of numbers", record, serial);
            Check(serial > _lastSerial, "order of records", record, serial);
            int known = _serialOfNumber[record.Number];
            Check(known == 0 || known == serial, "meaning of the number", record, serial);
            _serialOfNumber[record.Number] = serial;
            _lastNumber = record.Number;
            _lastSerial = serial;
            PassFirst = PassCount == 0 ? serial : PassFirst;
            PassCount++;
            ReceivedCount += _isReceived[serial] ? 0 : 1;
            _isReceived[serial] = true;
        }

        /// <summary>Checks that a later number never means an earlier record, over all that was ever received.</summary>
        internal void CheckAll()
        {
            int last = 0;
            for (int number = 0; number < _serialOfNumber.Length; number++)
            {
                int serial = _serialOfNumber[number];
                if (serial != 0)
                {
                    if (serial <= last)
                    {
                        throw new Exception("number " + number.ToString() + " is record " + serial.ToString() + ", after record " + last.ToString());
                    }

                    last = serial;
                }
            }
        }

        private static int Velocity(int serial, int axis)
        {
            return (serial * 7 + axis * 31) & 63;
        }

        private static void Check(bool isRight, string what, JournalRecord record, int serial)
        {
            if (!isRight)
            {
                throw new Exception("wrong " + what + ": number " + record.Number.ToString() + ", record " + serial.ToString());
            }
        }
    }
}
