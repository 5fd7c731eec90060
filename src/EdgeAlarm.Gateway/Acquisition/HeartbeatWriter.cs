using EdgeAlarm.Engine;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Client;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>Writes the heartbeat, in the integer type that the variable has. A failure is told once, and once that it works again; it never costs the source anything.</summary>
internal sealed class HeartbeatWriter(SourceContext source, UaSession session, HeartbeatOptions heartbeat) : IChore
{
    private NodeId _node;
    private BuiltInType _type = BuiltInType.Null;
    private Task<StatusCode>? _asked;

    /// <inheritdoc />
    public PlantTime DueAt { get; private set; } = source.Clock.Now;

    /// <inheritdoc />
    public Task AskAsync(CancellationToken cancellationToken)
    {
        DueAt = source.Clock.Now + heartbeat.Every;
        return _asked = WriteAsync(++source.Memory.Heartbeats, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<FeedEnd?> TakeAsync(Task asked, CancellationToken cancellationToken)
    {
        string? problem;
        try
        {
            var status = await _asked!; // set by the question
            problem = status.IsBad ? $"the server answered {status}" : null;
        }
        catch (UaClientException failed)
        {
            problem = failed.Message.TrimEnd('.');
        }
        if (problem is null == source.Memory.HeartbeatFails)
        {
            source.Memory.HeartbeatFails = problem is not null;
            if (problem is not null)
            {
                _type = BuiltInType.Null;
                source.Logger.HeartbeatNotWritten(source.Name, heartbeat.Address, problem);
            }
            else
            {
                source.Logger.HeartbeatWritten(source.Name, heartbeat.Address);
            }
            await source.Sink.ConditionAsync(
                AcquisitionConditions.HeartbeatNotWritten(source.Name), problem is not null, problem is null ? "" : $"{heartbeat.Address}: {problem}", cancellationToken);
        }
        return null;
    }

    private async Task<StatusCode> WriteAsync(ulong beat, CancellationToken cancellationToken)
    {
        if (_type is BuiltInType.Null)
        {
            if (!ExpandedNodeId.TryParse(heartbeat.Address, out var address) || !address.TryResolve(await session.ReadNamespacesAsync(cancellationToken), out _node))
            {
                return StatusCodes.BadNodeIdUnknown;
            }
            var present = (await session.ReadValuesAsync([_node], cancellationToken))[0];
            _type = present.Status.IsBad || present.Value.Type is BuiltInType.Null ? BuiltInType.UInt32 : present.Value.Type;
        }
        return Of(_type, beat) is { } value ? await session.WriteValueAsync(_node, value, cancellationToken) : StatusCodes.BadTypeMismatch;
    }

    /// <summary>Whether a variable of a type can count.</summary>
    public static bool Counts(BuiltInType type) => Of(type, 0) is not null;

    // counts round in its type, and never below zero
    private static Variant? Of(BuiltInType type, ulong beat) => type switch
    {
        BuiltInType.SByte => Variant.From((sbyte)(beat & 0x7F)),
        BuiltInType.Byte => Variant.From((byte)beat),
        BuiltInType.Int16 => Variant.From((short)(beat & 0x7FFF)),
        BuiltInType.UInt16 => Variant.From((ushort)beat),
        BuiltInType.Int32 => Variant.From((int)(beat & int.MaxValue)),
        BuiltInType.UInt32 => Variant.From((uint)beat),
        BuiltInType.Int64 => Variant.From((long)(beat & long.MaxValue)),
        BuiltInType.UInt64 => Variant.From(beat),
        _ => null,
    };
}
