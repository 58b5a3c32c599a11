using Mono.Cecil;

namespace SensorNode.Guards.Surface;

/// <summary>What is wrong with the form of a type: generics, pointers, arrays of several dimensions, and what has no place on the device.</summary>
internal static class TypeForms
{
    /// <summary>One reason for each thing wrong with the type or with a type inside it.</summary>
    public static IEnumerable<string> Problems(TypeReference type)
    {
        switch (type)
        {
            case GenericInstanceType { ElementType.FullName: "System.Nullable`1" } nullable:
                yield return $"{nullable.FullName}: nullable value types are generic, and the runtime crashes on generic types";
                yield break;
            case GenericInstanceType { ElementType.FullName: var name } generic when name.StartsWith("System.ValueTuple`", StringComparison.Ordinal):
                yield return $"{generic.FullName}: tuples are generic, and the runtime crashes on generic types";
                yield break;
            case GenericInstanceType generic:
                yield return $"{generic.FullName}: the runtime crashes on generic types, also on instances of the library's own";
                yield break;
            case GenericParameter parameter:
                yield return $"type parameter {parameter.Name}: generic methods hang and generic types crash the runtime";
                yield break;
            case FunctionPointerType:
                yield return $"{type.Name}: function pointers do not convert for the device";
                yield break;
            case PointerType:
                yield return $"{type.FullName}: pointers do not convert for the device";
                break;
            case PinnedType:
                yield return $"{type.FullName}: 'fixed' does not convert for the device";
                break;
            case ArrayType { Rank: > 1 } or ArrayType { IsVector: false }:
                yield return $"{type.FullName}: arrays of several dimensions do not convert for the device; use a flat array with a stride";
                break;
            case RequiredModifierType { ModifierType.FullName: "System.Runtime.CompilerServices.IsVolatile" }:
                yield return "'volatile' has no support on the device; use a lock";
                break;
            case RequiredModifierType modified:
                yield return $"{modified.FullName}: required modifiers (init, in on a virtual method) are not known to convert for the device";
                break;
        }

        if (type.FullName == "System.Decimal")
        {
            yield return "'decimal' does not exist on the device";
        }

        if (type is TypeSpecification specification)
        {
            foreach (string inner in Problems(specification.ElementType))
            {
                yield return inner;
            }
        }
    }

    /// <summary>The named types that a type is made of.</summary>
    public static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Prepend(generic.ElementType),
        GenericParameter => [],
        FunctionPointerType => [],
        IModifierType modified => Parts(modified.ElementType).Append(modified.ModifierType),
        TypeSpecification specification => Parts(specification.ElementType),
        _ => [type],
    };
}
