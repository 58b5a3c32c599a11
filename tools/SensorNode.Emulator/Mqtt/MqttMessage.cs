namespace SensorNode.Emulator.Mqtt;

/// <summary>One application message.</summary>
/// <param name="Topic">Name it is published on.</param>
/// <param name="Payload">Not to be changed by anybody from here on.</param>
/// <param name="QualityOfService">0, 1 or 2.</param>
/// <param name="Retain">As published: the broker keeps it. As received: the broker had kept it.</param>
public sealed record MqttMessage(string Topic, byte[] Payload, int QualityOfService, bool Retain);
