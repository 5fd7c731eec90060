using System.Globalization;

namespace EdgeAlarm.OpcUa.BuiltInTypes;

/// <summary>A name within a namespace, such as a BrowseName (OPC 10000-3 §8.3).</summary>
/// <param name="NamespaceIndex">Index into the server's NamespaceArray.</param>
/// <param name="Name">The name; null and empty are distinct on the wire.</param>
public readonly record struct QualifiedName(ushort NamespaceIndex, string? Name)
{
    /// <summary>The text form <c>2:LT101</c>; the index 0 is left out.</summary>
    public override string ToString() =>
        NamespaceIndex == 0 ? Name ?? "" : string.Create(CultureInfo.InvariantCulture, $"{NamespaceIndex}:{Name}");
}
