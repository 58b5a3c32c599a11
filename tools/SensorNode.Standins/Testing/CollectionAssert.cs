using System.Collections;

namespace nanoFramework.TestFramework
{
    /// <summary>Checks on collections, element by element.</summary>
    public sealed class CollectionAssert
    {
        public static void Empty(ICollection collection, string message = "") => Assert.Check(collection.Count == 0, "no elements", collection.Count, message);

        public static void NotEmpty(ICollection collection, string message = "") => Assert.Check(collection.Count > 0, "elements", 0, message);

        public static void AreEqual(ICollection expected, ICollection actual, string message = "")
        {
            int difference = FirstDifference(expected, actual, out object wanted, out object got);
            Assert.Check(difference < 0, wanted, got, "At index " + difference + ". " + message);
        }

        public static void AreNotEqual(ICollection notExpected, ICollection actual, string message = "") =>
            Assert.Check(FirstDifference(notExpected, actual, out _, out _) >= 0, "other elements", "the same", message);

        private static int FirstDifference(ICollection expected, ICollection actual, out object wanted, out object got)
        {
            IEnumerator wantedOnes = expected.GetEnumerator();
            IEnumerator gotOnes = actual.GetEnumerator();
            for (int i = 0; ; i++)
            {
                bool isWanted = wantedOnes.MoveNext();
                bool isGot = gotOnes.MoveNext();
                wanted = isWanted ? wantedOnes.Current : "the end";
                got = isGot ? gotOnes.Current : "the end";
                if (isWanted != isGot || isWanted && !Equals(wanted, got))
                {
                    return i;
                }

                if (!isWanted)
                {
                    return -1;
                }
            }
        }
    }
}
