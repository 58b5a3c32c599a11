namespace SensorNode.Emulator.Mqtt;

/// <summary>What was published on one topic.</summary>
/// <param name="Messages">Messages taken from clients.</param>
/// <param name="PayloadBytes">Bytes of their payloads.</param>
/// <param name="WireBytes">Bytes of their packets, topic and headers included.</param>
public readonly record struct TopicCount(long Messages, long PayloadBytes, long WireBytes);
