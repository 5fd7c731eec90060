using System.Text.Json;

namespace EdgeAlarm.Historian;

/// <summary>One object of the settings file: typed members, and a fault for each name that it does not know.</summary>
internal sealed class SettingsObject
{
    private readonly string prefix;
    private readonly List<string> faults;
    private readonly Dictionary<string, JsonElement> members = new(StringComparer.Ordinal);

    internal SettingsObject(string prefix, JsonElement? found, IReadOnlyList<string> known, List<string> faults)
    {
        this.prefix = prefix;
        this.faults = faults;
        if (found is not { ValueKind: JsonValueKind.Object } present)
        {
            if (found is { } other)
            {
                faults.Add($"{prefix.TrimEnd('.')}: {other.GetRawText()}; an object {{ }} is required");
            }

            return;
        }

        foreach (var member in present.EnumerateObject())
        {
            if (known.Contains(member.Name, StringComparer.Ordinal))
            {
                members[member.Name] = member.Value;
            }
            else
            {
                var nearest = known.MinBy(name => Distance(name, member.Name));
                faults.Add($"{prefix}{member.Name}: no such setting; did you mean \"{nearest}\"? Known are {string.Join(", ", known)}");
            }
        }
    }

    internal JsonElement? Member(string name) => members.TryGetValue(name, out var value) ? value : null;

    internal string? Text(string name) => Typed(name, JsonValueKind.String, "a text in quotes") is { } value ? value.GetString() : null;

    internal int? Number(string name) => Typed(name, JsonValueKind.Number, "a whole number") switch
    {
        null => null,
        { } value when value.TryGetInt32(out var number) => number,
        { } value => Wrong<int>(name, value, "a whole number"),
    };

    internal bool? Truth(string name) => Member(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { } value => Wrong<bool>(name, value, "true or false"),
    };

    private JsonElement? Typed(string name, JsonValueKind kind, string allowed)
    {
        if (Member(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == kind)
        {
            return value;
        }

        return Wrong<JsonElement>(name, value, allowed);
    }

    private T? Wrong<T>(string name, JsonElement value, string allowed)
        where T : struct
    {
        faults.Add($"{prefix}{name}: {value.GetRawText()}; {allowed} is required");
        return null;
    }

    /// <summary>Edit distance (Levenshtein), upper and lower case alike.</summary>
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var same = char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]);
                var replaced = diagonal + (same ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
