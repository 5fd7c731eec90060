using EdgeAlarm.Engine;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Client;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>
/// Compares, in each new session, what every monitored node is (path, data type, shape, unit) with what it was at the first contact (F-22). Another variable under a known address
/// is not monitored, its alarms are not armed, and people are told, until they accept it. In batches, after the alarms run: it never delays them. An address that names another
/// node than the compared one within a session, as after a download into the PLC, is compared before it gets an item.
/// </summary>
internal sealed class IdentityCheck(SourceContext source, UaSession session, IdentityBook book) : IChore
{
    private const int BatchMax = 200;
    private const int NamedMax = 10;
    private static readonly TimeSpan LookAgainEvery = TimeSpan.FromMinutes(1);
    private readonly Queue<(TagSubscription Part, MonitoredTag Tag)> _left = new();
    private readonly List<(TagSubscription Part, MonitoredTag Tag)> _batch = [];
    private Task<IReadOnlyList<NodeDescription>>? _asked;
    private int _remembered;
    // all of them once a session; afterwards those that are another, whether somebody accepted them, and those that changed
    private bool _begun = source.Memory.ComparedIn == session;
    private PlantTime _due = source.Memory.ComparedIn == session && !source.Memory.HasOtherIdentities ? PlantTime.Never : source.Clock.Now;
    private IReadOnlyList<string?> _namespaces = [];
    private string? _problem;

    /// <inheritdoc />
    public PlantTime DueAt => source.Memory.HasToCompare ? PlantTime.Zero : _due;

    /// <inheritdoc />
    public Task AskAsync(CancellationToken cancellationToken)
    {
        if (_left.Count == 0 || source.Memory.HasToCompare)
        {
            Begin();
        }
        _batch.Clear();
        while (_batch.Count < BatchMax && _left.TryDequeue(out var next))
        {
            _batch.Add(next);
        }
        return _asked = ReadAsync([.. _batch.Select(entry => entry.Tag.Target.Node)], cancellationToken);
    }

    /// <inheritdoc />
    public async Task<FeedEnd?> TakeAsync(Task asked, CancellationToken cancellationToken)
    {
        await TellBookAsync(cancellationToken);
        if (_problem is not null)
        {
            _due = source.Clock.Now + LookAgainEvery;
            return null;
        }
        try
        {
            foreach (var ((part, tag), described) in _batch.Zip(await _asked!)) // set by the question
            {
                if (described.Status.IsGood)
                {
                    await CompareAsync(part, tag, IdentityOf(described), cancellationToken);
                }
                if (IsAnswer(described.Status))
                {
                    Compared(part, tag, described);
                }
                else
                {
                    _left.Enqueue((part, tag));
                    _due = source.Clock.Now + LookAgainEvery;
                }
            }
        }
        catch (UaClientException)
        {
            // not answered is neither another nor the same; a broken connection is found by the watchdog
            _batch.ForEach(_left.Enqueue);
            _due = source.Clock.Now + LookAgainEvery;
        }
        if (_left.Count == 0)
        {
            await EndAsync(cancellationToken);
        }
        return null;
    }

    private static string IdentityOf(NodeDescription node) =>
        FormattableString.Invariant($"{node.Path}; {node.DataType}; rank {node.ValueRank}; {node.Unit?.DisplayName.Text ?? "no unit"}");

    // a PLC that starts may not know yet what its nodes are
    private static bool IsAnswer(StatusCode status) =>
        !status.IsBad || TagResolver.IsNotThere(status) || status.WithoutInfoBits == StatusCodes.BadUserAccessDenied || status.WithoutInfoBits == StatusCodes.BadNotReadable;

    // one that is not there is compared when it is; where a user may not see what a node is, nothing can be compared
    private void Compared(TagSubscription part, MonitoredTag tag, NodeDescription described)
    {
        var waits = tag.IsToBeCompared;
        tag.Compared = TagResolver.IsNotThere(described.Status)
            ? TagTarget.Unresolved
            : tag.Target with { IsLookedUp = true, DataType = described.DataType.TryResolve(_namespaces, out var type) ? type : NodeId.Null };
        if (waits && tag is { IsAnother: false, IsToBeCompared: false })
        {
            part.Tags.Remake(tag);
        }
    }

    private void Begin()
    {
        source.Memory.HasToCompare = false;
        try
        {
            book.Load();
            _problem = null;
        }
        catch (Exception unreadable) when (unreadable is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            // whoever compared with nothing would accept everything, and overwrite what people can still mend
            _problem = unreadable.Message.TrimEnd('.');
            return;
        }
        foreach (var part in source.Parts)
        {
            foreach (var tag in part.Tags.All)
            {
                if (_begun ? (tag.IsAnother || tag.IsToBeCompared) && !_left.Contains((part, tag)) : !tag.Target.Node.IsNull)
                {
                    _left.Enqueue((part, tag));
                }
                else if (!_begun)
                {
                    tag.Compared = TagTarget.Unresolved;
                }
            }
        }
        _begun = true;
    }

    private async Task<IReadOnlyList<NodeDescription>> ReadAsync(IReadOnlyList<NodeId> nodes, CancellationToken cancellationToken)
    {
        if (nodes.Count == 0)
        {
            return [];
        }
        _namespaces = await session.ReadNamespacesAsync(cancellationToken);
        return await NodeDescriptionReader.ReadAsync(session, nodes, _namespaces, cancellationToken);
    }

    private async Task CompareAsync(TagSubscription part, MonitoredTag tag, string identity, CancellationToken cancellationToken)
    {
        var known = book.Find(tag.Tag.Address);
        if (known is null)
        {
            book.Remember(tag.Tag.Address, identity);
            _remembered++;
        }
        var isAnother = known is not null && !string.Equals(known, identity, StringComparison.Ordinal);
        if (isAnother == tag.IsAnother)
        {
            return;
        }
        tag.IsAnother = isAnother;
        if (!isAnother)
        {
            part.Tags.Remake(tag);
            return;
        }
        source.Logger.IdentityChanged(source.Name, tag.Tag.Name, tag.Tag.Address, known!, identity, book.Path); // another than the known one
        part.Tags.Disown(tag);
        part.IsToBeCounted = true;
        await source.Sink.TagMonitoredAsync(tag.Tag.Index, new Quality(tag.Status.Code), cancellationToken);
    }

    private async Task TellBookAsync(CancellationToken cancellationToken)
    {
        if (_problem is not null == source.Memory.HasUnusableIdentities)
        {
            return;
        }
        source.Memory.HasUnusableIdentities = _problem is not null;
        if (_problem is { } problem)
        {
            source.Logger.IdentitiesUnusable(source.Name, problem);
        }
        await source.Sink.ConditionAsync(
            AcquisitionConditions.IdentitiesUnusable(source.Name), _problem is not null,
            _problem is null ? $"{book.Path} can be read again" : $"no node is compared with what it was, and one that changes is not monitored: {_problem}", cancellationToken);
    }

    private async Task EndAsync(CancellationToken cancellationToken)
    {
        source.Memory.ComparedIn = session;
        if (_remembered > 0)
        {
            source.Logger.IdentitiesRemembered(source.Name, _remembered, book.Path);
            _remembered = 0;
            try
            {
                book.Save();
            }
            catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
            {
                source.Logger.IdentitiesUnusable(source.Name, unwritable.Message.TrimEnd('.'));
            }
        }
        var others = source.Parts.SelectMany(part => part.Tags.All).Where(tag => tag.IsAnother).Select(tag => tag.Tag.Name).ToArray();
        _due = others.Length > 0 ? source.Clock.Now + LookAgainEvery : PlantTime.Never;
        if (others.Length > 0 != source.Memory.HasOtherIdentities)
        {
            source.Memory.HasOtherIdentities = others.Length > 0;
            var named = $"{string.Join(", ", others.Take(NamedMax))}{(others.Length > NamedMax ? $" and {others.Length - NamedMax} more" : "")} are other variables than they were; delete their lines in {book.Path} to accept them";
            await source.Sink.ConditionAsync(AcquisitionConditions.IdentityChanged(source.Name), others.Length > 0, others.Length > 0 ? named : "", cancellationToken);
        }
    }
}
