using System;

namespace nanoFramework.M2Mqtt.Messages
{
    /// <summary>The broker has answered a subscription.</summary>
    public class MqttMsgSubscribedEventArgs : EventArgs
    {
        public MqttMsgSubscribedEventArgs(ushort messageId, MqttQoSLevel[] grantedQosLevels)
        {
            MessageId = messageId;
            GrantedQoSLevels = grantedQosLevels;
        }

        public ushort MessageId { get; }

        public MqttQoSLevel[] GrantedQoSLevels { get; }
    }
}
