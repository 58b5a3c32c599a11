namespace SensorNode.Emulator.Machines;

/// <summary>How the sensor sits on the machine: which way its axes point.</summary>
public sealed class Mounting
{
    private readonly double[] _matrix;

    private Mounting(double[] matrix) => _matrix = matrix;

    /// <summary>Chip x horizontal across the shaft, y along the shaft (against its direction), z up.</summary>
    public static Mounting Upright { get; } = new([1, 0, 0, 0, 0, -1, 0, 1, 0]);

    /// <summary>Upright, then turned about the chip's own axes, x first, then y, then z.</summary>
    public static Mounting Turned(double aboutXDegrees, double aboutYDegrees, double aboutZDegrees)
    {
        double[] m = Upright._matrix;
        m = Multiply(Rotation(0, aboutXDegrees), m);
        m = Multiply(Rotation(1, aboutYDegrees), m);
        return new Mounting(Multiply(Rotation(2, aboutZDegrees), m));
    }

    /// <summary>From the machine's directions into the chip's axes.</summary>
    public void Apply(double horizontal, double vertical, double axial, out double x, out double y, out double z)
    {
        double[] m = _matrix;
        x = m[0] * horizontal + m[1] * vertical + m[2] * axial;
        y = m[3] * horizontal + m[4] * vertical + m[5] * axial;
        z = m[6] * horizontal + m[7] * vertical + m[8] * axial;
    }

    // What the chip sees turns the other way than the chip.
    private static double[] Rotation(int axis, double degrees)
    {
        double angle = degrees * Math.PI / 180;
        double c = Math.Cos(angle);
        double s = Math.Sin(angle);
        return axis switch
        {
            0 => [1, 0, 0, 0, c, s, 0, -s, c],
            1 => [c, 0, -s, 0, 1, 0, s, 0, c],
            _ => [c, s, 0, -s, c, 0, 0, 0, 1]
        };
    }

    private static double[] Multiply(double[] a, double[] b)
    {
        double[] product = new double[9];
        for (int row = 0; row < 3; row++)
        {
            for (int column = 0; column < 3; column++)
            {
                for (int k = 0; k < 3; k++)
                {
                    product[row * 3 + column] += a[row * 3 + k] * b[k * 3 + column];
                }
            }
        }

        return product;
    }
}
