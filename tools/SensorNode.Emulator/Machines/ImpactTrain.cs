namespace SensorNode.Emulator.Machines;

/// <summary>The blows of one bearing defect, one after the other.</summary>
internal sealed class ImpactTrain(BearingDefect defect, BearingGeometry bearing)
{
    private readonly double _order = bearing.ImpactOrder(defect.Place) * (1 - defect.Slip);
    private readonly double _cageOrder = bearing.CageOrder;
    private double _phase;
    private double _interval = 1;
    private double _cagePhase;
    private double _impactG;
    private double _passageG;

    /// <summary>New strengths for the coming 10 ms.</summary>
    public void Update(double seconds, double speed, double load)
    {
        double strength = defect.Growth.At(seconds) * speed * speed * (0.4 + 0.6 * load);
        _impactG = strength * defect.ImpactG;
        _passageG = strength * defect.PassageG;
    }

    /// <summary>Goes on by one step: strikes the modes for each ball that passes, and adds the slow push.</summary>
    public void Step(double dt, double shaftHz, double shaftPhase, SeededRandom random, Resonator[] modes, ref double horizontal, ref double vertical, ref double axial)
    {
        double passagesHz = _order * shaftHz;
        _phase += passagesHz * dt;
        _cagePhase += _cageOrder * shaftHz * dt;
        _cagePhase -= Math.Floor(_cagePhase);
        if (_phase >= _interval)
        {
            Pass(passagesHz, shaftPhase, random, modes);
        }

        if (_passageG > 0)
        {
            double turn = _phase / _interval;
            double c = Math.Cos(2 * Math.PI * turn);
            double push = _passageG * LoadZone(shaftPhase) * (c + 0.35 * (2 * c * c - 1));
            double[] gain = defect.PassageGain;
            horizontal += gain[0] * push;
            vertical += gain[1] * push;
            axial += gain[2] * push;
        }
    }

    private void Pass(double passagesHz, double shaftPhase, SeededRandom random, Resonator[] modes)
    {
        // A gap in which the sensor was off: where the train stands now is all that counts.
        if (_phase > 4)
        {
            _phase -= Math.Floor(_phase);
            _interval = 1;
            return;
        }

        while (_phase >= _interval)
        {
            _phase -= _interval;
            _interval = Math.Clamp(1 + defect.SlipJitter * random.NextNormal(), 0.5, 1.5);
            double peakG = _impactG * LoadZone(shaftPhase) * (1 + 0.15 * random.NextNormal());
            if (peakG != 0)
            {
                foreach (Resonator mode in modes)
                {
                    mode.Strike(peakG, _phase / passagesHz);
                }
            }
        }
    }

    /// <summary>1 in the middle of the load zone; a race that stands still stays there.</summary>
    private double LoadZone(double shaftPhase)
    {
        switch (defect.Place)
        {
            case BearingDefectPlace.InnerRace:
                return Zone(shaftPhase);
            case BearingDefectPlace.Ball:
                return Zone(_cagePhase);
            default:
                return 1;
        }
    }

    private static double Zone(double phase)
    {
        double half = 0.5 + 0.5 * Math.Cos(2 * Math.PI * phase);
        return half * Math.Sqrt(half);
    }
}
