using EdgeAlarm.Engine;
using EdgeAlarm.OpcUa.Client;
using Microsoft.Extensions.Logging;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>What all that acquires one source has in common.</summary>
internal sealed record SourceContext
{
    public required OpcUaPlcOptions Options { get; init; }

    public required IPlcSink Sink { get; init; }

    /// <summary>Where the messages of a burst wait for each other, on their way out of <see cref="Sink"/>.</summary>
    public required BurstMerge Merge { get; init; }

    public required PlantClock Clock { get; init; }

    public required TimeProvider Time { get; init; }

    public required ILogger Logger { get; init; }

    /// <summary>The source's tags, as its subscriptions share them; at least one.</summary>
    public required TagShares Parts { get; init; }

    /// <summary>Those that have a subscription.</summary>
    public IEnumerable<TagSubscription> Living => Parts.Where(part => part.Subscription is not null);

    /// <summary>What is known of the server's make; told anew by each session.</summary>
    public ServerProfile Profile { get; set; } = ServerProfiles.General;

    /// <summary>Reads what the server recorded in gaps.</summary>
    public required GapHistory History { get; init; }

    /// <summary>Compares units and ranges with the configuration's.</summary>
    public required UnitCheck Units { get; init; }

    /// <summary>Cancelled when the present feed ends, for what goes on beside it.</summary>
    public CancellationToken FeedEnds { get; set; }

    public SourceMemory Memory { get; } = new();

    public required AcknowledgementQueue Acknowledgements { get; init; }

    public string Name => Options.Source;

    /// <summary>How many tags have an item at the server.</summary>
    public int MonitoredCount => Parts.Sum(part => part.Tags.MonitoredCount);

    /// <summary>The shortest break that all queues ride out; null before items exist.</summary>
    public TimeSpan? RidesOut => Parts.Min(part => part.Tags.RidesOut);

    /// <summary>The part that a subscription carries; null where nobody knows that subscription.</summary>
    public TagSubscription? Find(uint subscription)
    {
        foreach (var part in Parts)
        {
            if (part.Subscription?.Id == subscription)
            {
                return part;
            }
        }
        return null;
    }

    /// <summary>Tells that samples of a part were lost: one gap of the source where it has no other part.</summary>
    public async Task TellGapAsync(TagSubscription part, PlantTime start, PlantTime end, GapCause cause, CancellationToken cancellationToken)
    {
        if (Parts.Count == 1)
        {
            await Sink.GapFoundAsync(null, start, end, cause, cancellationToken);
            return;
        }
        foreach (var tag in part.Tags.All)
        {
            await Sink.GapFoundAsync(tag.Tag.Index, start, end, cause, cancellationToken);
        }
    }

    /// <summary>Tells since when a tag was without an item, where it has one again.</summary>
    public async Task TellSeenAgainAsync(MonitoredTag tag, CancellationToken cancellationToken)
    {
        if (tag is { ItemId: not 0, BlindFrom: { } blind })
        {
            tag.BlindFrom = null;
            if (Clock.Now > blind)
            {
                await Sink.GapFoundAsync(tag.Tag.Index, blind, Clock.Now, GapCause.ConnectionLost, cancellationToken);
            }
        }
    }

    /// <summary>Tells of each tag of a part what the server made of it.</summary>
    public async Task TellItemsAsync(TagSubscription part, CancellationToken cancellationToken)
    {
        foreach (var tag in part.Tags.All)
        {
            Memory.HasToCompare |= tag.IsToBeCompared;
            await Sink.TagMonitoredAsync(tag.Tag.Index, new Quality(tag.Status.Code), cancellationToken);
            await TellSeenAgainAsync(tag, cancellationToken);
        }
        TagProblems.Tell(Name, part.Tags.All, Logger);
        await PulseCheck.TellAsync(this, part, cancellationToken);
        var refused = part.Tags.All.Where(tag => tag.Status.IsBad && tag.Target.Problem is null).ToArray();
        if (refused.Length > 0)
        {
            Logger.ItemsRefused(Name, refused.Length, refused[0].Tag.Name, refused[0].Tag.Address, refused[0].Status.ToString());
        }
    }

    /// <summary>Ends the conditions of a part that there is no more: its tags are others' now.</summary>
    public async Task LowerAsync(TagSubscription removed, CancellationToken cancellationToken)
    {
        const string shared = "the tags are shared by fewer subscriptions now";
        if (removed.MissesPulses)
        {
            await Sink.ConditionAsync(AcquisitionConditions.PulseTooShort(Name, removed.Number), false, shared, cancellationToken);
        }
        if (removed.HasUnnotified)
        {
            await Sink.ConditionAsync(AcquisitionConditions.NotNotified(Name, removed.Number), false, shared, cancellationToken);
        }
    }
}
