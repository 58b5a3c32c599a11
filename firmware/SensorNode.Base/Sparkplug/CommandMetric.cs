namespace SensorNode.Sparkplug
{
    /// <summary>One metric of a command. One object serves all metrics of a payload in turn.</summary>
    public sealed class CommandMetric
    {
        /// <summary>Name, or null where only an alias was given.</summary>
        public string Name;

        /// <summary>Alias, or -1.</summary>
        public long Alias;

        /// <summary>Data type as sent, or 0 where it was not sent.</summary>
        public int Datatype;

        /// <summary>True where the sender says that there is no value.</summary>
        public bool IsNull;

        /// <summary>Which value field was sent: <see cref="NoValue"/>, <see cref="IntegerValue"/>, ..</summary>
        public int ValueKind;

        /// <summary>Value of int_value, in two's complement of 32 bits, sign extended; or of boolean_value, 0 or 1.</summary>
        public long Integer;

        /// <summary>Value of a string field, at most 256 characters.</summary>
        public string Text;

        /// <summary>No value field.</summary>
        public const int NoValue = 0;

        /// <summary>int_value: a whole number of at most 32 bits.</summary>
        public const int IntegerValue = 1;

        /// <summary>boolean_value.</summary>
        public const int BooleanValue = 2;

        /// <summary>string_value.</summary>
        public const int TextValue = 3;

        /// <summary>Any other: long, float, double, bytes, data set, template.</summary>
        public const int OtherValue = 4;

        internal void Clear()
        {
            Name = null;
            Alias = -1;
            Datatype = 0;
            IsNull = false;
            ValueKind = NoValue;
            Integer = 0;
            Text = null;
        }
    }
}
