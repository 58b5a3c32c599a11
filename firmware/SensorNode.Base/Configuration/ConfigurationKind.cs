namespace SensorNode.Configuration
{
    /// <summary>What a setting's value may look like.</summary>
    public enum ConfigurationKind
    {
        /// <summary>A whole number from Minimum to Maximum.</summary>
        Number = 0,

        /// <summary>Printable ASCII of Minimum to Maximum characters.</summary>
        Text = 1,

        /// <summary>One of the words in Choices; kept as its index.</summary>
        Choice = 2
    }
}
