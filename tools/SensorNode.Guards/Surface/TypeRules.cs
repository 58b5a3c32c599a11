using Mono.Cecil;

namespace SensorNode.Guards.Surface;

/// <summary>Rules for type definitions and their fields.</summary>
internal sealed class TypeRules(FindingSink sink, ReferenceRules references)
{
    public void Check(TypeDefinition type)
    {
        if (type.HasGenericParameters)
        {
            sink.Add(type, "a generic type: the runtime crashes on it; use the concrete type, object or an interface");
        }

        if (type.Interfaces.Any(i => i.InterfaceType.FullName == "System.Runtime.CompilerServices.IAsyncStateMachine"))
        {
            sink.Add(type, "an async method: there are no tasks on the device; use a Thread");
        }
        else if (type.IsNested && type.Name.StartsWith('<') && type.Name.Contains(">d__", StringComparison.Ordinal))
        {
            sink.Add(type, "an iterator (yield): needs generic enumerators, which the device does not have; fill an array");
        }

        if (type.IsExplicitLayout && !IsArrayData(type))
        {
            sink.Add(type, "explicit layout: the device lays fields out itself, so the overlap would not happen");
        }

        if (type.IsInterface)
        {
            foreach (MethodDefinition method in type.Methods.Where(m => m.HasBody))
            {
                sink.Add(method, "an interface method with a body: default interface methods compile and convert, then break at run time");
            }
        }

        if (type.BaseType is not null)
        {
            CheckUse(type.BaseType, reason => sink.Add(type, reason));
        }

        foreach (InterfaceImplementation implementation in type.Interfaces)
        {
            CheckUse(implementation.InterfaceType, reason => sink.Add(type, reason));
        }

        foreach (FieldDefinition field in type.Fields)
        {
            CheckUse(field.FieldType, reason => sink.Add(field, reason));
        }

        CheckCounts(type);
    }

    private static bool IsArrayData(TypeDefinition type) => type.DeclaringType?.Name.StartsWith("<PrivateImplementationDetails>", StringComparison.Ordinal) == true;

    private void CheckCounts(TypeDefinition type)
    {
        Limit(type.Methods.Count(m => m.IsVirtual), "virtual methods");
        Limit(type.Methods.Count(m => !m.IsVirtual && !m.IsStatic), "instance methods");
        Limit(type.Methods.Count(m => m.IsStatic), "static methods");
        Limit(type.Fields.Count(f => f.IsStatic && !f.HasConstant), "static fields");
        Limit(type.Fields.Count(f => !f.IsStatic), "instance fields");
        Limit(type.Interfaces.Count, "interfaces");

        void Limit(int count, string what)
        {
            if (count > byte.MaxValue)
            {
                sink.Add(type, $"{count} {what}: the device's format counts them in one byte, so 255 is the limit");
            }
        }
    }

    private void CheckUse(TypeReference type, Action<string> report)
    {
        foreach (string problem in TypeForms.Problems(type))
        {
            report(problem);
        }

        references.CheckType(type, report);
    }
}
