using nanoFramework.TestFramework;
using SensorNode.Acquisition;
using SensorNode.Contracts;
using SensorNode.Sparkplug;

namespace SensorNode.Link.Tests
{
    /// <summary>What a snapshot holds and when, part by part.</summary>
    [TestClass]
    public class SnapshotTests
    {
        private const int Points = 512;
        private const int PartsOfAxis = 4;

        /// <summary>Says "lent" where told to, and marks what it was given.</summary>
        private sealed class MarkingSpectrum : ISpectrum
        {
            public bool IsLent;
            public int Count;

            public bool TryReplace(short[] samples, long nowMs)
            {
                if (IsLent)
                {
                    return false;
                }

                Count++;
                samples[0] = -7;
                return true;
            }
        }

        private static CapturedWindow Window(short first)
        {
            CapturedWindow window = new CapturedWindow(Points);
            window.XCounts[0] = first;
            window.YCounts[0] = (short)(first + 1);
            window.ZCounts[0] = (short)(first + 2);
            window.TickMs = 1000 * first;
            return window;
        }

        /// <summary>As the link does it; what is sent is not looked at.</summary>
        private static bool Send(Snapshot snapshot)
        {
            if (!snapshot.Prepare(0))
            {
                return false;
            }

            snapshot.Advance();
            return true;
        }

        [TestMethod]
        public static void ByCommand_IsSentFromTheWindowItself_WhichGoesBackAfterwards()
        {
            WindowExchange exchange = new WindowExchange(null);
            Snapshot snapshot = new Snapshot();
            MarkingSpectrum spectrum = new MarkingSpectrum();
            CapturedWindow window = Window(10);
            snapshot.IsWanted = true;
            Assert.IsFalse(snapshot.Offer(window, exchange, false, spectrum, 1));
            snapshot.Open();
            Assert.IsTrue(snapshot.Offer(window, exchange, false, spectrum, 1));
            Assert.IsFalse(snapshot.IsWanted);
            for (int axis = 0; axis < 3; axis++)
            {
                Assert.IsFalse(exchange.IsEmpty);
                Assert.AreEqual(axis, snapshot.PartAxis);
                Assert.IsTrue(snapshot.Prepare(0));
                Assert.AreEqual(NodeMetric.SnapshotWindow, snapshot.PartMetric);
                Assert.AreEqual(10 + axis, (int)snapshot.PartValues[0]);
                Assert.AreEqual(Snapshot.PartLength, snapshot.PartCount);
                Assert.IsTrue(Send(snapshot));
                Assert.AreEqual(256, snapshot.PartOffset);
                Assert.IsTrue(Send(snapshot));
                Assert.IsTrue(snapshot.Prepare(0));
                Assert.AreEqual(NodeMetric.SnapshotSpectrum, snapshot.PartMetric);
                Assert.AreEqual(0, snapshot.PartOffset);
                Assert.AreEqual(-7, (int)snapshot.PartValues[0]);
                Assert.IsTrue(Send(snapshot));
                Assert.AreEqual(1, snapshot.PartCount);
                Assert.IsTrue(Send(snapshot));
            }

            Assert.AreEqual(3, spectrum.Count);
            Assert.IsFalse(snapshot.HasPart);
            Assert.AreSame(window, exchange.TakeEmpty(0));
        }

        [TestMethod]
        public static void ByCommand_WhenTheConnectionEnds_TheSamplerHasItsWindowBackAndAnotherIsTaken()
        {
            WindowExchange exchange = new WindowExchange(null);
            Snapshot snapshot = new Snapshot();
            CapturedWindow window = Window(10);
            snapshot.IsWanted = true;
            snapshot.Open();
            snapshot.Offer(window, exchange, false, new MarkingSpectrum(), 1);
            Send(snapshot);
            snapshot.Close();
            Assert.IsFalse(snapshot.HasPart);
            Assert.IsTrue(snapshot.IsWanted);
            Assert.AreSame(window, exchange.TakeEmpty(0));
            Assert.IsFalse(snapshot.Offer(window, exchange, false, new MarkingSpectrum(), 1));
            snapshot.Open();
            Assert.IsTrue(snapshot.Offer(window, exchange, false, new MarkingSpectrum(), 1));
            Assert.AreEqual(2, snapshot.Number);
            Assert.AreEqual(0, snapshot.PartOffset);
        }

        [TestMethod]
        public static void OfAnAlarm_WaitsAsACopyAndGoesOnWithItsAxis()
        {
            Snapshot snapshot = new Snapshot();
            MarkingSpectrum spectrum = new MarkingSpectrum();
            CapturedWindow window = Window(10);
            Assert.IsFalse(snapshot.Offer(window, null, true, spectrum, 1));
            window.XCounts[0] = 99;
            Assert.IsTrue(snapshot.HasPart);
            snapshot.Open();
            Assert.AreEqual(10, (int)snapshot.PartValues[0]);
            for (int i = 0; i < PartsOfAxis + 1; i++)
            {
                Send(snapshot);
            }

            snapshot.Close();
            Assert.IsFalse(snapshot.IsWanted);
            snapshot.Open();
            Assert.AreEqual(1, snapshot.PartAxis);
            Assert.AreEqual(0, snapshot.PartOffset);
            int parts = 0;
            while (Send(snapshot))
            {
                parts++;
            }

            Assert.AreEqual(2 * PartsOfAxis, parts);
        }

        [TestMethod]
        public static void Spectrum_WaitsWhileTheWorkArraysAreLent()
        {
            Snapshot snapshot = new Snapshot();
            MarkingSpectrum spectrum = new MarkingSpectrum();
            spectrum.IsLent = true;
            snapshot.Open();
            snapshot.Offer(Window(10), null, true, spectrum, 1);
            Assert.IsTrue(Send(snapshot));
            Assert.IsTrue(Send(snapshot));
            Assert.IsFalse(snapshot.Prepare(0));
            Assert.IsTrue(snapshot.HasPart);
            spectrum.IsLent = false;
            Assert.IsTrue(snapshot.Prepare(0));
        }

        [TestMethod]
        public static void CopyThatIsDroppedWhileAPartGoesOut_LeavesTheNextOneWhole()
        {
            Snapshot snapshot = new Snapshot();
            snapshot.Open();
            snapshot.Offer(Window(10), null, true, new MarkingSpectrum(), 1);
            snapshot.Prepare(0);
            snapshot.DropCopy();
            Assert.IsFalse(snapshot.HasPart);
            snapshot.Offer(Window(20), null, true, new MarkingSpectrum(), 1);
            snapshot.Advance();
            Assert.AreEqual(0, snapshot.PartOffset);
        }
    }
}
