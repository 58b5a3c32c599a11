using nanoFramework.TestFramework;

namespace SensorNode.Dsp.Tests
{
    /// <summary>Roots and logarithms with exact results.</summary>
    [TestClass]
    public class IntegerMathTests
    {
        [TestMethod]
        public void Log2_OfPowersOfTwo_IsExact()
        {
            for (int bit = 0; bit < 63; bit++)
                Assert.AreEqual(bit << 8, IntegerMath.Log2Q8(1L << bit));
            Assert.AreEqual(0, IntegerMath.Log2Q8(0));
            Assert.AreEqual(0, IntegerMath.Log2Q8(-5));
            // log2(3) = 1.58496, log2(10) = 3.32193: the nearest would be 850.
            Assert.AreEqual(406, IntegerMath.Log2Q8(3));
            Assert.AreEqual(851, IntegerMath.Log2Q8(10));
        }

        [TestMethod]
        public void Sqrt_RoundsDown()
        {
            for (long root = 1; root < 3037000499; root = root * 3 + 1)
            {
                Assert.AreEqual(root, IntegerMath.Sqrt(root * root));
                Assert.AreEqual(root - 1, IntegerMath.Sqrt(root * root - 1));
            }
            Assert.AreEqual(3037000499L, IntegerMath.Sqrt(long.MaxValue));
            Assert.AreEqual(0L, IntegerMath.Sqrt(0));
            Assert.AreEqual(0L, IntegerMath.Sqrt(-1));
        }
    }
}
