namespace SensorNode.CostMeterSample
{
    public delegate int Unary(int x);

    public interface ICorners
    {
        int Corners();
    }

    public class Shape : ICorners
    {
        public virtual int Corners()
        {
            return 0;
        }

        public int Twice()
        {
            return 2 * Corners();
        }
    }

    public sealed class Square : Shape
    {
        public override int Corners()
        {
            return 4;
        }
    }

    /// <summary>Three fields: 48 bytes on the device.</summary>
    public class Base3
    {
        public int A;
        public long B;
        public object C;
    }

    /// <summary>Five fields, three of them inherited: 72 bytes.</summary>
    public class Derived5 : Base3
    {
        public byte D;
        public int[] E;
    }

    /// <summary>Two fields: 36 bytes.</summary>
    public struct Pair
    {
        public int X;
        public int Y;

        public Pair(int x, int y)
        {
            X = x;
            Y = y;
        }

        public int Sum()
        {
            return X + Y;
        }
    }

    /// <summary>One field and a structure of two: 24 + 36 bytes... one block for each field, and the pair's own 36.</summary>
    public class HoldsPair
    {
        public Pair Inner;
    }

    public enum Small : byte
    {
        One,
        Two
    }
}
