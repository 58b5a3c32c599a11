namespace SensorNode.Emulator.Machines;

/// <summary>A shaft in bearings on a structure, felt by one sensor. Deterministic for its parameters and the times asked.</summary>
/// <remarks>
/// Frame:  horizontal across the shaft, vertical, axial; the mounting turns it into the chip's axes.
/// Slow:   speed, load, severities and amplitudes are worked out every 10 ms; what turns and rings, at each sample.
/// Jumps:  a gap of more than a second (sensor off) forgets the ringing and goes on with the phase where it would be.
/// Limits: no filter before sampling, so nothing may be put above half the rate of the sensor.
/// Cost:   0.2 to 0.4 us a sample on one core of 2020.
/// </remarks>
public sealed class RotatingMachine : IVibrationSource
{
    private const double SlowSeconds = 0.01;
    private const double JumpSeconds = 1;
    private const double StandstillHz = 0.2;

    private readonly MachineParameters _parameters;
    private readonly SeededRandom _random;
    private readonly Resonator[] _modes;
    private readonly ImpactTrain[] _trains;

    private long _lastNs = long.MinValue;
    private double _slowDueSeconds = double.NegativeInfinity;
    private double _slowLastSeconds;
    private double _wander;
    private double _shaftHz;
    private double _phase;
    private double _imbalanceG;
    private double _misalignmentG;
    private double _loosenessG;
    private double _vaneG;
    private double _noiseGPerRootHz;

    /// <summary>Makes the machine.</summary>
    public RotatingMachine(MachineParameters parameters)
    {
        _parameters = parameters;
        _random = new SeededRandom(parameters.Seed * 0x9E3779B97F4A7C15 + 1);
        _modes = [.. parameters.Modes.Select(mode => new Resonator(mode))];
        _trains = [.. parameters.Defects.Select(defect => new ImpactTrain(defect, parameters.Bearing))];
        _phase = 2 * _random.NextUniform();
    }

    /// <summary>What it was made of.</summary>
    public MachineParameters Parameters => _parameters;

    /// <summary>Speed at the last sample, wander included.</summary>
    public double ShaftHz => _shaftHz;

    /// <summary>Frequency of a bearing defect by geometry alone, at a speed.</summary>
    public double DefectHz(BearingDefectPlace place, double shaftHz) => _parameters.Bearing.ImpactOrder(place) * shaftHz;

    /// <inheritdoc/>
    public void Acceleration(long timeNs, out double x, out double y, out double z)
    {
        double seconds = timeNs * 1e-9;
        double dt = _lastNs == long.MinValue ? 0 : (timeNs - _lastNs) * 1e-9;
        _lastNs = timeNs;
        if (seconds >= _slowDueSeconds)
        {
            UpdateSlow(seconds);
        }

        if (dt > JumpSeconds)
        {
            foreach (Resonator mode in _modes)
            {
                mode.Silence();
            }
        }

        // Half orders need two turns to come round.
        _phase += _shaftHz * dt;
        _phase -= 2 * Math.Floor(_phase / 2);

        double horizontal = 0, vertical = 0, axial = 0;
        if (_shaftHz > StandstillHz)
        {
            AddHarmonics(ref horizontal, ref vertical, ref axial);
        }

        foreach (ImpactTrain train in _trains)
        {
            train.Step(dt, _shaftHz, _phase, _random, _modes, ref horizontal, ref vertical, ref axial);
        }

        foreach (Resonator mode in _modes)
        {
            mode.Step(dt, _random, ref horizontal, ref vertical, ref axial);
        }

        double noise = dt > 0 ? _noiseGPerRootHz / Math.Sqrt(2 * Math.Min(dt, JumpSeconds)) : 0;
        double[] gain = _parameters.AxisGain;
        horizontal = (horizontal + noise * _random.NextNormal()) * gain[0];
        vertical = (vertical + noise * _random.NextNormal()) * gain[1];
        axial = (axial + noise * _random.NextNormal()) * gain[2];
        _parameters.Mounting.Apply(horizontal, vertical + 1, axial, out x, out y, out z);
    }

    private void AddHarmonics(ref double horizontal, ref double vertical, ref double axial)
    {
        // e to the i k theta, where theta is half the angle of the shaft: k = 2 is the shaft, 4 twice the shaft.
        (double s1, double c1) = Math.SinCos(Math.PI * _phase);
        double c2 = c1 * c1 - s1 * s1, s2 = 2 * s1 * c1;
        double c4 = c2 * c2 - s2 * s2, s4 = 2 * s2 * c2;
        horizontal += _imbalanceG * c2 + _misalignmentG * (0.7 * c4 + 0.3 * s4);
        vertical += 0.8 * _imbalanceG * s2 + _misalignmentG * (0.6 * s4 - 0.2 * c4);
        axial += 0.15 * _imbalanceG * c2 + _misalignmentG * (0.9 * s2 + 0.8 * c4);
        if (_loosenessG > 0)
        {
            double c3 = c2 * c1 - s2 * s1, s3 = s2 * c1 + c2 * s1;
            double c6 = c4 * c2 - s4 * s2, s6 = s4 * c2 + c4 * s2;
            double sum = 0.3 * s1 + s2 + 0.4 * c3 + 0.7 * s4 + 0.5 * c6 + 0.2 * (c6 * s3 + s6 * c3);
            vertical += _loosenessG * sum;
            horizontal += 0.4 * _loosenessG * (c2 + 0.5 * c4 + 0.2 * s3 + 0.3 * s6);
        }

        if (_vaneG > 0)
        {
            double vane = _vaneG * Math.Sin(2 * Math.PI * _parameters.Vanes * _phase);
            horizontal += vane;
            vertical += 0.7 * vane;
            axial += 0.5 * vane;
        }
    }

    private void UpdateSlow(double seconds)
    {
        MachineParameters p = _parameters;
        double step = double.IsNegativeInfinity(_slowDueSeconds) ? 1e9 : seconds - _slowLastSeconds;
        _slowLastSeconds = seconds;
        _slowDueSeconds = seconds + SlowSeconds;
        double kept = Math.Exp(-step / p.SpeedWanderSeconds);
        _wander = _wander * kept + p.SpeedWander * Math.Sqrt(1 - kept * kept) * _random.NextNormal();

        p.Schedule.At(seconds, out double wantedHz, out double load);
        _shaftHz = wantedHz * (1 + _wander);
        double speed = _shaftHz / p.NominalShaftHz;
        double force = speed * speed;
        _imbalanceG = (p.ImbalanceG + 0.2 * p.ImbalanceFault.At(seconds)) * force;
        _misalignmentG = (p.MisalignmentG + 0.15 * p.MisalignmentFault.At(seconds)) * force * (0.5 + 0.5 * load);
        _loosenessG = 0.15 * p.LoosenessFault.At(seconds) * force;
        _vaneG = p.Vanes > 0 ? p.VaneG * force * load : 0;
        double activity = _shaftHz > StandstillHz ? speed * (0.6 + 0.4 * load) : 0;
        _noiseGPerRootHz = p.BackgroundGPerRootHz + p.NoiseGPerRootHz * activity;
        foreach (Resonator mode in _modes)
        {
            mode.NoiseFactor = activity;
        }

        foreach (ImpactTrain train in _trains)
        {
            train.Update(seconds, speed, load);
        }
    }
}
