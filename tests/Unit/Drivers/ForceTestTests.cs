using nanoFramework.TestFramework;
using SensorNode.Contracts;
using SensorNode.Fakes;

namespace SensorNode.Drivers.Tests
{
    /// <summary>What the self-tests share, against a part that is made up.</summary>
    [TestClass]
    public class ForceTestTests
    {
        [TestMethod]
        public void Change_IsThatOfTheMeans_InMilliG()
        {
            FakePart part = new FakePart();
            int[] change = new int[3];
            Assert.AreEqual((int)SensorStatus.Ok, (int)new ForceTest(part, part.Clock, 0x14, 0x81, 0x01).Run(part, 4, 52, change));
            Assert.AreEqual("configure 4 52, start, on, off, stop", part.Calls);

            // 0.5 mg a count; 100, -200 and 3000 counts more. What came while the force set in is far off, and does not count.
            Assert.AreEqual(50, change[0]);
            Assert.AreEqual(-100, change[1]);
            Assert.AreEqual(1500, change[2]);
        }

        [TestMethod]
        public void SamplesThatComeSlowly_AreWaitedFor_AndNotForEver()
        {
            FakePart part = new FakePart();
            part.PerDrain = 1;
            int[] change = new int[3];
            Assert.AreEqual((int)SensorStatus.Ok, (int)new ForceTest(part, part.Clock, 0x14, 0x81, 0x01).Run(part, 4, 52, change));
            Assert.AreEqual(1500, change[2]);
            part = new FakePart();
            part.PerDrain = 0;
            Assert.AreEqual((int)SensorStatus.BusFault, (int)new ForceTest(part, part.Clock, 0x14, 0x81, 0x01).Run(part, 4, 52, change));
            Assert.AreEqual("configure 4 52, start, off, stop", part.Calls);
            Assert.AreEqual(0, change[2]);
            Assert.IsTrue(part.Clock.SleptMs < 3000);
        }

        [TestMethod]
        public void Overruns_LoseSamplesAndNothingElse()
        {
            FakePart part = new FakePart();
            part.OverrunEvery = 3;
            part.PerDrain = 2;
            int[] change = new int[3];
            Assert.AreEqual((int)SensorStatus.Ok, (int)new ForceTest(part, part.Clock, 0x14, 0x81, 0x01).Run(part, 4, 52, change));
            Assert.AreEqual(1500, change[2]);
        }

        [TestMethod]
        public void AfterEachFault_TheForceIsOff()
        {
            for (int fault = 1; fault <= FakePart.Steps; fault++)
            {
                FakePart part = new FakePart();
                part.FaultAt = fault;
                int[] change = { 1, 2, 3 };
                Assert.AreEqual((int)(fault == 1 ? SensorStatus.WrongChip : SensorStatus.BusFault), (int)new ForceTest(part, part.Clock, 0x14, 0x81, 0x01).Run(part, 4, 52, change), fault.ToString());
                Assert.AreEqual(0, change[0] + change[1] + change[2]);
                Assert.IsTrue(fault == 1 || part.Calls.EndsWith("off, stop"), part.Calls);
            }
        }

        [TestMethod]
        public void Limits_HoldToEitherSide()
        {
            Assert.IsTrue(ForceTest.IsSizeBetween(50, 50, 1700) && ForceTest.IsSizeBetween(-50, 50, 1700) && ForceTest.IsSizeBetween(-1700, 50, 1700));
            Assert.IsFalse(ForceTest.IsSizeBetween(-49, 50, 1700) || ForceTest.IsSizeBetween(49, 50, 1700) || ForceTest.IsSizeBetween(-1701, 50, 1700));
        }

        private sealed class FakePart : IAccelerometer, IRegisterBus
        {
            /// <summary>Calls that can fail: configure, start, force on, force off, stop, and each of the four kinds of drain.</summary>
            public const int Steps = 9;

            public readonly FakeClock Clock = new FakeClock();
            public string Calls = "";
            public int PerDrain = 16;
            public int FaultAt;
            public int OverrunEvery;

            private bool _isOn;
            private int _drains;
            private int _allDrains;

            public int ClockHz
            {
                get { return 400000; }
            }

            public string PartName
            {
                get { return "fake"; }
            }

            public int OutputRateMilliHz
            {
                get { return 52000; }
            }

            public int NanoGPerCount
            {
                get { return 500000; }
            }

            public int ClipCounts
            {
                get { return 32000; }
            }

            public int BandwidthMilliHz
            {
                get { return 20000; }
            }

            public int FifoCapacitySamples
            {
                get { return 32; }
            }

            public SensorStatus Configure(int rangeG, int outputRateHz)
            {
                Calls = "configure " + rangeG.ToString() + " " + outputRateHz.ToString();
                return FaultAt == 1 ? SensorStatus.WrongChip : SensorStatus.Ok;
            }

            public SensorStatus Start()
            {
                Calls += ", start";
                return Status(2);
            }

            public SensorStatus Stop()
            {
                Calls += ", stop";
                return Status(5);
            }

            public TransferStatus Write(byte register, byte value)
            {
                Assert.AreEqual(0x14, (int)register);
                Assert.IsTrue(value == 0x81 || value == 0x01);
                _isOn = value == 0x81;
                Calls += _isOn ? ", on" : ", off";
                _drains = 0;
                return FaultAt == (_isOn ? 3 : 4) ? TransferStatus.TimedOut : TransferStatus.Ok;
            }

            public TransferStatus Read(byte register, byte[] buffer, int offset, int count)
            {
                return TransferStatus.NotAcknowledged;
            }

            public SensorStatus DrainFifo(short[] xCounts, short[] yCounts, short[] zCounts, int offset, int capacity, out int count)
            {
                _allDrains++;
                if (OverrunEvery > 0 && _allDrains % OverrunEvery == 0)
                {
                    count = 0;
                    return SensorStatus.Overrun;
                }

                // The first drain is of what is to be dropped.
                count = _drains == 0 ? 3 : PerDrain < capacity ? PerDrain : capacity;
                for (int i = 0; i < count; i++)
                {
                    xCounts[i] = (short)(_drains == 0 ? 9999 : _isOn ? 1100 : 1000);
                    yCounts[i] = (short)(_drains == 0 ? 9999 : _isOn ? -1200 : -1000);
                    zCounts[i] = (short)(_drains == 0 ? 9999 : _isOn ? 5000 : 2000);
                }

                SensorStatus status = Status((_drains == 0 ? 6 : 7) + (_isOn ? 2 : 0));
                _drains++;
                return status;
            }

            public SensorStatus ReadDieTemperature(out int temperatureCentiC)
            {
                temperatureCentiC = 0;
                return SensorStatus.NotSupported;
            }

            private SensorStatus Status(int step)
            {
                return FaultAt == step ? SensorStatus.BusFault : SensorStatus.Ok;
            }
        }
    }
}
