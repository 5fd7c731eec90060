using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Configuration;

namespace EdgeAlarm.Gateway.Recorder;

/// <summary>
/// Keeps room on the disk for what has to be written: tells long before that it gets full, lets the oldest of the recording go in the order of <see cref="SheddingOrder"/>, and holds a reserve until
/// nothing else is left. All members: any thread.
/// </summary>
/// <param name="folder">The data folder.</param>
/// <param name="options">The limits.</param>
/// <param name="settings">How much is kept.</param>
/// <param name="retention">Lets things go.</param>
/// <param name="report">Takes the conditions of <see cref="RecorderConditions"/> (name, active, detail). Must not wait.</param>
internal sealed class SpaceKeeper(DataFolder folder, SpaceOptions options, RecorderSettings settings, Retention retention, Action<string, bool, string> report)
{
    private readonly ReserveFile _reserve = new(folder, options.ReserveLength);
    private readonly SpaceForecast _forecast = new();
    private readonly Dictionary<Guid, EventRange> _lost = [];
    private readonly Lock _gate = new();
    private bool _isFilling;
    private bool _isShedding;
    private long _shedBytes;
    private SpaceState? _state;

    /// <summary>What the last look found; null before the first.</summary>
    public SpaceState? State => Volatile.Read(ref _state);

    /// <summary>Gives the reserve up where a start would find too little room to write anything.</summary>
    public static void BeforeStart(DataFolder folder, SpaceOptions options)
    {
        if (options.FreeBytes(folder.Root) < options.ReserveLength / 2)
        {
            new ReserveFile(folder, options.ReserveLength).GiveUp();
        }
    }

    /// <summary>Looks at the disk, makes room where there is too little, and tells. Once a minute.</summary>
    /// <param name="now">Plant time.</param>
    public void TurnOnce(PlantTime now)
    {
        lock (_gate)
        {
            var free = Shed_NeedsLock(options.FreeBytes(folder.Root));
            if (free >= Limit(SheddingOrder.AmpleFrom))
            {
                Recover_NeedsLock();
            }

            _forecast.Look(now, free, retention.RecordingBytes);
            Tell_NeedsLock(free);
        }
    }

    /// <summary>The disk takes nothing: makes room if that is why.</summary>
    public void MakeRoom()
    {
        lock (_gate)
        {
            Tell_NeedsLock(Shed_NeedsLock(options.FreeBytes(folder.Root)));
        }
    }

    private long Limit(double reserves) => (long)(options.ReserveLength * reserves);

    private void Recover_NeedsLock()
    {
        _reserve.Hold();
        if (_isShedding)
        {
            _isShedding = false;
            report(RecorderConditions.Shedding, false, "The disk has room again.");
        }

        if (_lost.Count > 0)
        {
            _lost.Clear();
            report(RecorderConditions.EventsLost, false, "The disk has room again; what went does not come back.");
        }
    }

    // counts what it lets go of instead of looking again: a file that somebody still reads gives its space back later
    private long Shed_NeedsLock(long free)
    {
        while (true)
        {
            var went = SheddingOrder.Steps.Where(each => free < Limit(each.FreeBelow)).Select(each => Try_NeedsLock(each.Step)).FirstOrDefault(bytes => bytes > 0);
            if (went == 0)
            {
                return free;
            }

            free += went;
            _shedBytes += went;
            _isShedding = true;
        }
    }

    private long Try_NeedsLock(SheddingStep step)
    {
        try
        {
            switch (step)
            {
                case SheddingStep.Samples:
                    return retention.ShedSamples();
                case SheddingStep.ReceiptedEvents:
                    return retention.ShedReceiptedEvents();
                case SheddingStep.Reserve:
                    return _reserve.GiveUp() ? options.ReserveLength : 0;
                case SheddingStep.UnreceiptedEvents:
                    var bytes = retention.ShedEvents(out var lost);
                    foreach (var range in lost)
                    {
                        _lost[range.Epoch] = _lost.TryGetValue(range.Epoch, out var before) ? range with { First = Math.Min(before.First, range.First), Last = Math.Max(before.Last, range.Last) } : range;
                    }

                    return bytes;
                default:
                    throw new InvariantViolation($"No step of shedding is {step}.");
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // what has to be written before it may go finds no room: another step makes some
            return 0;
        }
    }

    private void Tell_NeedsLock(long free)
    {
        var toFull = _forecast.TimeToFull(settings.MaxSize);
        var shedBefore = _state?.ShedBytes ?? 0;
        Volatile.Write(ref _state, new(free, retention.RecordingBytes, toFull, _reserve.IsHeld, _shedBytes));
        var isFilling = free < Limit(SheddingOrder.ToldBelow) || toFull < options.ToldBefore;
        if (isFilling != _isFilling)
        {
            _isFilling = isFilling;
            report(RecorderConditions.DiskFilling, isFilling, $"The disk of {folder.Root} has {SpaceWords.Of(State!)}.{(isFilling ? " Make room, or lower \"maxSize\" of \"recorder\" in gateway.json." : "")}");
        }

        if (_shedBytes > shedBefore)
        {
            report(RecorderConditions.Shedding, true, $"The disk of {folder.Root} is nearly full: the oldest {SpaceWords.Bytes(_shedBytes)} of the recording went before their time{(_reserve.IsHeld ? "" : ", and the reserve")}. Make room on it.");
            if (_lost.Count > 0)
            {
                report(RecorderConditions.EventsLost, true, $"Events that the centre has not receipted went from the full disk: {string.Join(", ", _lost.Values.Select(range => FormattableString.Invariant($"{range.First} to {range.Last} of epoch {range.Epoch}")))}. Those that the outbox still has are sent.");
            }
        }
    }
}
