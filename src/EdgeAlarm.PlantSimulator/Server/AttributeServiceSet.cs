using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.PlantSimulator.AddressSpace;
using EdgeAlarm.PlantSimulator.Subscriptions;

namespace EdgeAlarm.PlantSimulator.Server;

/// <summary>The Attribute service set (OPC 10000-4 §5.11): Read alone; this PLC is not written to.</summary>
internal sealed class AttributeServiceSet(PlantAddressSpace space, PlantServerLimits limits)
{
    private const byte CurrentRead = 1;
    private const byte HistoryRead = 4;

    internal ReadResponse Read(ReadRequest request, long now)
    {
        Operations.Check(request.NodesToRead.Length, limits);
        if (request.TimestampsToReturn is not (>= TimestampsToReturn.Source and <= TimestampsToReturn.Neither))
        {
            throw new ServiceRefusal(StatusCodes.BadTimestampsToReturnInvalid);
        }

        return new ReadResponse { Results = Array.ConvertAll(request.NodesToRead, wanted => Read(wanted, request.TimestampsToReturn, now)) };
    }

    private DataValue Read(ReadValueId wanted, TimestampsToReturn timestamps, long now)
    {
        if (space.Find(wanted.NodeId) is not { } node)
        {
            return Bad(StatusCodes.BadNodeIdUnknown);
        }

        if (!string.IsNullOrEmpty(wanted.IndexRange))
        {
            return Bad(StatusCodes.BadIndexRangeNoData);
        }

        return wanted.AttributeId == AttributeIds.Value && node.Value is { } value
            ? MonitoredItem.Stamped(value.Read(now), timestamps, now)
            : Attribute(node, wanted.AttributeId) is { IsNull: false } attribute ? new DataValue(attribute) : Bad(StatusCodes.BadAttributeIdInvalid);
    }

    private static Variant Attribute(Node node, uint attribute) => attribute switch
    {
        AttributeIds.NodeId => Variant.From(node.Id),
        AttributeIds.NodeClass => Variant.From((int)node.Class),
        AttributeIds.BrowseName => Variant.From(node.BrowseName),
        AttributeIds.DisplayName => Variant.From(new LocalizedText(node.BrowseName.Name)),
        AttributeIds.Description => Variant.From(new LocalizedText(node.Description)),
        AttributeIds.WriteMask or AttributeIds.UserWriteMask => Variant.From(0u),
        AttributeIds.EventNotifier when node.Class == NodeClass.Object => Variant.From((byte)0),
        AttributeIds.DataType when node.Class == NodeClass.Variable => Variant.From(node.DataType),
        AttributeIds.ValueRank when node.Class == NodeClass.Variable => Variant.From(node.ValueRank),
        AttributeIds.AccessLevel or AttributeIds.UserAccessLevel when node.Class == NodeClass.Variable => Variant.From((byte)(node.History is null ? CurrentRead : CurrentRead | HistoryRead)),
        AttributeIds.MinimumSamplingInterval when node.Class == NodeClass.Variable => Variant.From(0.0),
        AttributeIds.Historizing when node.Class == NodeClass.Variable => Variant.From(node.History is not null),
        AttributeIds.IsAbstract when node.Class == NodeClass.DataType => Variant.From(node.IsAbstract),
        AttributeIds.DataTypeDefinition when node.Class == NodeClass.DataType => node.Definition,
        _ => default,
    };

    private static DataValue Bad(StatusCode status) => new(default, status);
}
