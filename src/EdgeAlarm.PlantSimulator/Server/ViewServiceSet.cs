using System.Buffers.Binary;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.PlantSimulator.AddressSpace;
using EdgeAlarm.PlantSimulator.Sessions;

namespace EdgeAlarm.PlantSimulator.Server;

/// <summary>The View service set (OPC 10000-4 §5.9): Browse, BrowseNext, TranslateBrowsePathsToNodeIds.</summary>
internal sealed class ViewServiceSet(PlantAddressSpace space, PlantServerLimits limits)
{
    private uint _nextPoint;

    internal BrowseResponse Browse(ServerSession session, BrowseRequest request)
    {
        Operations.Check(request.NodesToBrowse.Length, limits);
        var asked = request.RequestedMaxReferencesPerNode;
        var page = asked == 0 ? limits.ReferencesPerBrowseMax : (int)Math.Min(asked, (uint)limits.ReferencesPerBrowseMax);
        return new BrowseResponse { Results = Array.ConvertAll(request.NodesToBrowse, wanted => Browse(session, wanted, page)) };
    }

    internal BrowseNextResponse BrowseNext(ServerSession session, BrowseNextRequest request)
    {
        Operations.Check(request.ContinuationPoints.Length, limits);
        return new BrowseNextResponse { Results = Array.ConvertAll(request.ContinuationPoints, point => Next(session, point, request.ReleaseContinuationPoints)) };
    }

    internal TranslateBrowsePathsToNodeIdsResponse Translate(TranslateBrowsePathsToNodeIdsRequest request)
    {
        Operations.Check(request.BrowsePaths.Length, limits);
        return new TranslateBrowsePathsToNodeIdsResponse { Results = Array.ConvertAll(request.BrowsePaths, Translate) };
    }

    private BrowseResult Browse(ServerSession session, BrowseDescription wanted, int page)
    {
        if (space.Find(wanted.NodeId) is not { } node)
        {
            return new BrowseResult { StatusCode = StatusCodes.BadNodeIdUnknown };
        }

        if (wanted.BrowseDirection is not (>= BrowseDirection.Forward and <= BrowseDirection.Both))
        {
            return new BrowseResult { StatusCode = StatusCodes.BadBrowseDirectionInvalid };
        }

        var found = PlantAddressSpace.References(node, wanted.BrowseDirection, wanted.ReferenceTypeId, wanted.IncludeSubtypes)
            .Where(reference => wanted.NodeClassMask == 0 || (wanted.NodeClassMask & (uint)reference.Target.Class) != 0);
        return Page(session, new BrowseRest([.. found], 0, page, wanted.ResultMask));
    }

    private BrowseResult Next(ServerSession session, byte[]? point, bool release)
    {
        if (point is not { Length: sizeof(uint) } || !session.Continuations.Remove(BinaryPrimitives.ReadUInt32LittleEndian(point), out var rest))
        {
            return new BrowseResult { StatusCode = StatusCodes.BadContinuationPointInvalid };
        }

        return release ? new BrowseResult() : Page(session, rest);
    }

    private BrowseResult Page(ServerSession session, BrowseRest rest)
    {
        var page = rest.References.Skip(rest.Given).Take(rest.PageMax).Select(reference => Describe(reference, rest.ResultMask)).ToArray();
        var given = rest.Given + page.Length;
        if (given == rest.References.Count)
        {
            return new BrowseResult { References = page };
        }

        if (session.Continuations.Count >= limits.ContinuationPointsPerSessionMax)
        {
            return new BrowseResult { StatusCode = StatusCodes.BadNoContinuationPoints };
        }

        var point = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(point, ++_nextPoint);
        session.Continuations.Add(_nextPoint, rest with { Given = given });
        return new BrowseResult { References = page, ContinuationPoint = point };
    }

    /// <summary>The fields of BrowseResultMask that were asked for (OPC 10000-4 §7.6).</summary>
    private static ReferenceDescription Describe(NodeReference reference, uint mask)
    {
        var target = reference.Target;
        return new ReferenceDescription
        {
            ReferenceTypeId = (mask & 1) != 0 ? reference.Type : NodeId.Null,
            IsForward = (mask & 2) != 0 && reference.IsForward,
            NodeId = new ExpandedNodeId(target.Id),
            NodeClass = (mask & 4) != 0 ? target.Class : NodeClass.Unspecified,
            BrowseName = (mask & 8) != 0 ? target.BrowseName : default,
            DisplayName = (mask & 16) != 0 ? new LocalizedText(target.BrowseName.Name) : default,
            TypeDefinition = new ExpandedNodeId((mask & 32) != 0 ? target.TypeDefinition : NodeId.Null),
        };
    }

    private BrowsePathResult Translate(BrowsePath path)
    {
        if (space.Find(path.StartingNode) is not { } start)
        {
            return new BrowsePathResult { StatusCode = StatusCodes.BadNodeIdUnknown };
        }

        if (path.RelativePath.Elements.Length == 0)
        {
            return new BrowsePathResult { StatusCode = StatusCodes.BadNothingToDo };
        }

        List<Node> reached = [start];
        foreach (var element in path.RelativePath.Elements)
        {
            var direction = element.IsInverse ? BrowseDirection.Inverse : BrowseDirection.Forward;
            reached = [.. reached.SelectMany(node => PlantAddressSpace.References(node, direction, element.ReferenceTypeId, element.IncludeSubtypes))
                .Select(reference => reference.Target).Where(target => target.BrowseName == element.TargetName).Distinct()];
        }

        return reached.Count == 0
            ? new BrowsePathResult { StatusCode = StatusCodes.BadNoMatch }
            : new BrowsePathResult { Targets = [.. reached.Select(node => new BrowsePathTarget { TargetId = new ExpandedNodeId(node.Id), RemainingPathIndex = uint.MaxValue })] };
    }
}
