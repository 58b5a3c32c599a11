using UnitsNet.Units;

namespace UnitsNet
{
    /// <summary>A pressure; the units in use.</summary>
    public struct Pressure
    {
        private readonly double _value;
        private readonly PressureUnit _unit;

        public Pressure(double value, PressureUnit unit)
        {
            _value = value;
            _unit = unit;
        }

        public static PressureUnit BaseUnit => PressureUnit.Pascal;

        public static Pressure Zero => new(0, BaseUnit);

        public double Value => _value;

        public PressureUnit Unit => _unit;

        public double Pascals => As(PressureUnit.Pascal);

        public double Hectopascals => As(PressureUnit.Hectopascal);

        public static Pressure FromPascals(double pascals) => new(pascals, PressureUnit.Pascal);

        public static Pressure FromHectopascals(double hectopascals) => new(hectopascals, PressureUnit.Hectopascal);

        public static Pressure From(double value, PressureUnit fromUnit) => new(value, fromUnit);

        public double As(PressureUnit unit) => _value * Factor(_unit) / Factor(unit);

        public Pressure ToUnit(PressureUnit unit) => new(As(unit), unit);

        private static double Factor(PressureUnit unit) => unit switch
        {
            PressureUnit.Pascal => 1,
            PressureUnit.Hectopascal => 100,
            _ => throw new global::System.NotSupportedException("This unit of pressure is not emulated.")
        };
    }
}
