using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace EdgeAlarm.OpcUa.BuiltInTypes;

/// <summary>
/// A NodeId that may name its namespace by URI and a server by index (OPC 10000-6 §5.2.2.10). The URI form survives a server that
/// reorders its namespaces, which is why configuration uses no other.
/// </summary>
/// <param name="NodeId">The address; its namespace index is 0 where <paramref name="NamespaceUri"/> is given.</param>
/// <param name="NamespaceUri">The namespace's URI, or null where the index counts.</param>
/// <param name="ServerIndex">Index into the ServerArray; 0 is the server itself.</param>
public readonly record struct ExpandedNodeId(NodeId NodeId, string? NamespaceUri = null, uint ServerIndex = 0)
{
    private static readonly string[] Escapes = ["%25", "%3B"];

    /// <summary>Reads the text form of OPC 10000-6 §5.3.1.11; <c>%3B</c> and <c>%25</c> stand for <c>;</c> and <c>%</c> in the URI.</summary>
    /// <param name="text">Such as <c>nsu=urn:plant;s=LT101</c>, <c>ns=2;s=LT101</c>, <c>svr=1;i=85</c>.</param>
    /// <exception cref="FormatException">The text is none of these forms.</exception>
    public static ExpandedNodeId Parse(string text) => TryParse(text, out var id)
        ? id
        : throw new FormatException($"'{text}' is not a node id. Allowed: 'nsu=<uri>;s=text' (or i= g= b=), 'ns=2;s=text'.");

    /// <summary>Reads the text form; false where the text is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ExpandedNodeId id)
    {
        id = default;
        var rest = text.AsSpan();
        uint serverIndex = 0;
        if (rest.StartsWith("svr="))
        {
            var end = rest.IndexOf(';');
            if (end < 0 || !uint.TryParse(rest[4..end], NumberStyles.None, CultureInfo.InvariantCulture, out serverIndex))
            {
                return false;
            }

            rest = rest[(end + 1)..];
        }

        string? uri = null;
        if (rest.StartsWith("nsu="))
        {
            var end = rest.IndexOf(';');
            if (end <= 4)
            {
                return false;
            }

            uri = rest[4..end].ToString()
                .Replace(Escapes[1], ";", StringComparison.OrdinalIgnoreCase).Replace(Escapes[0], "%", StringComparison.Ordinal);
            rest = rest[(end + 1)..];
            if (!NodeId.TryParseIdentifier(0, rest, out var identifier))
            {
                return false;
            }

            id = new ExpandedNodeId(identifier, uri, serverIndex);
            return true;
        }

        var parsed = NodeId.TryParse(rest.ToString(), out var nodeId);
        id = new ExpandedNodeId(nodeId, null, serverIndex);
        return parsed;
    }

    /// <summary>Finds the NodeId of this address in a server with the given NamespaceArray (the value of i=2255).</summary>
    /// <returns>False where the node lives on another server, or the server does not know the URI.</returns>
    public bool TryResolve(IReadOnlyList<string?> namespaceArray, out NodeId nodeId)
    {
        nodeId = NodeId;
        if (ServerIndex != 0)
        {
            return false;
        }

        if (NamespaceUri is null)
        {
            return true;
        }

        for (var index = 0; index < namespaceArray.Count && index <= ushort.MaxValue; index++)
        {
            if (string.Equals(namespaceArray[index], NamespaceUri, StringComparison.Ordinal))
            {
                nodeId = NodeId.WithNamespace((ushort)index);
                return true;
            }
        }

        return false;
    }

    /// <summary>The same address by namespace URI, for configuration; namespace 0 and an index that the array does not have stay as they are.</summary>
    public static ExpandedNodeId ByUri(NodeId nodeId, IReadOnlyList<string?> namespaceArray) =>
        nodeId.NamespaceIndex > 0 && nodeId.NamespaceIndex < namespaceArray.Count && namespaceArray[nodeId.NamespaceIndex] is { Length: > 0 } uri
            ? new ExpandedNodeId(nodeId.WithNamespace(0), uri)
            : new ExpandedNodeId(nodeId);

    /// <summary>The text form that <see cref="Parse"/> reads.</summary>
    public override string ToString()
    {
        var server = ServerIndex == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"svr={ServerIndex};");
        if (NamespaceUri is null)
        {
            return server + NodeId;
        }

        var uri = NamespaceUri.Replace("%", Escapes[0], StringComparison.Ordinal).Replace(";", Escapes[1], StringComparison.Ordinal);
        return $"{server}nsu={uri};{NodeId.IdentifierText()}";
    }
}
