namespace SensorNode.Sparkplug
{
    /// <summary>Values of one past moment that make one historical message.</summary>
    public interface IStoredValues
    {
        /// <summary>Adds each value by <see cref="MessageBuilder.AddStored"/> or <see cref="MessageBuilder.AddStoredArray"/>. Called twice, and adds the same both times.</summary>
        /// <param name="messages">Where to add.</param>
        /// <param name="utcMs">Time of the values.</param>
        void WriteTo(MessageBuilder messages, long utcMs);
    }
}
