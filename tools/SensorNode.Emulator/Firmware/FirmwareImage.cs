namespace SensorNode.Emulator;

/// <summary>One assembly of the device's world, ready to be loaded.</summary>
/// <param name="Assembly">The .NET image.</param>
/// <param name="Symbols">Portable symbols for it, or null.</param>
public sealed record FirmwareImage(byte[] Assembly, byte[]? Symbols);
