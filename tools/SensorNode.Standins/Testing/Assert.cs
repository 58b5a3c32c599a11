using System;
using TestFrameworkShared;

namespace nanoFramework.TestFramework
{
    /// <summary>Checks of the unit tests.</summary>
    public sealed partial class Assert
    {
        public static void AreNotSame(object notExpected, object actual, string message = "") => Check(!ReferenceEquals(notExpected, actual), "another object", actual, message);

        public static void AreSame(object expected, object actual, string message = "") => Check(ReferenceEquals(expected, actual), expected, actual, message);

        public static void Contains(string expected, string value, string message = "") => Check(value.Contains(expected), "text with " + expected, value, message);

        public static void DoesNotContains(string notExpected, string value, string message = "") => Check(!value.Contains(notExpected), "text without " + notExpected, value, message);

        public static void EndsWith(string expected, string value, string message = "") => Check(value.EndsWith(expected, StringComparison.Ordinal), "text ending in " + expected, value, message);

        public static void StartsWith(string expected, string value, string message = "") => Check(value.StartsWith(expected, StringComparison.Ordinal), "text beginning with " + expected, value, message);

        public static void IsFalse(bool condition, string message = "") => Check(!condition, false, condition, message);

        public static void IsTrue(bool condition, string message = "") => Check(condition, true, condition, message);

        public static void IsNotNull(object value, string message = "") => Check(value != null, "an object", value, message);

        public static void IsNull(object value, string message = "") => Check(value == null, null, value, message);

        public static void IsInstanceOfType(object value, Type expected, string message = "") => Check(expected.IsInstanceOfType(value), expected, value?.GetType(), message);

        public static void IsNotInstanceOfType(object value, Type notExpected, string message = "") => Check(!notExpected.IsInstanceOfType(value), "another type", value?.GetType(), message);

        public static void SkipTest(string message = null) => throw new SkipTestException(message);

        /// <summary>The exception must be exactly of this type.</summary>
        public static void ThrowsException(Type exception, Action action, string message = "")
        {
            Exception thrown = null;
            try
            {
                action();
            }
            catch (Exception e)
            {
                SensorNode.Standins.Redirects.LetPowerOffPass(e);
                thrown = e;
            }

            Check(thrown != null && thrown.GetType() == exception, exception, thrown, message);
        }

        public static void AreEqual(object expected, object actual, string message = "") => Check(Equals(expected, actual), expected, actual, message);

        public static void AreNotEqual(object notExpected, object actual, string message = "") => Check(!Equals(notExpected, actual), "anything but " + notExpected, actual, message);

        public static void AreEqual(bool expected, bool actual, string message = "") => Check(expected == actual, expected, actual, message);

        public static void AreNotEqual(bool notExpected, bool actual, string message = "") => Check(notExpected != actual, "anything but " + notExpected, actual, message);

        public static void AreEqual(byte expected, byte actual, string message = "") => Check(expected == actual, expected, actual, message);

        public static void AreNotEqual(byte notExpected, byte actual, string message = "") => Check(notExpected != actual, "anything but " + notExpected, actual, message);

        public static void AreEqual(char expected, char actual, string message = "") => Check(expected == actual, expected, actual, message);

        public static void AreNotEqual(char notExpected, char actual, string message = "") => Check(notExpected != actual, "anything but " + notExpected, actual, message);

        public static void AreEqual(DateTime expected, DateTime actual, string message = "") => Check(expected == actual, expected, actual, message);

        public static void AreNotEqual(DateTime notExpected, DateTime actual, string message = "") => Check(notExpected != actual, "anything but " + notExpected, actual, message);

        public static void AreEqual(double expected, double actual, string message = "") => Check(expected.Equals(actual), expected, actual, message);

        public static void AreNotEqual(double notExpected, double actual, string message = "") => Check(!notExpected.Equals(actual), "anything but " + notExpected, actual, message);

        public static void AreEqual(float expected, float actual, string message = "") => Check(expected.Equals(actual), expected, actual, message);

        public static void AreNotEqual(float notExpected, float actual, string message = "") => Check(!notExpected.Equals(actual), "anything but " + notExpected, actual, message);

        public static void AreEqual(int expected, int actual, string message = "") => Check(expected == actual, expected, actual, message);

        public static void AreNotEqual(int notExpected, int actual, string message = "") => Check(notExpected != actual, "anything but " + notExpected, actual, message);

        public static void AreEqual(long expected, long actual, string message = "") => Check(expected == actual, expected, actual, message);

        public static void AreNotEqual(long notExpected, long actual, string message = "") => Check(notExpected != actual, "anything but " + notExpected, actual, message);

        public static void AreEqual(sbyte expected, sbyte actual, string message = "") => Check(expected == actual, expected, actual, message);

        public static void AreNotEqual(sbyte notExpected, sbyte actual, string message = "") => Check(notExpected != actual, "anything but " + notExpected, actual, message);

        public static void AreEqual(short expected, short actual, string message = "") => Check(expected == actual, expected, actual, message);

        public static void AreNotEqual(short notExpected, short actual, string message = "") => Check(notExpected != actual, "anything but " + notExpected, actual, message);

        public static void AreEqual(string expected, string actual, string message = "") => Check(expected == actual, expected, actual, message);

        public static void AreNotEqual(string notExpected, string actual, string message = "") => Check(notExpected != actual, "anything but " + notExpected, actual, message);

        public static void AreEqual(uint expected, uint actual, string message = "") => Check(expected == actual, expected, actual, message);

        public static void AreNotEqual(uint notExpected, uint actual, string message = "") => Check(notExpected != actual, "anything but " + notExpected, actual, message);

        public static void AreEqual(ulong expected, ulong actual, string message = "") => Check(expected == actual, expected, actual, message);

        public static void AreNotEqual(ulong notExpected, ulong actual, string message = "") => Check(notExpected != actual, "anything but " + notExpected, actual, message);

        public static void AreEqual(ushort expected, ushort actual, string message = "") => Check(expected == actual, expected, actual, message);

        public static void AreNotEqual(ushort notExpected, ushort actual, string message = "") => Check(notExpected != actual, "anything but " + notExpected, actual, message);

        internal static void Check(bool isGood, object expected, object actual, string message)
        {
            if (!isGood)
            {
                throw new AssertFailedException("Expected " + Text(expected) + ", got " + Text(actual) + "." + (string.IsNullOrEmpty(message) ? "" : " " + message));
            }
        }

        private static string Text(object value) => value switch
        {
            null => "null",
            string text => "\"" + text + "\"",
            IFormattable formattable => formattable.ToString(null, global::System.Globalization.CultureInfo.InvariantCulture),
            _ => value.ToString()
        };
    }
}
