using UnitsNet.Units;

namespace UnitsNet
{
    /// <summary>A temperature; the units in use.</summary>
    public struct Temperature
    {
        private readonly double _value;
        private readonly TemperatureUnit _unit;

        public Temperature(double value, TemperatureUnit unit)
        {
            _value = value;
            _unit = unit;
        }

        public static TemperatureUnit BaseUnit => TemperatureUnit.Kelvin;

        public static Temperature Zero => new(0, BaseUnit);

        public double Value => _value;

        public TemperatureUnit Unit => _unit;

        public double DegreesCelsius => As(TemperatureUnit.DegreeCelsius);

        public double DegreesFahrenheit => As(TemperatureUnit.DegreeFahrenheit);

        public double Kelvins => As(TemperatureUnit.Kelvin);

        public double MillidegreesCelsius => As(TemperatureUnit.MillidegreeCelsius);

        public static Temperature FromDegreesCelsius(double degreescelsius) => new(degreescelsius, TemperatureUnit.DegreeCelsius);

        public static Temperature FromDegreesFahrenheit(double degreesfahrenheit) => new(degreesfahrenheit, TemperatureUnit.DegreeFahrenheit);

        public static Temperature FromKelvins(double kelvins) => new(kelvins, TemperatureUnit.Kelvin);

        public static Temperature FromMillidegreesCelsius(double millidegreescelsius) => new(millidegreescelsius, TemperatureUnit.MillidegreeCelsius);

        public static Temperature From(double value, TemperatureUnit fromUnit) => new(value, fromUnit);

        public double As(TemperatureUnit unit) => unit == _unit ? _value : FromKelvin(ToKelvin(), unit);

        public Temperature ToUnit(TemperatureUnit unit) => new(As(unit), unit);

        private double ToKelvin() => _unit switch
        {
            TemperatureUnit.DegreeCelsius => _value + 273.15,
            TemperatureUnit.MillidegreeCelsius => _value / 1000 + 273.15,
            TemperatureUnit.DegreeFahrenheit => (_value - 32) * 5 / 9 + 273.15,
            TemperatureUnit.Kelvin => _value,
            _ => throw new global::System.NotSupportedException("This unit of temperature is not emulated.")
        };

        private static double FromKelvin(double kelvin, TemperatureUnit unit) => unit switch
        {
            TemperatureUnit.DegreeCelsius => kelvin - 273.15,
            TemperatureUnit.MillidegreeCelsius => (kelvin - 273.15) * 1000,
            TemperatureUnit.DegreeFahrenheit => (kelvin - 273.15) * 9 / 5 + 32,
            TemperatureUnit.Kelvin => kelvin,
            _ => throw new global::System.NotSupportedException("This unit of temperature is not emulated.")
        };
    }
}
