namespace SensorNode.Contracts
{
    /// <summary>One MQTT 3.1.1 connection at a time. All calls come from one thread.</summary>
    /// <remarks>Errors: never throws for what happens on the network. Queues are bounded; what does not fit is dropped, counted, and told on the console (UpdateLink).</remarks>
    public interface IMessageLink
    {
        /// <summary>False from the moment the connection is known to be gone.</summary>
        bool IsConnected { get; }

        /// <summary>Incoming messages dropped since boot because they were too long or came too fast.</summary>
        int DroppedCount { get; }

        /// <summary>Resolves, connects and waits for the broker's answer. Blocks for up to 30 s. A former connection is thrown away.</summary>
        LinkStatus Connect(LinkOptions options);

        /// <summary>Asks for a topic filter with QoS 0 or 1.</summary>
        LinkStatus Subscribe(string topicFilter, int qualityOfService);

        /// <summary>Sends one message.</summary>
        /// <param name="topic">Topic, no wildcards.</param>
        /// <param name="payload">Belongs to the link from here on: the caller does not touch it again.</param>
        /// <param name="qualityOfService">0 or 1.</param>
        /// <param name="retain">Whether the broker keeps it.</param>
        /// <param name="messageId">For QoS 1 the id that <see cref="TryTakeAcknowledged"/> will give back; 0 for QoS 0.</param>
        LinkStatus Publish(string topic, byte[] payload, int qualityOfService, bool retain, out int messageId);

        /// <summary>Takes the oldest incoming message; false where there is none.</summary>
        bool TryReceive(out LinkMessage message);

        /// <summary>Takes the id of a QoS 1 message that the broker has acknowledged; false where there is none.</summary>
        bool TryTakeAcknowledged(out int messageId);

        /// <summary>Waits until something was received, acknowledged or lost, or until the time is over.</summary>
        void Wait(int milliseconds);

        /// <summary>Ends the connection: with a DISCONNECT, so that the broker drops the will, where it is still open.</summary>
        void Disconnect();
    }
}
