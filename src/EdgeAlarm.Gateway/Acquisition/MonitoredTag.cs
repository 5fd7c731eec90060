using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Configuration;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>A tag and what the server made of it.</summary>
/// <param name="tag">The tag.</param>
/// <param name="handle">Our first number for it in notifications.</param>
/// <param name="retryMoved">Told each time <see cref="RetryAt"/> is set, so that no order of attempts outlives it.</param>
internal sealed class MonitoredTag(PlcTag tag, uint handle, Action retryMoved)
{
    // looked up again beside the loop that reads samples with it
    private volatile TagTarget _target = TagTarget.Unresolved;

    /// <summary>The tag.</summary>
    public PlcTag Tag { get; } = tag;

    /// <summary>Its index in the configuration, here as well because every value asks for it.</summary>
    public int Index { get; } = tag.Index;

    /// <summary>
    /// Our number for it in notifications. It changes where a request had no certain end: an item that the server made nevertheless has the old number, and nobody listens to
    /// it.
    /// </summary>
    public uint Handle { get; set; } = handle;

    /// <summary>Its address; null where the text is none.</summary>
    public TagAddress? Address { get; } = TagAddress.TryParse(tag.Address, out var address, out _) ? address : null;

    /// <summary>What the address names at the server.</summary>
    public TagTarget Target
    {
        get => _target;
        set => _target = value;
    }

    /// <summary>The problem of its target that was told last, so that it is told once.</summary>
    public string? ToldProblem { get; set; }

    /// <summary>Whether its address names another variable than it did: then it is not monitored until somebody accepts that.</summary>
    public bool IsAnother { get; set; }

    /// <summary>What its address named when that was last compared with what it was at the first contact; null before. Outlives sessions.</summary>
    public TagTarget? Compared { get; set; }

    /// <summary>Whether its address names another node since: then it gets no item before that is compared, too.</summary>
    public bool IsToBeCompared => Compared is { } compared && !Target.Status.IsBad && !compared.IsSameNode(Target);

    /// <summary>Whether a value of it could not be read: it gets no item until it can be read alone, for what stands behind such a value in a message is lost, too.</summary>
    public bool IsUnreadable { get; set; }

    /// <summary>The server's number of the item; 0 where it is not monitored.</summary>
    public uint ItemId { get; set; }

    /// <summary>The server's number of the item that is to be deleted before another is made; 0 where there is none.</summary>
    public uint Outworn { get; set; }

    /// <summary>Since when it has no item, as far back as its last sample; null while it has one, or where that was told. Outlives subscriptions.</summary>
    public PlantTime? BlindFrom { get; set; }

    /// <summary>What the server answered last.</summary>
    public StatusCode Status { get; set; } = StatusCodes.BadWaitingForInitialData;

    /// <summary>The revised sampling interval; zero where it is not monitored, or where each change is reported.</summary>
    public TimeSpan Sampling { get; set; }

    /// <summary>The shortest pulse that is certain to be seen with the revised values.</summary>
    public TimeSpan DetectablePulse { get; set; }

    /// <summary>Whether an alarm must not miss a pulse that the revised values may miss.</summary>
    public bool MissesPulses => ItemId != 0 && Tag.ShortestPulse is { } pulse && pulse.Length < DetectablePulse;

    /// <summary>Whether the revised queue holds one value, so that the server cannot flag an overflow.</summary>
    public bool HasQueueOfOne { get; set; }

    /// <summary>Arrival of its last sample since its item was made; null before the first.</summary>
    public PlantTime? LastSample { get; set; }

    /// <summary>Its last sample; means nothing while <see cref="LastSample"/> is null.</summary>
    public Sample Last { get; set; }

    /// <summary>How often it was tried again since it last worked.</summary>
    public int Attempts { get; set; }

    /// <summary>When it is tried again; <see cref="PlantTime.Never"/> while it works.</summary>
    public PlantTime RetryAt
    {
        get;
        set
        {
            field = value;
            retryMoved();
        }
    } = PlantTime.Never;

    /// <summary>It is the same tag in another subscription: what outlives subscriptions is taken over.</summary>
    public void Inherit(MonitoredTag before) =>
        (IsAnother, Compared, IsUnreadable, Attempts, BlindFrom) = (before.IsAnother, before.Compared, before.IsUnreadable, before.Attempts, before.BlindFrom);
}
