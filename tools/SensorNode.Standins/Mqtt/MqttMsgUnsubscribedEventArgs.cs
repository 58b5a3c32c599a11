using System;

namespace nanoFramework.M2Mqtt.Messages
{
    /// <summary>The broker has taken a subscription away.</summary>
    public class MqttMsgUnsubscribedEventArgs : EventArgs
    {
        public MqttMsgUnsubscribedEventArgs(ushort messageId)
        {
            MessageId = messageId;
        }

        public ushort MessageId { get; }
    }
}
