using System.Globalization;
using System.Text.Json;

namespace EdgeAlarm.Gateway.Configuration;

/// <summary>Reads the members of one settings object by name and type. What is asked for is known; whatever else stands in the object is a fault.</summary>
internal sealed class SettingsSection(SettingsNode node, string path, FaultList faults)
{
    private readonly List<string> _known = [];

    public string? Text(string name, bool required = false)
    {
        if (Find(name, required) is not { } value)
        {
            return null;
        }

        if (value.Type == JsonTokenType.String)
        {
            return value.Text;
        }

        Fault(value, name, "write a text in quotes.");
        return null;
    }

    public IReadOnlyList<string> Texts(string name)
    {
        if (Find(name) is not { } value)
        {
            return [];
        }

        if (value.Type == JsonTokenType.StartArray && value.Items.Count > 0 && value.Items.TrueForAll(item => item.Type == JsonTokenType.String))
        {
            return [.. value.Items.Select(item => item.Text ?? string.Empty)];
        }

        Fault(value, name, "write a list of texts in quotes: [ \"...\", \"...\" ].");
        return [];
    }

    public int Number(string name, int missing, int least, int most)
    {
        if (Find(name) is not { } value)
        {
            return missing;
        }

        if (int.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Fault(value, name, $"write a whole number from {least} to {most}.");
        return missing;
    }

    public bool Switch(string name, bool missing)
    {
        if (Find(name) is not { } value)
        {
            return missing;
        }

        switch (value.Text)
        {
            case "true":
                return true;
            case "false":
                return false;
            default:
                Fault(value, name, "write true or false.");
                return missing;
        }
    }

    public TimeSpan Time(string name, TimeSpan missing, TimeSpan least, TimeSpan most)
    {
        if (Find(name) is not { } value)
        {
            return missing;
        }

        if (value.Text is null || !Duration.TryParse(value.Text, out var duration))
        {
            Fault(value, name, Duration.Allowed);
            return missing;
        }

        if (duration >= least && duration <= most)
        {
            return duration;
        }

        Fault(value, name, $"allowed is {least:g} to {most:g} (h:mm:ss).");
        return missing;
    }

    public long Size(string name, long missing)
    {
        if (Find(name) is not { } value)
        {
            return missing;
        }

        if (value.Text is not null && ByteSize.TryParse(value.Text, out var bytes))
        {
            return bytes;
        }

        Fault(value, name, ByteSize.Allowed);
        return missing;
    }

    public string Choice(string name, string missing, IReadOnlyCollection<string> allowed)
    {
        if (Find(name) is not { } value)
        {
            return missing;
        }

        if (value.Text is not null && allowed.Contains(value.Text, StringComparer.Ordinal))
        {
            return value.Text;
        }

        Fault(value, name, $"allowed: {string.Join(", ", allowed)}.");
        return missing;
    }

    public SettingsSection? Section(string name, bool required = false)
    {
        if (Find(name, required) is not { } value)
        {
            return null;
        }

        if (value.Type == JsonTokenType.StartObject)
        {
            return new SettingsSection(value, Path(name), faults);
        }

        Fault(value, name, "write an object: { ... }.");
        return null;
    }

    public IReadOnlyList<SettingsSection> Sections(string name, bool required = true)
    {
        if (Find(name, required) is not { } value)
        {
            return [];
        }

        if (value.Type == JsonTokenType.StartArray && value.Items.TrueForAll(item => item.Type == JsonTokenType.StartObject))
        {
            return [.. value.Items.Select((item, index) => new SettingsSection(item, $"{Path(name)}[{index}]", faults))];
        }

        Fault(value, name, "write a list of objects: [ { ... } ].");
        return [];
    }

    /// <summary>A fault of a member that only the caller can judge.</summary>
    public void Fault(string name, string allowed) => Fault(node.Members.GetValueOrDefault(name) ?? node, name, allowed);

    /// <summary>A file with a secret is not as it should be: no fault for those who log in nowhere.</summary>
    public void SecretFault(string name, string allowed)
    {
        if (faults.LooksAtSecrets)
        {
            Fault(name, allowed);
        }
    }

    /// <summary>Every member that nobody asked for is a fault. Call it last.</summary>
    public void End()
    {
        foreach (var (name, value) in node.Members)
        {
            if (!_known.Contains(name, StringComparer.Ordinal))
            {
                faults.Add(value.File, value.Line, At(value), name, $"is no setting of {(path.Length == 0 ? "this file" : path)}; {NearestName.Suggest(name, _known)}");
            }
        }
    }

    private SettingsNode? Find(string name, bool required = false)
    {
        _known.Add(name);
        if (node.Members.TryGetValue(name, out var value))
        {
            return value;
        }

        if (required)
        {
            faults.Add(node.File, node.Line, At(node), null, $"\"{Path(name)}\" is missing.");
        }

        return null;
    }

    private void Fault(SettingsNode value, string name, string allowed) => faults.Add(value.File, value.Line, At(value), value.Text, $"{Path(name)}: {allowed}");

    private string Path(string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static string At(SettingsNode value) => value.Column > 0 ? value.Column.ToString(CultureInfo.InvariantCulture) : string.Empty;
}
