using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.OpcUa.Client;

/// <summary>How a server describes its make (BuildInfo, OPC 10000-5 §12.4); what it does not tell is empty.</summary>
/// <param name="Manufacturer">Who made it.</param>
/// <param name="Uri">URI of the product.</param>
/// <param name="Name">Name of the product.</param>
/// <param name="Version">Version of its software.</param>
public sealed record ServerProduct(string Manufacturer, string Uri, string Name, string Version)
{
    /// <summary>What is known of servers of this make.</summary>
    public ServerProfile Profile => ServerProfiles.Recognise(this);

    /// <summary>The nodes that tell it, for <see cref="From"/>.</summary>
    internal static IReadOnlyList<NodeId> Nodes { get; } =
        [StandardNodes.BuildInfoManufacturerName, StandardNodes.BuildInfoProductUri, StandardNodes.BuildInfoProductName, StandardNodes.BuildInfoSoftwareVersion];

    /// <summary>What a server says.</summary>
    /// <param name="values">The values of <see cref="Nodes"/>.</param>
    internal static ServerProduct From(IReadOnlyList<DataValue> values) => new(Text(values[0]), Text(values[1]), Text(values[2]), Text(values[3]));

    /// <summary>For people; printable, whatever the server says.</summary>
    public override string ToString()
    {
        var words = string.Join(' ', new[] { Manufacturer, Name, Version }.Where(word => word.Length > 0));
        return words.Length > 0 ? UaClientException.Printable(words) : "a server that does not name itself";
    }

    private static string Text(in DataValue value) => value.Status.IsGood && value.Value.TryGet<string>(out var text) ? text ?? "" : "";
}
