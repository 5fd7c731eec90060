using System.Text.Json;

namespace EdgeAlarm.Wire;

/// <summary>The words for <see cref="CommandVerb"/>.</summary>
public static class CommandWords
{
    private static readonly (CommandVerb Verb, string Word)[] Words =
        [.. Enum.GetValues<CommandVerb>().Select(verb => (verb, JsonNamingPolicy.CamelCase.ConvertName(verb.ToString())))];

    /// <summary>Every word, for a list of what is allowed.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Words.Select(each => each.Word)];

    /// <summary>The word of a verb.</summary>
    public static string Of(CommandVerb verb) => Words[(int)verb].Word;

    /// <summary>The verb of a word; null where it is none.</summary>
    public static CommandVerb? Parse(string word) => Words.Where(each => string.Equals(each.Word, word, StringComparison.Ordinal)).Select(each => (CommandVerb?)each.Verb).FirstOrDefault();
}
