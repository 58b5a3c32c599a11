namespace SensorNode.CostMeter;

/// <summary>What one type takes in the .pe file of its assembly.</summary>
/// <param name="Name">With namespace; nested types with the outer one's.</param>
/// <param name="IlBytes">Code of its methods, operands shortened as the metadata processor does.</param>
/// <param name="Bytes">Code, records of type, methods and fields, and the data of initialised arrays.</param>
public sealed record DeviceTypeSize(string Name, int IlBytes, int Bytes);
