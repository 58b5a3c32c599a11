namespace SensorNode.DeviceApi.Lists;

/// <summary>What a line of an API list declares.</summary>
public enum ApiMemberKind
{
    Field,
    Constant,
    Property,
    Event,
    Constructor,
    Method,
}

/// <summary>What a type line of an API list declares.</summary>
public enum ApiTypeKind
{
    Class,
    Struct,
    Interface,
    Enum,
    Delegate,
}

/// <summary>One parameter: its type as written (keywords or full names), how it is passed, and its default text or null.</summary>
public sealed record ApiParameter(string Type, string Name, bool IsRef, bool IsOut, bool IsParams, string? Default);

/// <summary>One public or protected member.</summary>
/// <param name="Name">The name in metadata: ".ctor" for a constructor, the indexer's name ("Item", "Chars") for an indexer.</param>
/// <param name="Type">Type of the field, property or event, or return type; "void" for a constructor.</param>
/// <param name="Value">The text of a constant's value; null for everything else.</param>
public sealed record ApiMember(
    ApiMemberKind Kind,
    string Name,
    string Type,
    IReadOnlySet<string> Modifiers,
    IReadOnlyList<ApiParameter> Parameters,
    string? Value,
    bool HasGetter,
    bool HasSetter,
    bool IsObsolete)
{
    public bool IsStatic => Modifiers.Contains("static") || Kind == ApiMemberKind.Constant;

    public bool IsPublic => Modifiers.Contains("public");
}

/// <summary>One type with its members, in the order of the list.</summary>
/// <param name="FullName">As in the list: nested types with a dot, generic types with `n.</param>
/// <param name="Bases">Base class and interfaces of a class, underlying type of an enum, as written.</param>
public sealed record ApiType(
    ApiLibrary Library,
    ApiTypeKind Kind,
    string FullName,
    IReadOnlySet<string> Modifiers,
    IReadOnlyList<string> Bases,
    bool IsObsolete)
{
    public List<ApiMember> Members { get; } = [];

    /// <summary>The type this one is nested in, or null. Set when all lists are read.</summary>
    public ApiType? Outer { get; internal set; }

    public string Namespace => Outer is not null ? "" : FullName[..Math.Max(0, FullName.LastIndexOf('.'))];

    public string Name => FullName[(FullName.LastIndexOf('.') + 1)..];

    /// <summary>The name as metadata readers write it: Namespace.Outer/Inner.</summary>
    public string MetadataName => Outer is null ? FullName : Outer.MetadataName + "/" + Name;

    public bool IsValueType => Kind is ApiTypeKind.Struct or ApiTypeKind.Enum;

    public bool IsByRefLike { get; internal set; }

    /// <summary>Conditional symbol of all its methods, or null.</summary>
    public string? Conditional { get; internal set; }

    public bool AllowMultiple { get; internal set; }

    public override string ToString() => FullName;
}

/// <summary>One library: a list file.</summary>
/// <param name="Name">The assembly's name on the device, which for some libraries is not the name of the package.</param>
public sealed record ApiLibrary(string Name, Version Version, IReadOnlyList<string> References, string SourceFile)
{
    public List<ApiType> Types { get; } = [];

    public override string ToString() => Name;
}
