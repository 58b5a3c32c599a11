using nanoFramework.TestFramework;

namespace SensorNode.Acquisition.Tests
{
    /// <summary>Two windows go round, and what falls by the way is counted.</summary>
    [TestClass]
    public class WindowExchangeTests
    {
        [TestMethod]
        public static void NewerWindow_ReplacesTheOneThatWaits_AndIsCounted()
        {
            WindowExchange exchange = new WindowExchange(new CapturedWindow(4));
            CapturedWindow first = new CapturedWindow(4);
            exchange.Give(first);
            CapturedWindow second = exchange.TakeEmpty(0);
            exchange.Give(second);
            Assert.AreEqual(1, exchange.SkippedCount);
            Assert.AreSame(first, exchange.TakeEmpty(0));
            Assert.AreSame(second, exchange.Take(0));
            Assert.AreEqual(1, exchange.SkippedCount);
        }

        [TestMethod]
        public static void WindowThatFindsTheAnalysisBusy_IsFilledAgain_AndIsCounted()
        {
            WindowExchange exchange = new WindowExchange(new CapturedWindow(4));
            exchange.Give(new CapturedWindow(4));
            CapturedWindow second = exchange.TakeEmpty(0);
            CapturedWindow taken = exchange.Take(0);
            exchange.Give(second);
            Assert.AreEqual(1, exchange.SkippedCount);
            Assert.AreSame(second, exchange.TakeEmpty(0));
            exchange.Return(taken);
            exchange.Give(second);
            Assert.AreEqual(1, exchange.SkippedCount);
        }
    }
}
