namespace SensorNode.Release.Lms;

/// <summary>A key cannot be used: what is wrong with which file, and what would be right.</summary>
public sealed class SigningKeyException(string message) : Exception(message);
