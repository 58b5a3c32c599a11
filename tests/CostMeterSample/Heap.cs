namespace SensorNode.CostMeterSample
{
    /// <summary>Allocations whose bytes are added up by hand in CostMeterHeapTests.</summary>
    public static class Heap
    {
        public static object Kept;

        public static void Objects()
        {
            Kept = new Base3();
            Kept = new Derived5();
            Kept = new HoldsPair();
        }

        public static void Arrays(int n)
        {
            Kept = new byte[n];
            Kept = new short[n];
            Kept = new int[n];
            Kept = new long[n];
            Kept = new object[n];
            Kept = new Small[n];
            Kept = new Pair[n];
            Kept = new int[n][];
        }

        public static void Boxes(int n)
        {
            Kept = n;
            Kept = Small.Two;
        }

        public static int StructLocal(int n)
        {
            Pair pair = new Pair(n, 1);
            Pair copy = pair;
            return copy.Sum() + pair.Sum();
        }

        public static int StructArgument(Pair pair)
        {
            return pair.X;
        }

        public static int StructFieldRead(HoldsPair holder)
        {
            Pair pair = holder.Inner;
            return pair.Y;
        }

        public static void Literal()
        {
            Kept = "abc";
        }

        public static void Strings(string a, string b)
        {
            Kept = a + b;
        }

        public static void StringsOfManyBytes(string a)
        {
            Kept = a.Substring(1);
        }

        public static void DelegateMade()
        {
            Kept = new Unary(Same);
        }

        public static void NothingAtAll(int[] values)
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] += i;
            }
        }

        public static int Same(int x)
        {
            return x;
        }

        /// <summary>Keeps 1020 bytes of a byte array alive while it makes others that die.</summary>
        public static int Garbage(int rounds)
        {
            byte[] kept = new byte[1000];
            int sum = 0;
            for (int i = 0; i < rounds; i++)
            {
                byte[] dead = new byte[100];
                sum += dead.Length;
            }

            return sum + kept.Length;
        }
    }
}
