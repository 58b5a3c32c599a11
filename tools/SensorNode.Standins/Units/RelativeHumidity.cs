using UnitsNet.Units;

namespace UnitsNet
{
    /// <summary>A relative humidity.</summary>
    public struct RelativeHumidity
    {
        private readonly double _value;
        private readonly RelativeHumidityUnit _unit;

        public RelativeHumidity(double value, RelativeHumidityUnit unit)
        {
            _value = value;
            _unit = unit;
        }

        public static RelativeHumidityUnit BaseUnit => RelativeHumidityUnit.Percent;

        public static RelativeHumidity Zero => new(0, BaseUnit);

        public double Value => _value;

        public RelativeHumidityUnit Unit => _unit;

        public double Percent => As(RelativeHumidityUnit.Percent);

        public static RelativeHumidity FromPercent(double percent) => new(percent, RelativeHumidityUnit.Percent);

        public static RelativeHumidity From(double value, RelativeHumidityUnit fromUnit) => new(value, fromUnit);

        public double As(RelativeHumidityUnit unit) => _value;

        public RelativeHumidity ToUnit(RelativeHumidityUnit unit) => new(As(unit), unit);
    }
}
