using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using SensorNode.DeviceApi.Lists;

namespace SensorNode.DeviceApi.Emission;

/// <content>Types and members of one library.</content>
public sealed partial class ReferenceAssemblyWriter
{
    private const MethodAttributes Special = MethodAttributes.SpecialName;

    private static readonly ApiParameter[] DelegateConstructor =
        [new("object", "object", false, false, false, null), new("System.IntPtr", "method", false, false, false, null)];

    private static readonly ApiParameter[] OneString = [new("string", "value", false, false, false, null)];

    private void WriteType(ApiType type)
    {
        TypeDefinitionHandle handle = _metadata.AddTypeDefinition(
            AttributesOf(type),
            NameOrNil(type.Namespace),
            _metadata.GetOrAddString(type.Name),
            BaseOf(type),
            MetadataTokens.FieldDefinitionHandle(_nextField),
            MetadataTokens.MethodDefinitionHandle(_nextMethod));
        if (type.Outer is not null)
        {
            _metadata.AddNestedType(handle, _definitions[type.Outer]);
        }

        foreach (ApiType contract in InterfacesOf(type))
        {
            _metadata.AddInterfaceImplementation(handle, HandleOf(contract));
        }

        if (type.IsObsolete && !type.IsByRefLike)
        {
            AddAttribute(handle, "System.ObsoleteAttribute", [], NoNamedArguments);
        }

        if (type.AllowMultiple)
        {
            AddAttribute(handle, "System.AttributeUsageAttribute", [new("System.AttributeTargets", "validOn", false, false, false, null)], AllowMultiple);
        }

        WriteFields(type);
        List<string> generics = GenericParametersOf(type);
        for (int i = 0; i < generics.Count; i++)
        {
            _metadata.AddGenericParameter(handle, GenericParameterAttributes.None, _metadata.GetOrAddString(generics[i]), i);
        }

        if (type.Kind == ApiTypeKind.Delegate)
        {
            AddMethod(".ctor", MethodAttributes.Public | MethodAttributes.HideBySig | Special | MethodAttributes.RTSpecialName, "void", DelegateConstructor, [], false, runtime: true);
        }

        WriteMethods(type, handle, generics);
    }

    private static void AllowMultiple(BlobBuilder blob)
    {
        blob.WriteInt32((int)AttributeTargets.All);
        blob.WriteUInt16(1);
        blob.WriteByte(0x54); // property
        blob.WriteByte(0x02); // bool
        blob.WriteSerializedString("AllowMultiple");
        blob.WriteBoolean(true);
    }

    private void WriteFields(ApiType type)
    {
        if (type.Kind == ApiTypeKind.Enum)
        {
            AddField("value__", FieldAttributes.Public | FieldAttributes.SpecialName | FieldAttributes.RTSpecialName, type.Bases.FirstOrDefault("int"));
        }

        foreach (ApiMember member in type.Members.Where(m => m.Kind is ApiMemberKind.Field or ApiMemberKind.Constant))
        {
            FieldAttributes attributes = member.IsPublic ? FieldAttributes.Public : FieldAttributes.Family;
            attributes |= member.IsStatic ? FieldAttributes.Static : 0;
            attributes |= member.Modifiers.Contains("readonly") ? FieldAttributes.InitOnly : 0;
            attributes |= member.Kind == ApiMemberKind.Constant ? FieldAttributes.Literal | FieldAttributes.HasDefault : 0;
            FieldDefinitionHandle field = AddField(member.Name, attributes, member.Type);
            if (member.Kind == ApiMemberKind.Constant)
            {
                _metadata.AddConstant(field, ConstantText.Parse(member.Value!, PrimitiveOf(member.Type)));
            }

            AddObsolete(member, field);
        }

        // A struct without instance fields counts as assigned from the start: the compiler would accept what the device's does not.
        if (type.Kind == ApiTypeKind.Struct && !type.Members.Any(m => m.Kind == ApiMemberKind.Field && !m.IsStatic))
        {
            AddField("_value", FieldAttributes.Private, type.FullName == "System.IntPtr" || type.FullName == "System.UIntPtr" ? type.FullName : KeywordOf(type) ?? "int");
        }
    }

    private void WriteMethods(ApiType type, TypeDefinitionHandle handle, List<string> generics)
    {
        bool anyProperty = false;
        bool anyEvent = false;
        foreach (ApiMember member in type.Members)
        {
            switch (member.Kind)
            {
                case ApiMemberKind.Constructor:
                    AddObsolete(member, AddMethod(".ctor", Visibility(member) | MethodAttributes.HideBySig | Special | MethodAttributes.RTSpecialName, "void", member.Parameters, [], false));
                    break;
                case ApiMemberKind.Method:
                    MethodAttributes attributes = MethodAttributesOf(type, member, member.Name, member.Parameters);
                    attributes |= member.Name.StartsWith("op_", StringComparison.Ordinal) ? Special : 0;
                    MethodDefinitionHandle method = AddMethod(
                        member.Name, attributes, member.Type, member.Parameters, generics, member.IsStatic, runtime: type.Kind == ApiTypeKind.Delegate);
                    AddObsolete(member, method);
                    if (type.Conditional is not null)
                    {
                        AddAttribute(method, "System.Diagnostics.ConditionalAttribute", OneString, blob =>
                        {
                            blob.WriteSerializedString(type.Conditional);
                            blob.WriteUInt16(0);
                        });
                    }

                    break;
                case ApiMemberKind.Property:
                    PropertyDefinitionHandle property = WriteProperty(type, member);
                    if (!anyProperty)
                    {
                        _metadata.AddPropertyMap(handle, property);
                        anyProperty = true;
                    }

                    break;
                case ApiMemberKind.Event:
                    EventDefinitionHandle @event = WriteEvent(type, member);
                    if (!anyEvent)
                    {
                        _metadata.AddEventMap(handle, @event);
                        anyEvent = true;
                    }

                    break;
            }
        }

        ApiMember? indexer = type.Members.Find(m => m.Kind == ApiMemberKind.Property && m.Parameters.Count > 0);
        if (indexer is not null)
        {
            AddAttribute(handle, "System.Reflection.DefaultMemberAttribute", OneString, blob =>
            {
                blob.WriteSerializedString(indexer.Name);
                blob.WriteUInt16(0);
            });
        }
    }

    private PropertyDefinitionHandle WriteProperty(ApiType type, ApiMember member)
    {
        PropertyDefinitionHandle property = _metadata.AddProperty(
            PropertyAttributes.None,
            _metadata.GetOrAddString(member.Name),
            _metadata.GetOrAddBlob(_signatures.Property(!member.IsStatic, member.Type, member.Parameters)));
        AddObsolete(member, property);
        if (member.HasGetter)
        {
            string name = "get_" + member.Name;
            _metadata.AddMethodSemantics(property, MethodSemanticsAttributes.Getter, AddMethod(
                name, MethodAttributesOf(type, member, name, member.Parameters) | Special, member.Type, member.Parameters, [], member.IsStatic));
        }

        if (member.HasSetter)
        {
            string name = "set_" + member.Name;
            List<ApiParameter> parameters = [.. member.Parameters, new(member.Type, "value", false, false, false, null)];
            _metadata.AddMethodSemantics(property, MethodSemanticsAttributes.Setter, AddMethod(
                name, MethodAttributesOf(type, member, name, parameters) | Special, "void", parameters, [], member.IsStatic));
        }

        return property;
    }

    private EventDefinitionHandle WriteEvent(ApiType type, ApiMember member)
    {
        EventDefinitionHandle handle = _metadata.AddEvent(EventAttributes.None, _metadata.GetOrAddString(member.Name), Resolve(member.Type).Handle);
        ApiParameter[] parameters = [new(member.Type, "value", false, false, false, null)];
        foreach ((string prefix, MethodSemanticsAttributes semantics) in new[] { ("add_", MethodSemanticsAttributes.Adder), ("remove_", MethodSemanticsAttributes.Remover) })
        {
            string name = prefix + member.Name;
            _metadata.AddMethodSemantics(handle, semantics, AddMethod(
                name, MethodAttributesOf(type, member, name, parameters) | Special, "void", parameters, [], member.IsStatic));
        }

        return handle;
    }

    private FieldDefinitionHandle AddField(string name, FieldAttributes attributes, string type)
    {
        _nextField++;
        return _metadata.AddFieldDefinition(attributes, _metadata.GetOrAddString(name), _metadata.GetOrAddBlob(_signatures.Field(type)));
    }

    private MethodDefinitionHandle AddMethod(
        string name, MethodAttributes attributes, string returnType, IReadOnlyList<ApiParameter> parameters, IReadOnlyList<string> generics, bool isStatic, bool runtime = false)
    {
        bool hasBody = !runtime && (attributes & MethodAttributes.Abstract) == 0;
        _nextMethod++;
        MethodDefinitionHandle method = _metadata.AddMethodDefinition(
            attributes,
            runtime ? MethodImplAttributes.Runtime : MethodImplAttributes.IL,
            _metadata.GetOrAddString(name),
            _metadata.GetOrAddBlob(_signatures.Method(!isStatic, returnType, parameters, generics)),
            hasBody ? _throwNull : -1,
            MetadataTokens.ParameterHandle(_nextParameter));
        for (int i = 0; i < parameters.Count; i++)
        {
            ApiParameter parameter = parameters[i];
            ParameterAttributes flags = parameter.IsOut ? ParameterAttributes.Out : 0;
            flags |= parameter.Default is not null ? ParameterAttributes.Optional | ParameterAttributes.HasDefault : 0;
            ParameterHandle handle = _metadata.AddParameter(flags, _metadata.GetOrAddString(parameter.Name), i + 1);
            _nextParameter++;
            if (parameter.Default is not null)
            {
                _metadata.AddConstant(handle, ConstantText.Parse(parameter.Default, PrimitiveOf(parameter.Type)));
            }

            if (parameter.IsParams)
            {
                AddAttribute(handle, "System.ParamArrayAttribute", [], NoNamedArguments);
            }
        }

        return method;
    }

    private void AddObsolete(ApiMember member, EntityHandle handle)
    {
        if (member.IsObsolete)
        {
            AddAttribute(handle, "System.ObsoleteAttribute", [], NoNamedArguments);
        }
    }

    private static MethodAttributes Visibility(ApiMember member) => member.IsPublic ? MethodAttributes.Public : MethodAttributes.Family;

    private MethodAttributes MethodAttributesOf(ApiType type, ApiMember member, string name, IReadOnlyList<ApiParameter> parameters)
    {
        MethodAttributes attributes = Visibility(member) | MethodAttributes.HideBySig;
        if (type.Kind == ApiTypeKind.Interface || member.Modifiers.Contains("abstract"))
        {
            return attributes | MethodAttributes.Virtual | MethodAttributes.Abstract
                | (member.Modifiers.Contains("override") ? MethodAttributes.ReuseSlot : MethodAttributes.NewSlot);
        }

        if (member.IsStatic)
        {
            return attributes | MethodAttributes.Static;
        }

        if (member.Modifiers.Contains("override"))
        {
            return attributes | MethodAttributes.Virtual | (member.Modifiers.Contains("sealed") ? MethodAttributes.Final : 0);
        }

        if (member.Modifiers.Contains("virtual"))
        {
            return attributes | MethodAttributes.Virtual | MethodAttributes.NewSlot;
        }

        // What implements an interface is virtual and final in metadata, and the compiler calls it accordingly.
        return member.IsPublic && AllInterfacesOf(type).Any(contract => Declares(contract, name, parameters))
            ? attributes | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.NewSlot
            : attributes;
    }

    private static bool Declares(ApiType contract, string name, IReadOnlyList<ApiParameter> parameters) => contract.Members.Any(member => member.Kind switch
    {
        ApiMemberKind.Property => (member.HasGetter && name == "get_" + member.Name) || (member.HasSetter && name == "set_" + member.Name),
        ApiMemberKind.Event => name == "add_" + member.Name || name == "remove_" + member.Name,
        _ => name == member.Name && parameters.Select(p => p.Type).SequenceEqual(member.Parameters.Select(p => p.Type)),
    });

    private static TypeAttributes AttributesOf(ApiType type)
    {
        TypeAttributes attributes = type.Outer is null ? TypeAttributes.Public : TypeAttributes.NestedPublic;
        attributes |= type.Modifiers.Contains("static") ? TypeAttributes.Abstract | TypeAttributes.Sealed : 0;
        attributes |= type.Modifiers.Contains("abstract") ? TypeAttributes.Abstract : 0;
        attributes |= type.Modifiers.Contains("sealed") ? TypeAttributes.Sealed : 0;
        return type.Kind switch
        {
            ApiTypeKind.Interface => attributes | TypeAttributes.Interface | TypeAttributes.Abstract,
            ApiTypeKind.Struct => attributes | TypeAttributes.Sealed | TypeAttributes.SequentialLayout | TypeAttributes.BeforeFieldInit,
            ApiTypeKind.Enum or ApiTypeKind.Delegate => attributes | TypeAttributes.Sealed,
            _ => attributes | TypeAttributes.BeforeFieldInit,
        };
    }

    private EntityHandle BaseOf(ApiType type)
    {
        string? name = type.Kind switch
        {
            ApiTypeKind.Interface => null,
            ApiTypeKind.Struct => "System.ValueType",
            ApiTypeKind.Enum => "System.Enum",
            ApiTypeKind.Delegate => "System.MulticastDelegate",
            _ => type.Bases.FirstOrDefault(b => _catalog.FindType(b) is { Kind: ApiTypeKind.Class }) ?? (type.FullName == "System.Object" ? null : "object"),
        };
        return name is null ? default : Resolve(name).Handle;
    }

    private IEnumerable<ApiType> InterfacesOf(ApiType type) =>
        type.Kind == ApiTypeKind.Enum
            ? []
            : type.Bases.Select(b => _catalog.FindType(b) ?? throw new InvalidDataException($"{_library.SourceFile}: {type}: base {b} is in no list"))
                .Where(b => b.Kind == ApiTypeKind.Interface);

    private IEnumerable<ApiType> AllInterfacesOf(ApiType type) =>
        type.Kind == ApiTypeKind.Enum ? [] : type.Bases.Select(b => _catalog.FindType(b)!).SelectMany(b => (ApiType[])[b, .. AllInterfacesOf(b)]).Where(b => b.Kind == ApiTypeKind.Interface);

    /// <summary>Names that no list declares, in order of parameters, then the result: the type parameters of a generic delegate.</summary>
    private List<string> GenericParametersOf(ApiType type)
    {
        if (!type.Name.Contains('`'))
        {
            return [];
        }

        ApiMember invoke = type.Members.Single();
        return [.. invoke.Parameters.Select(p => p.Type).Append(invoke.Type).Where(t => _catalog.FindType(t) is null).Distinct()];
    }

    private string PrimitiveOf(string type) => _catalog.FindType(type) is { Kind: ApiTypeKind.Enum } listed ? listed.Bases.FirstOrDefault("int") : type;

    private static string? KeywordOf(ApiType type) => type.FullName switch
    {
        "System.Boolean" => "bool", "System.Char" => "char", "System.SByte" => "sbyte", "System.Byte" => "byte", "System.Int16" => "short",
        "System.UInt16" => "ushort", "System.Int32" => "int", "System.UInt32" => "uint", "System.Int64" => "long", "System.UInt64" => "ulong",
        "System.Single" => "float", "System.Double" => "double",
        _ => null,
    };
}
