using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.PlantSimulator.Plant;

/// <summary>The standard's names of the status codes, from name to code.</summary>
public static class QualityNames
{
    private static readonly FrozenDictionary<string, StatusCode> ByName = typeof(StatusCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(field => field.FieldType == typeof(StatusCode))
        .ToFrozenDictionary(field => field.Name, field => (StatusCode)field.GetValue(null)!, StringComparer.Ordinal);

    /// <summary>Every name.</summary>
    public static IEnumerable<string> All => ByName.Keys;

    /// <summary>The code of a name, or of a number written as <c>0x808C0000</c>.</summary>
    public static StatusCode? Find(string word)
    {
        if (ByName.TryGetValue(word, out var code))
        {
            return code;
        }

        return word.StartsWith("0x", StringComparison.Ordinal) && word.Length == 10
            && uint.TryParse(word.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            ? new StatusCode(number)
            : null;
    }
}
