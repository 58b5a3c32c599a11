using nanoFramework.M2Mqtt.Messages;

namespace nanoFramework.M2Mqtt
{
    /// <summary>One thing on its way to the broker. A message keeps the caller's array until it is sent for the last time.</summary>
    internal sealed class MqttOutgoing
    {
        /// <summary>Packet that needs no building; null for a message.</summary>
        public byte[] Packet;

        /// <summary>Topic of a message.</summary>
        public string Topic;

        /// <summary>Content of a message, by reference.</summary>
        public byte[] Message;

        public MqttQoSLevel Qos;
        public bool Retain;
        public ushort MessageId;

        /// <summary>Whether an answer of the broker is waited for.</summary>
        public bool IsAnswered;

        /// <summary>Times it was sent.</summary>
        public int Attempts;

        /// <summary>When it is sent again, in ms of uptime; meaningful after the first attempt.</summary>
        public long RetryAtMs;

        public bool IsMessage => Packet == null;

        public byte[] ToBytes() => Packet ?? MqttWire.Publish(Topic, Message, Qos, Retain, Attempts > 0, MessageId);
    }
}
