using Mono.Cecil;

namespace SensorNode.CostMeter;

/// <summary>Knows which platform members hand out what is there already instead of making something new.</summary>
internal static class PlatformResults
{
    private static readonly HashSet<string> Makers = new(StringComparer.Ordinal)
    {
        "System.DateTime::get_UtcNow", "System.Net.IPAddress::get_Any", "System.Collections.Hashtable::get_Keys", "System.Collections.Hashtable::get_Values",
        "System.Exception::get_StackTrace",
    };

    private static readonly HashSet<string> Existing = new(StringComparer.Ordinal)
    {
        "System.Object::GetType", "System.Type::GetTypeFromHandle", "System.String::ToString", "System.Object::ToString",
        "System.Reflection.Assembly::GetType", "System.String::Intern",
    };

    /// <summary>True for property getters and the like; a getter that makes something new is listed above.</summary>
    internal static bool IsExisting(MethodReference callee)
    {
        string name = callee.DeclaringType.FullName + "::" + callee.Name;
        return Existing.Contains(name) || (callee.Name.StartsWith("get_", StringComparison.Ordinal) && !Makers.Contains(name));
    }
}
