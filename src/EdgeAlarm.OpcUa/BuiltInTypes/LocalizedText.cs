namespace EdgeAlarm.OpcUa.BuiltInTypes;

/// <summary>Text for people with its locale (OPC 10000-3 §8.5).</summary>
/// <param name="Text">The text, or null.</param>
/// <param name="Locale">Such as <c>en</c> or <c>de-DE</c>, or null for an unknown one.</param>
public readonly record struct LocalizedText(string? Text, string? Locale = null)
{
    /// <summary>The text alone, empty where there is none.</summary>
    public override string ToString() => Text ?? "";
}
