using System;

namespace SensorNode.CostMeterSample
{
    /// <summary>Control flow whose instructions are counted by hand in CostMeterFlowTests, and were counted by nanoCLR.</summary>
    public static class Flow
    {
        public static void Nothing()
        {
        }

        public static int Add(int a, int b)
        {
            return a + b;
        }

        public static int Loop(int n)
        {
            int sum = 0;
            for (int i = 0; i < n; i++)
            {
                sum += i;
            }

            return sum;
        }

        public static int Branch(int x)
        {
            if (x > 0)
            {
                return 1;
            }

            return x + 5;
        }

        public static int Ternary(int x)
        {
            return x > 0 ? 7 : x;
        }

        public static int Switch(int x)
        {
            switch (x)
            {
                case 0:
                    return 10;
                case 1:
                    return 11;
                case 2:
                    return 12 + x;
                default:
                    return -1;
            }
        }

        public static int Calls(int x)
        {
            return Add(x, 1) + Add(x, 2);
        }

        public static int CatchesWhatItThrows(int x)
        {
            try
            {
                if (x > 0)
                {
                    throw new Exception();
                }

                return 1;
            }
            catch (Exception)
            {
                return 2;
            }
        }

        public static int CatchesFromBelow(int x)
        {
            int y = 0;
            try
            {
                y = ThrowsWhenPositive(x) + 100 * x + 1000 * x;
            }
            catch (Exception)
            {
                y += 5;
            }

            return y;
        }

        public static int Finally(int x)
        {
            int y = x;
            try
            {
                y = ThrowsWhenPositive(x);
            }
            finally
            {
                s_finally += 1;
            }

            return y;
        }

        public static int FinallyThrown(int x)
        {
            try
            {
                return Finally(x);
            }
            catch (Exception)
            {
                return -1;
            }
        }

        public static int Filter(int x)
        {
            try
            {
                return ThrowsWhenPositive(x);
            }
            catch (Exception) when (x > 5)
            {
                return 6;
            }
            catch (Exception)
            {
                return 7;
            }
        }

        /// <summary>The exception leaves a run in its middle: the only case that is over-counted.</summary>
        public static int IndexOutOfRange(int[] array, int index)
        {
            try
            {
                return array[index] + 1 + index;
            }
            catch (Exception)
            {
                return -1;
            }
        }

        public static int Virtual(Shape shape)
        {
            return shape.Corners() + shape.Twice();
        }

        public static int Interface(ICorners corners)
        {
            return corners.Corners();
        }

        public static int Delegate(Unary f, int x)
        {
            return f(x) + f(x);
        }

        public static int ThrowsWhenPositive(int x)
        {
            if (x > 0)
            {
                throw new Exception();
            }

            return x;
        }

        private static int s_finally;
    }
}
