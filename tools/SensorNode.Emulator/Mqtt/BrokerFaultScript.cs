using System.Globalization;

namespace SensorNode.Emulator.Mqtt;

/// <summary>Reads fault scripts, one rule a line (or separated by ';'): a kind, then <c>key=value</c> pairs. A line that begins with '#' is a comment.</summary>
/// <remarks>
/// Keys: <c>connection=2</c> or <c>2-5</c>, <c>client=ID</c>, <c>direction=in|out</c> (in: from the client), <c>type=publish</c>, <c>packet=3</c> or <c>3-9</c>,
/// <c>chance=0.1</c>, <c>bytes=N</c>, <c>ms=N</c>, <c>code=1..255</c>, <c>times=N</c>, <c>topic=NAME</c>, <c>sessions=kept|lost</c>.
/// Example: <c>cut connection=1 direction=in type=publish packet=4 bytes=9; no-puback packet=2; restart direction=in type=publish packet=9 sessions=lost ms=5000</c>.
/// </remarks>
public static class BrokerFaultScript
{
    /// <summary>Reads a script. Any text gives rules or a fault that names rule, key and what would be right.</summary>
    public static bool TryParse(string script, out IReadOnlyList<BrokerFault> rules, out string fault)
    {
        var found = new List<BrokerFault>();
        rules = found;
        fault = "";
        int number = 0;
        foreach (string line in script.Split('\n'))
        {
            foreach (string text in line.TrimStart().StartsWith('#') ? [] : line.Split(';'))
            {
                string[] words = text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries);
                if (words.Length == 0)
                {
                    continue;
                }

                number++;
                if (!TryParseRule(words, out BrokerFault? rule, out fault))
                {
                    fault = $"fault rule {number} ('{string.Join(' ', words)}'): {fault}";
                    rules = [];
                    return false;
                }

                found.Add(rule!);
            }
        }

        return true;
    }

    private static bool TryParseRule(string[] words, out BrokerFault? rule, out string fault)
    {
        rule = null;
        fault = "";
        if (!TryName(words[0], out BrokerFaultKind kind))
        {
            fault = $"'{words[0]}' is no kind of fault; there are {string.Join(", ", Enum.GetNames<BrokerFaultKind>().Select(Hyphenated))}";
            return false;
        }

        rule = new BrokerFault(kind);
        foreach (string word in words.Skip(1))
        {
            int equals = word.IndexOf('=');
            string key = equals < 0 ? word : word[..equals];
            string? problem = equals < 0 ? "is not key=value" : Apply(ref rule, key, word[(equals + 1)..]);
            if (problem != null)
            {
                fault = $"'{word}' {problem}";
                return false;
            }
        }

        return true;
    }

    private static string? Apply(ref BrokerFault rule, string key, string value)
    {
        switch (key)
        {
            case "client":
                rule = rule with { ClientId = value };
                return null;
            case "topic":
                rule = rule with { Topic = value };
                return MqttTopic.IsName(value) ? null : "is no topic without wildcards";
            case "direction":
                rule = rule with { FromClient = value == "in" };
                return value is "in" or "out" ? null : "must be in (from the client) or out (to the client)";
            case "sessions":
                rule = rule with { KeepsSessions = value == "kept" };
                return value is "kept" or "lost" ? null : "must be kept or lost";
            case "type":
                bool isType = Enum.TryParse(value, ignoreCase: true, out MqttPacketType type) && Enum.IsDefined(type) && !char.IsAsciiDigit(value[0]);
                rule = rule with { Type = type };
                return isType ? null : $"must be one of {string.Join(", ", Enum.GetNames<MqttPacketType>()).ToLowerInvariant()}";
            case "chance":
                bool isChance = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double chance) && chance is >= 0 and <= 1;
                rule = rule with { Chance = chance };
                return isChance ? null : "must be a number from 0 to 1";
            case "connection":
                bool isConnection = TryRange(value, out int first, out int last);
                rule = rule with { ConnectionFirst = first, ConnectionLast = last };
                return isConnection ? null : "must be a count from 1, or a range such as 2-5";
            case "packet":
                bool isPacket = TryRange(value, out first, out last);
                rule = rule with { PacketFirst = first, PacketLast = last };
                return isPacket ? null : "must be a count from 1, or a range such as 2-5";
            default:
                return ApplyNumber(ref rule, key, value);
        }
    }

    private static string? ApplyNumber(ref BrokerFault rule, string key, string value)
    {
        (int min, int max) = key switch
        {
            "bytes" => (rule.Kind == BrokerFaultKind.SlowRead ? 1 : 0, 16 * 1024 * 1024),
            "ms" => (0, 86_400_000),
            "code" => (1, 255),
            "times" => (1, 1_000),
            _ => (-1, -1),
        };
        if (max < 0)
        {
            return "is not known; keys are connection, client, direction, type, packet, chance, bytes, ms, code, times, topic, sessions";
        }

        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number < min || number > max)
        {
            return $"must be a whole number from {min} to {max}";
        }

        rule = key switch
        {
            "bytes" => rule with { Bytes = number },
            "ms" => rule with { DelayMs = number },
            "code" => rule with { ReturnCode = number },
            _ => rule with { Times = number },
        };
        return null;
    }

    private static bool TryRange(string text, out int first, out int last)
    {
        string[] parts = text.Split('-');
        last = 0;
        bool isFirst = int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out first);
        bool isLast = int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out last);
        return parts.Length <= 2 && isFirst && isLast && first >= 1 && last >= first;
    }

    private static bool TryName(string word, out BrokerFaultKind kind)
    {
        foreach (BrokerFaultKind candidate in Enum.GetValues<BrokerFaultKind>())
        {
            if (Hyphenated(candidate.ToString()) == word)
            {
                kind = candidate;
                return true;
            }
        }

        kind = default;
        return false;
    }

    private static string Hyphenated(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 ? "-" + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));
}
