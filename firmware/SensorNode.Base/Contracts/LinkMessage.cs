namespace SensorNode.Contracts
{
    /// <summary>One message that came from the broker.</summary>
    public sealed class LinkMessage
    {
        /// <summary>Topic it was published on.</summary>
        public string Topic;

        /// <summary>Payload, 0 to 4096 bytes. Longer ones are dropped and counted by the link.</summary>
        public byte[] Payload;

        /// <summary>True where the broker had kept it.</summary>
        public bool IsRetained;
    }
}
