namespace SensorNode.Emulator.Mqtt;

/// <summary>A host-side MQTT connection could not be made, or ended. The message is one clear line for a person.</summary>
public sealed class MqttException(string message, Exception? cause = null) : Exception(message, cause)
{
}
