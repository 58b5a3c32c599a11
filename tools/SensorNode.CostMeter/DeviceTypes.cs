using Mono.Cecil;

namespace SensorNode.CostMeter;

/// <summary>Sizes in the device's managed heap, whose unit is a block of 12 bytes.</summary>
/// <remarks>
/// Object or structure: 12 x (1 + fields, inherited ones included), and a structure held in a field is an object of its own.
/// Array: 20 + data, rounded up; elements of a primitive type or enumeration are packed, all others are blocks of 12.
/// Box of a primitive or enumeration: 24. Delegate: 36. String: 13 + UTF-8 bytes, rounded up; a literal's handle 12.
/// DateTime and TimeSpan are values like long. Frame: 84 + 12 for each local and evaluation slot and three more, at least 10 of them.
/// Source: heap structures of nf-interpreter, 32-bit; each of these sizes was measured on nanoCLR too, as the difference of its free heap.
/// </remarks>
public sealed class DeviceTypes
{
    /// <summary>Bytes of one heap block.</summary>
    public const int BlockBytes = 12;

    /// <summary>Bytes of an array before its data.</summary>
    public const int ArrayHeaderBytes = 20;

    /// <summary>Bytes of a string before its text, the closing 0 included.</summary>
    public const int StringHeaderBytes = 13;

    /// <summary>Bytes of a boxed primitive value.</summary>
    public const int BoxBytes = 24;

    /// <summary>Bytes of a delegate.</summary>
    public const int DelegateBytes = 36;

    /// <summary>Bytes of a stack frame before its locals and evaluation stack.</summary>
    public const int FrameHeaderBytes = 84;

    private static readonly Dictionary<string, int> PrimitiveBytes = new(StringComparer.Ordinal)
    {
        ["System.Boolean"] = 1, ["System.SByte"] = 1, ["System.Byte"] = 1,
        ["System.Char"] = 2, ["System.Int16"] = 2, ["System.UInt16"] = 2,
        ["System.Int32"] = 4, ["System.UInt32"] = 4, ["System.Single"] = 4, ["System.IntPtr"] = 4, ["System.UIntPtr"] = 4,
        ["System.Int64"] = 8, ["System.UInt64"] = 8, ["System.Double"] = 8,
    };

    private readonly PlatformTable _platformBytes;
    private readonly Func<TypeDefinition, bool> _isMetered;

    /// <summary>Knows platform types by the table, and the metered ones by their fields.</summary>
    public DeviceTypes(PlatformTable platformBytes, Func<TypeDefinition, bool> isMetered)
    {
        _platformBytes = platformBytes;
        _isMetered = isMetered;
    }

    /// <summary>True for what the device holds as a heap object although it is a value: structures other than primitives, enumerations, DateTime and TimeSpan.</summary>
    public static bool IsStruct(TypeReference type)
    {
        if (type.IsByReference || type.IsArray || type.IsPointer || PrimitiveBytes.ContainsKey(type.FullName) || IsTimeValue(type))
        {
            return false;
        }

        TypeDefinition definition = Resolve(type);
        return definition.IsValueType && !definition.IsEnum && definition.FullName != "System.Enum";
    }

    /// <summary>True for a type derived from Delegate.</summary>
    public static bool IsDelegate(TypeReference type) => Resolve(type).BaseType?.FullName is "System.MulticastDelegate" or "System.Delegate";

    /// <summary>Bytes of an object of a class, or of a structure, without what its fields refer to.</summary>
    public int ObjectBytes(TypeReference type)
    {
        TypeDefinition? definition = Resolve(type);
        int bytes = 0;
        for (; definition != null && definition.FullName is not ("System.Object" or "System.ValueType"); definition = definition.BaseType == null ? null : Resolve(definition.BaseType))
        {
            if (!_isMetered(definition))
            {
                return bytes + _platformBytes.Find(definition.FullName, definition.FullName)[0];
            }

            foreach (FieldDefinition field in definition.Fields)
            {
                if (!field.IsStatic)
                {
                    bytes += BlockBytes + (IsStruct(field.FieldType) ? ObjectBytes(field.FieldType) : 0);
                }
            }
        }

        return bytes + BlockBytes;
    }

    /// <summary>Bytes of one element in an array's data.</summary>
    public static int ElementBytes(TypeReference element)
    {
        if (PrimitiveBytes.TryGetValue(element.FullName, out int bytes))
        {
            return bytes;
        }

        if (element.IsArray || IsTimeValue(element))
        {
            return BlockBytes;
        }

        TypeDefinition definition = Resolve(element);
        return definition.IsEnum ? PrimitiveBytes[EnumBase(definition).FullName] : BlockBytes;
    }

    /// <summary>Bytes of a boxed value.</summary>
    public int BoxedBytes(TypeReference type) => IsStruct(type) ? ObjectBytes(type) : BoxBytes;

    private static bool IsTimeValue(TypeReference type) => type.FullName is "System.DateTime" or "System.TimeSpan";

    private static TypeReference EnumBase(TypeDefinition definition) => definition.Fields.Single(field => !field.IsStatic).FieldType;

    private static TypeDefinition Resolve(TypeReference type) => type.Resolve()
        ?? throw new CostMeterException($"type {type.FullName} of {type.Scope?.Name} was not found in the folders searched");
}
