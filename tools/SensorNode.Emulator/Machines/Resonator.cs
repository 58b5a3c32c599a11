namespace SensorNode.Emulator.Machines;

/// <summary>One mode as a complex number that turns and shrinks; its imaginary part is what is felt.</summary>
internal sealed class Resonator(StructuralMode mode)
{
    private readonly double _omega = 2 * Math.PI * mode.FrequencyHz;
    private readonly double _decay = 2 * Math.PI * mode.FrequencyHz * mode.DampingRatio;
    private double _real;
    private double _imaginary;
    private double _dt = -1;
    private double _turnReal;
    private double _turnImaginary;
    private double _noiseStepG;

    /// <summary>How strongly noise excites it now, 1 at nominal speed and full load.</summary>
    public double NoiseFactor { get; set; }

    /// <summary>Lets it ring for a step and adds what is felt.</summary>
    public void Step(double dt, SeededRandom random, ref double horizontal, ref double vertical, ref double axial)
    {
        // Sample times are whole nanoseconds, so steps differ by one; the turn of the mean step is right to 1e-6.
        if (Math.Abs(dt - _dt) > 2e-9)
        {
            SetStep(dt);
        }

        double real = _real * _turnReal - _imaginary * _turnImaginary;
        _imaginary = _real * _turnImaginary + _imaginary * _turnReal + _pendingImaginary;
        _real = real + _pendingReal;
        _pendingReal = 0;
        _pendingImaginary = 0;
        if (NoiseFactor > 0)
        {
            _real += NoiseFactor * _noiseStepG * random.NextNormal();
        }

        double[] gain = mode.Gain;
        horizontal += gain[0] * _imaginary;
        vertical += gain[1] * _imaginary;
        axial += gain[2] * _imaginary;
    }

    private double _pendingReal;
    private double _pendingImaginary;

    /// <summary>One blow, some time before the end of the coming step.</summary>
    public void Strike(double peakG, double secondsAgo)
    {
        (double s, double c) = Math.SinCos(_omega * secondsAgo);
        double left = peakG * Math.Exp(-_decay * secondsAgo);
        _pendingReal += left * c;
        _pendingImaginary += left * s;
    }

    /// <summary>Forgets what still rings.</summary>
    public void Silence()
    {
        _real = 0;
        _imaginary = 0;
    }

    private void SetStep(double dt)
    {
        _dt = dt;
        (double s, double c) = Math.SinCos(_omega * dt);
        double left = Math.Exp(-_decay * dt);
        _turnReal = left * c;
        _turnImaginary = left * s;

        // Steady state: each step adds noise squared, and half of the sum shows in the imaginary part.
        _noiseStepG = mode.NoiseRmsG * Math.Sqrt(2 * (1 - left * left));
    }
}
