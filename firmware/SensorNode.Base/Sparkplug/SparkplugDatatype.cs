namespace SensorNode.Sparkplug
{
    /// <summary>The numbers of the Sparkplug B data types that this node uses (Sparkplug 3.0, section 6.4.16).</summary>
    public static class SparkplugDatatype
    {
        public const int Int8 = 1;
        public const int Int16 = 2;
        public const int Int32 = 3;
        public const int Int64 = 4;
        public const int UInt8 = 5;
        public const int UInt16 = 6;
        public const int UInt32 = 7;
        public const int UInt64 = 8;
        public const int Float = 9;
        public const int Double = 10;
        public const int Boolean = 11;
        public const int String = 12;
        public const int DateTime = 13;
        public const int Text = 14;
        public const int Int16Array = 23;
    }
}
