using SensorNode.Configuration;

namespace SensorNode.Sparkplug
{
    /// <summary>What the birth message says of one metric. One object serves all in turn, so that the catalog needs no heap.</summary>
    public sealed class MetricDescription
    {
        /// <summary>Name with folders, unique but for case.</summary>
        public string Name;

        /// <summary>One of <see cref="SparkplugDatatype"/>.</summary>
        public int Datatype;

        /// <summary>Float metrics: the node's whole number divided by this is the value on the wire. Otherwise 1.</summary>
        public int Divisor;

        /// <summary>Engineering unit, or an empty string.</summary>
        public string Unit;

        /// <summary>Smallest value in the unit.</summary>
        public int Low;

        /// <summary>Largest value in the unit; no range where both are 0.</summary>
        public int High;

        /// <summary>The only values that may be written, separated by '|', or null.</summary>
        public string Choices;

        /// <summary>Change, in the node's whole numbers, below which nothing is reported, at most 32767; with a <see cref="DeadBandKey"/> how many times that setting; <see cref="Quiet"/> for metrics that are sent with the others but never cause a report.</summary>
        public int DeadBand;

        /// <summary>Measurements: the setting that gives the dead band, with report.dead_band_percent beside it; otherwise -1.</summary>
        public int DeadBandKey;

        /// <summary>See <see cref="DeadBand"/>.</summary>
        public const int Quiet = -1;

        /// <summary>True where a command may write it.</summary>
        public bool IsWritable;

        /// <summary>A value that is reported whenever it changes.</summary>
        public void Set(string name, int datatype, string unit)
        {
            Name = name;
            Datatype = datatype;
            Divisor = 1;
            Unit = unit;
            Low = 0;
            High = 0;
            Choices = null;
            DeadBand = 0;
            DeadBandKey = -1;
            IsWritable = false;
        }

        /// <summary>A number whose dead band is a setting.</summary>
        public void SetMeasurement(string name, int divisor, string unit, int deadBandKey)
        {
            Set(name, SparkplugDatatype.Float, unit);
            Divisor = divisor;
            DeadBandKey = deadBandKey;
            DeadBand = 1;
        }

        /// <summary>Gives the values' range, in the unit.</summary>
        public void SetRange(int low, int high)
        {
            Low = low;
            High = high;
        }

        /// <summary>A whole number with a dead band of its own.</summary>
        public void SetCount(string name, string unit, int deadBand)
        {
            Set(name, SparkplugDatatype.Int32, unit);
            DeadBand = deadBand;
        }

        /// <summary>A value that never causes a report.</summary>
        public void SetQuiet(string name, int datatype, string unit)
        {
            Set(name, datatype, unit);
            DeadBand = Quiet;
        }

        /// <summary>A Boolean that is written to make the node do something.</summary>
        public void SetCommand(string name)
        {
            Set(name, SparkplugDatatype.Boolean, "");
            IsWritable = true;
        }

        /// <summary>A setting of node.conf.</summary>
        public void SetSetting(ConfigurationItem item)
        {
            bool isNumber = item.Kind == ConfigurationKind.Number;
            Set("Config/" + item.Name, isNumber ? SparkplugDatatype.Int32 : SparkplugDatatype.String, item.Unit);
            IsWritable = true;
            Choices = item.Choices;
            if (isNumber && Choices == null)
            {
                SetRange(item.Minimum, item.Maximum);
            }
        }
    }
}
