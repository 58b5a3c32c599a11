using System.Text.RegularExpressions;

namespace SensorNode.DeviceApi.Lists;

/// <summary>Reads the API lists (api/*.txt): one type or public member a line, members begin with two spaces.</summary>
/// <remarks>Strict: a line that is not understood is an error, so a list never loses members in silence.</remarks>
public static partial class ApiListParser
{
    private static readonly HashSet<string> MemberModifiers =
        ["public", "protected", "static", "virtual", "abstract", "override", "sealed", "const", "readonly", "event"];

    /// <summary>Reads one list.</summary>
    /// <exception cref="ApiListException">A line is not understood.</exception>
    public static ApiLibrary Parse(string file)
    {
        string[] lines = File.ReadAllLines(file);
        string shortName = Path.GetFileName(file);
        Match first = lines.Length == 0 ? Match.Empty : FirstLine().Match(lines[0]);
        if (!first.Success)
        {
            throw new ApiListException(shortName, 1, lines.FirstOrDefault(""), "expected '# <assembly>, Version=<a.b.c.d>, ..'");
        }

        string[] references = lines.Length > 1 && lines[1].StartsWith("# references:", StringComparison.Ordinal)
            ? [.. lines[1]["# references:".Length..].Split(',').Select(r => r.Trim().Split(' ')[0]).Where(r => r.Length > 0)]
            : [];
        var library = new ApiLibrary(first.Groups[1].Value, Version.Parse(first.Groups[2].Value), references, shortName);
        ApiType? current = null;
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i];
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            try
            {
                if (!line.StartsWith("  ", StringComparison.Ordinal))
                {
                    current = ParseType(library, line);
                    library.Types.Add(current);
                    continue;
                }

                if (current is null || !line.AsSpan(2).StartsWith(current.FullName))
                {
                    throw new FormatException("a member of another type than the one above");
                }

                string rest = line[(2 + current.FullName.Length)..];
                current.Members.Add(
                    rest.StartsWith(": ", StringComparison.Ordinal) ? ParseMember(current, rest[2..])
                    : rest.StartsWith('.') && current.Kind == ApiTypeKind.Enum ? ParseEnumValue(current, rest[1..])
                    : throw new FormatException("expected ': ' or '.' after the type's name"));
            }
            catch (FormatException problem)
            {
                throw new ApiListException(shortName, i + 1, line, problem.Message);
            }
        }

        return library;
    }

    /// <summary>Reads a member as it stands behind "Type: " in a list.</summary>
    public static ApiMember ParseMember(ApiType type, string text)
    {
        bool obsolete = TakeMarker(ref text, "[Obsolete]");
        TakeMarker(ref text, "[native]");
        obsolete |= TakeMarker(ref text, "[Obsolete]");
        var modifiers = new HashSet<string>();
        while (true)
        {
            int space = text.IndexOf(' ');
            if (space < 0 || !MemberModifiers.Contains(text[..space]))
            {
                break;
            }

            modifiers.Add(text[..space]);
            text = text[(space + 1)..];
        }

        if (modifiers.Contains("event"))
        {
            (string eventType, string eventName) = SplitTypeAndName(text);
            return Member(ApiMemberKind.Event, eventName, eventType, [], null);
        }

        if (modifiers.Contains("const"))
        {
            int equals = text.IndexOf(" = ", StringComparison.Ordinal);
            if (equals < 0)
            {
                throw new FormatException("a constant without a value");
            }

            (string constantType, string constantName) = SplitTypeAndName(text[..equals]);
            return Member(ApiMemberKind.Constant, constantName, constantType, [], text[(equals + 3)..]);
        }

        if (text.EndsWith('}'))
        {
            int brace = text.IndexOf(" { ", StringComparison.Ordinal);
            string accessors = text[brace..];
            bool getter = accessors.Contains("get;", StringComparison.Ordinal);
            bool setter = accessors.Contains("set;", StringComparison.Ordinal);
            string head = text[..brace];
            int indexer = head.IndexOf(" this[", StringComparison.Ordinal);
            if (indexer >= 0)
            {
                return Member(ApiMemberKind.Property, "Item", head[..indexer], ParseParameters(head[(indexer + 6)..^1]), null, getter, setter);
            }

            (string propertyType, string propertyName) = SplitTypeAndName(head);
            return Member(ApiMemberKind.Property, propertyName, propertyType, [], null, getter, setter);
        }

        if (!text.EndsWith(')'))
        {
            (string fieldType, string fieldName) = SplitTypeAndName(text);
            return Member(ApiMemberKind.Field, fieldName, fieldType, [], null);
        }

        int open = text.IndexOf('(');
        IReadOnlyList<ApiParameter> parameters = ParseParameters(text[(open + 1)..^1]);
        string signature = text[..open];
        if (signature == type.Name)
        {
            return Member(ApiMemberKind.Constructor, ".ctor", "void", parameters, null);
        }

        (string returnType, string methodName) = SplitTypeAndName(signature);
        return Member(ApiMemberKind.Method, methodName, returnType, parameters, null);

        ApiMember Member(ApiMemberKind kind, string name, string memberType, IReadOnlyList<ApiParameter> memberParameters, string? value, bool getter = false, bool setter = false) =>
            new(kind, name, memberType, modifiers, memberParameters, value, getter, setter, obsolete);
    }

    private static ApiMember ParseEnumValue(ApiType type, string text)
    {
        string[] parts = text.Split(" = ");
        return parts.Length == 2
            ? new ApiMember(ApiMemberKind.Constant, parts[0], type.FullName, new HashSet<string> { "public", "const" }, [], parts[1], false, false, false)
            : throw new FormatException("expected 'Type.Name = value'");
    }

    private static ApiType ParseType(ApiLibrary library, string line)
    {
        bool obsolete = TakeMarker(ref line, "[Obsolete]");
        var modifiers = new HashSet<string>();
        string rest = line;
        while (true)
        {
            int space = rest.IndexOf(' ');
            if (space < 0)
            {
                throw new FormatException("expected a type");
            }

            string word = rest[..space];
            rest = rest[(space + 1)..];
            if (word is "static" or "sealed" or "abstract")
            {
                modifiers.Add(word);
                continue;
            }

            ApiTypeKind kind = word switch
            {
                "class" => ApiTypeKind.Class,
                "struct" => ApiTypeKind.Struct,
                "interface" => ApiTypeKind.Interface,
                "enum" => ApiTypeKind.Enum,
                "delegate" => ApiTypeKind.Delegate,
                _ => throw new FormatException($"'{word}' is not a kind of type"),
            };
            return kind == ApiTypeKind.Delegate ? ParseDelegate(library, rest, modifiers, obsolete) : ParsePlain(library, kind, rest, modifiers, obsolete);
        }
    }

    private static ApiType ParsePlain(ApiLibrary library, ApiTypeKind kind, string rest, HashSet<string> modifiers, bool obsolete)
    {
        string[] parts = rest.Split(" : ");
        if (parts.Length > 2 || parts[0].Contains(' '))
        {
            throw new FormatException("expected 'Name' or 'Name : Base, Interface'");
        }

        return new ApiType(library, kind, parts[0], modifiers, parts.Length == 2 ? parts[1].Split(", ") : [], obsolete);
    }

    private static ApiType ParseDelegate(ApiLibrary library, string rest, HashSet<string> modifiers, bool obsolete)
    {
        int open = rest.IndexOf('(');
        if (open < 0 || !rest.EndsWith(')'))
        {
            throw new FormatException("expected 'delegate Type Name(parameters)'");
        }

        (string returnType, string name) = SplitTypeAndName(rest[..open]);
        var type = new ApiType(library, ApiTypeKind.Delegate, name, modifiers, [], obsolete);
        type.Members.Add(new ApiMember(
            ApiMemberKind.Method, "Invoke", returnType, new HashSet<string> { "public", "virtual" }, ParseParameters(rest[(open + 1)..^1]), null, false, false, false));
        return type;
    }

    private static List<ApiParameter> ParseParameters(string text)
    {
        var parameters = new List<ApiParameter>();
        if (text.Length == 0)
        {
            return parameters;
        }

        foreach (string part in text.Split(", "))
        {
            string[] halves = part.Split(" = ");
            string head = halves[0];
            bool isRef = Take(ref head, "ref ");
            bool isOut = Take(ref head, "out ");
            bool isParams = Take(ref head, "params ");
            (string type, string name) = SplitTypeAndName(head);
            parameters.Add(new ApiParameter(type, name, isRef, isOut, isParams, halves.Length == 2 ? halves[1] : null));
        }

        return parameters;
    }

    private static (string Type, string Name) SplitTypeAndName(string text)
    {
        string[] parts = text.Split(' ');
        return parts.Length == 2 ? (parts[0], parts[1]) : throw new FormatException($"expected a type and a name in '{text}'");
    }

    private static bool Take(ref string text, string prefix)
    {
        bool found = text.StartsWith(prefix, StringComparison.Ordinal);
        text = found ? text[prefix.Length..] : text;
        return found;
    }

    private static bool TakeMarker(ref string text, string marker)
    {
        bool found = text.EndsWith(' ' + marker, StringComparison.Ordinal);
        text = found ? text[..^(marker.Length + 1)] : text;
        return found;
    }

    [GeneratedRegex(@"^# ([A-Za-z0-9_.]+), Version=([0-9.]+)")]
    private static partial Regex FirstLine();
}
