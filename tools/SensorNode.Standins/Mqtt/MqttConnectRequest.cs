using nanoFramework.M2Mqtt.Messages;

namespace nanoFramework.M2Mqtt
{
    /// <summary>What a client asks for when it connects.</summary>
    internal sealed class MqttConnectRequest
    {
        public string ClientId;
        public string Username;
        public string Password;
        public bool WillRetain;
        public MqttQoSLevel WillQosLevel;
        public bool WillFlag;
        public string WillTopic;
        public string WillMessage;
        public bool CleanSession;
        public ushort KeepAlivePeriod;
    }
}
