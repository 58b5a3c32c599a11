namespace SensorNode.Bench;

/// <summary>Windows of a made-up machine: two speeds, harmonics, noise, gravity on the third axis. Integers from a generator of our own.</summary>
internal static class MachineWindows
{
    /// <summary>The samples of one window, one array for each axis, in counts.</summary>
    internal static short[][] Make(int points, int axisCount, int window)
    {
        uint state = ((uint)window * 2654435761) + 12345;
        double speed = points * (window % 20 < 12 ? 0.0151 : 0.0237);
        double turn = 2 * Math.PI / points;
        var axes = new short[axisCount][];
        for (int axis = 0; axis < axisCount; axis++)
        {
            axes[axis] = new short[points];
            double phase = window + axis;
            for (int n = 0; n < points; n++)
            {
                double value = axis == 2 ? 4098 : 20;
                for (int harmonic = 1; harmonic < 5; harmonic++)
                {
                    value += (400.0 / harmonic / (axis + 1)) * Math.Sin((turn * speed * harmonic * n) + (phase * harmonic));
                }

                state = (state * 1664525) + 1013904223;
                value += 60 * (((state >> 8) / 8388608.0) - 1);
                axes[axis][n] = (short)Math.Round(value);
            }
        }

        return axes;
    }
}
