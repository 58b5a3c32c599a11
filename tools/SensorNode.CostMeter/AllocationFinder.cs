using Mono.Cecil;
using Mono.Cecil.Cil;

namespace SensorNode.CostMeter;

/// <summary>Tells what an instruction puts into the device's heap.</summary>
internal sealed class AllocationFinder
{
    private readonly DeviceTypes _sizes;
    private readonly Func<MethodReference, bool> _isPlatform;

    internal AllocationFinder(DeviceTypes sizes, Func<MethodReference, bool> isPlatform)
    {
        _sizes = sizes;
        _isPlatform = isPlatform;
    }

    /// <summary>What entering the method allocates for its locals; null for nothing.</summary>
    internal AllocationSite? Locals(MethodDefinition method)
    {
        TypeReference[] structs = [.. method.Body.Variables.Select(variable => variable.VariableType).Where(DeviceTypes.IsStruct)];
        return structs.Length == 0
            ? null
            : new AllocationSite(AllocationKind.StructLocals, method.FullName, string.Join(" ", structs.Select(type => type.FullName)), structs.Sum(_sizes.ObjectBytes));
    }

    /// <summary>What the instruction allocates, in order. The body's macros (ldloc.0 ..) must be simplified.</summary>
    internal IEnumerable<AllocationSite> At(MethodDefinition method, Instruction instruction)
    {
        switch (instruction.OpCode.Code)
        {
            case Code.Newobj:
                yield return NewObject(method, (MethodReference)instruction.Operand);
                break;
            case Code.Newarr:
                var element = (TypeReference)instruction.Operand;
                yield return NewArray(AllocationKind.Array, method, element);
                break;
            case Code.Box:
                var boxed = (TypeReference)instruction.Operand;
                yield return Site(AllocationKind.Box, method, boxed, _sizes.BoxedBytes(boxed));
                break;
            case Code.Ldftn or Code.Ldvirtftn:
                // The device makes the delegate here; on the host it is there one instruction later, so it is charged there.
                break;
            case Code.Ldstr:
                yield return new AllocationSite(AllocationKind.Literal, method.FullName, "System.String", DeviceTypes.BlockBytes);
                break;
            case Code.Call or Code.Callvirt when _isPlatform((MethodReference)instruction.Operand):
                AllocationSite? result = PlatformResult(method, (MethodReference)instruction.Operand);
                if (result != null)
                {
                    yield return result;
                }

                break;
            default:
                TypeReference? loaded = Loaded(instruction);
                if (loaded != null && DeviceTypes.IsStruct(loaded))
                {
                    yield return Site(AllocationKind.StructCopy, method, loaded, _sizes.ObjectBytes(loaded));
                }

                break;
        }
    }

    private static TypeReference? Loaded(Instruction instruction) => instruction.OpCode.Code switch
    {
        Code.Ldloc => ((VariableDefinition)instruction.Operand).VariableType,
        Code.Ldarg => ((ParameterDefinition)instruction.Operand).ParameterType,
        Code.Ldfld or Code.Ldsfld => ((FieldReference)instruction.Operand).FieldType,
        Code.Ldobj or Code.Ldelem_Any => (TypeReference)instruction.Operand,
        _ => null,
    };

    private static AllocationSite Site(AllocationKind kind, MethodDefinition method, TypeReference type, int bytes) =>
        new(kind, method.FullName, type.FullName, bytes);

    private AllocationSite NewArray(AllocationKind kind, MethodDefinition method, TypeReference element) => new(
        kind,
        method.FullName,
        element.FullName,
        DeviceTypes.ArrayHeaderBytes,
        DeviceTypes.ElementBytes(element),
        DeviceTypes.IsStruct(element) ? _sizes.ObjectBytes(element) : 0);

    private AllocationSite NewObject(MethodDefinition method, MethodReference constructor)
    {
        TypeReference type = constructor.DeclaringType;
        if (type.FullName == "System.String")
        {
            return new AllocationSite(AllocationKind.PlatformString, method.FullName, type.FullName, DeviceTypes.StringHeaderBytes);
        }

        if (DeviceTypes.IsDelegate(type))
        {
            return Site(AllocationKind.Delegate, method, type, DeviceTypes.DelegateBytes);
        }

        if (type.FullName is "System.DateTime" or "System.TimeSpan")
        {
            return Site(AllocationKind.Struct, method, type, 0);
        }

        return Site(DeviceTypes.IsStruct(type) ? AllocationKind.Struct : AllocationKind.Object, method, type, _sizes.ObjectBytes(type));
    }

    private AllocationSite? PlatformResult(MethodDefinition method, MethodReference callee)
    {
        TypeReference type = callee.ReturnType;
        if (PlatformResults.IsExisting(callee) || callee.DeclaringType.IsArray)
        {
            return null;
        }

        if (type.FullName == "System.String")
        {
            return new AllocationSite(AllocationKind.PlatformString, method.FullName, type.FullName, DeviceTypes.StringHeaderBytes);
        }

        if (type is ArrayType array)
        {
            return NewArray(AllocationKind.PlatformArray, method, array.ElementType);
        }

        if (type.IsPrimitive || type.FullName is "System.Void" or "System.Object" || type.IsByReference || type.IsGenericParameter)
        {
            return null;
        }

        if (DeviceTypes.IsStruct(type))
        {
            return Site(AllocationKind.Struct, method, type, _sizes.ObjectBytes(type));
        }

        TypeDefinition definition = type.Resolve();
        return definition.IsValueType ? null : Site(AllocationKind.PlatformObject, method, type, _sizes.ObjectBytes(type));
    }
}
