namespace UnitsNet.Units
{
    /// <summary>Units.</summary>
    public enum RelativeHumidityUnit
    {
        Percent = 1
    }
}
