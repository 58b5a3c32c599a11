using System;

namespace nanoFramework.M2Mqtt.Exceptions
{
    /// <summary>The connection is gone, or was never there.</summary>
    public class MqttCommunicationException : Exception
    {
        public MqttCommunicationException()
        {
        }

        public MqttCommunicationException(Exception e)
            : base(null, e)
        {
        }
    }
}
