using System.Globalization;
using EdgeAlarm.Wire;

namespace EdgeAlarm.Gateway.Configuration;

/// <summary>Reads <c>commands</c> of gateway.json.</summary>
internal static class CommandSettingsSection
{
    public static CommandSettings? Read(SettingsSection? section)
    {
        if (section is null)
        {
            return null;
        }

        var principals = new List<CommandPrincipal>();
        foreach (var each in section.Sections("principals"))
        {
            var principal = ReadPrincipal(each);
            if (principals.Exists(other => string.Equals(other.Name, principal.Name, StringComparison.Ordinal)))
            {
                each.Fault("name", "is the name of another principal already; names are unique.");
            }

            principals.Add(principal);
        }

        if (principals.Count is 0 or > CommandSettings.PrincipalsMax)
        {
            section.Fault("principals", string.Create(CultureInfo.InvariantCulture, $"name 1 to {CommandSettings.PrincipalsMax} principals, or leave \"commands\" out: then nobody may send any."));
        }

        var perMinute = section.Number("perMinute", CommandSettings.PerMinuteDefault, 1, CommandSettings.PerMinuteMax);
        section.End();
        return new(principals, perMinute);
    }

    private static CommandPrincipal ReadPrincipal(SettingsSection section)
    {
        var name = section.Text("name", required: true) ?? string.Empty;
        if (name.Length > CommandMessage.ByLengthMax || !name.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '.'))
        {
            section.Fault("name", $"is a level of the MQTT topic command/...; use up to {CommandMessage.ByLengthMax} letters, digits, '_', '-' and '.'.");
        }

        var rights = new HashSet<CommandVerb>();
        foreach (var word in section.Texts("rights"))
        {
            if (CommandWords.Parse(word) is { } verb)
            {
                rights.Add(verb);
            }
            else
            {
                section.Fault("rights", $"\"{word}\" is no command; allowed: {string.Join(", ", CommandWords.All)}.");
            }
        }

        if (rights.Count == 0)
        {
            section.Fault("rights", $"name what it may ask for; allowed: {string.Join(", ", CommandWords.All)}.");
        }

        section.End();
        return new(name, rights);
    }
}
