namespace EdgeAlarm.Engine;

/// <summary>
/// Keeps which sources and tags can make alarms, and tells each change once, at the node it belongs to: a lost PLC is one event, not one for each of its alarms.
/// </summary>
/// <remarks>
/// "No sample yet" is not told when a source comes up but only when it has lasted <see cref="FirstSampleWithin"/>: each new subscription begins with it, and the server
/// answers with a value for each item. The query says it at once.
/// A tag whose quality flaps writes no event each time: a loss of one that is told to be armed is told at once, but from the third change within <see cref="SettleWithin"/> on the next
/// is told only when it has lasted so long, and then with how often and how long the tag was not armed. The query says the truth all the time.
/// </remarks>
internal sealed class ArmedLedger(EngineState state, EventSequence sequence, SilenceWatch silence)
{
    /// <summary>How long a new subscription may take to bring the first sample of each tag (OPC 10000-4 §5.13.1.3: sent with the first Publish response).</summary>
    internal static readonly TimeSpan FirstSampleWithin = TimeSpan.FromSeconds(10);

    /// <summary>How long a flapping tag has to stay as it is until that is told. Shorter fills journal and operators' minds, longer tells late that it is armed again.</summary>
    internal static readonly TimeSpan SettleWithin = TimeSpan.FromSeconds(10);

    private const uint InfoBits = 0x0000_FFFF;

    /// <summary>Derives whether an alarm can be made.</summary>
    public ArmedState Of(int alarm)
    {
        if (state.Unrecorded is { } unrecorded)
        {
            return new(ArmedReason.Unrecorded, unrecorded);
        }

        var watched = state.Rules[alarm].Tag;
        var isAboutQuality = state.Rules[alarm].Definition.Type == ConditionType.BadQuality;
        var first = ArmedState.Armed;
        foreach (var tag in state.ConeOf(alarm))
        {
            var (reason, text) = OfTag(tag);
            if (isAboutQuality && reason >= ArmedReason.BadQuality)
            {
                continue;
            }

            if (reason != ArmedReason.None && (first.IsArmed || reason < first.Reason))
            {
                first = new(reason, tag == watched ? text : $"{state.Configuration.Tags[tag].Name}: {text}");
            }
        }

        return first.IsArmed ? OfItself(alarm) : first;
    }

    /// <summary>Whether the condition of an alarm has an answer for values that are good; tells it if it changed.</summary>
    public void AlarmDefined(int alarm, bool isDefined, List<AlarmEvent> events)
    {
        ref var cell = ref state.Alarms[alarm];
        if (cell.IsUndefined == isDefined)
        {
            cell.IsUndefined = !isDefined;
            var kind = isDefined ? EventKind.ArmedRestored : EventKind.ArmedLost;
            sequence.AddAlarm(events, alarm, kind, EventCause.System, by: null, isDefined ? null : ArmedWords.Of(ArmedReason.Undefined, 0));
        }
    }

    private ArmedState OfTag(int tag)
    {
        ref var source = ref state.Sources[state.SourceOf(tag)];
        if (!source.IsUp)
        {
            return new(ArmedReason.SourceDown, source.DownReason ?? "not connected yet");
        }

        var (reason, code) = ReasonOf(in state.Tags[tag]);
        return new(reason, ArmedWords.Of(reason, code));
    }

    /// <summary>The source delivers.</summary>
    public void SourceUp(int index, List<AlarmEvent> events)
    {
        ref var source = ref state.Sources[index];
        source.IsUp = true;
        source.DownReason = null;
        source.FirstSamplesDue = state.Now + FirstSampleWithin;
        if (source.Announced != AnnouncedSource.Armed)
        {
            source.Announced = AnnouncedSource.Armed;
            sequence.AddSource(events, index, EventKind.ArmedRestored, reason: null);
        }
    }

    /// <summary>The source delivers nothing. While it stays so, other words for it are kept but not told: a PLC that is away for a day is one event.</summary>
    public void SourceDown(int index, string reason, List<AlarmEvent> events)
    {
        ref var source = ref state.Sources[index];
        source.IsUp = false;
        source.DownReason = reason;
        source.FirstSamplesDue = PlantTime.Never;
        if (source.Announced != AnnouncedSource.Lost)
        {
            source.Announced = AnnouncedSource.Lost;
            sequence.AddSource(events, index, EventKind.ArmedLost, reason);
        }
    }

    /// <summary>Something about the tag changed; tells it if it makes a difference.</summary>
    public void TagChanged(int index, List<AlarmEvent> events)
    {
        var (reason, code) = ReasonOf(in state.Tags[index]);
        if (reason is not (ArmedReason.NoSample or ArmedReason.NotAnswered))
        {
            Observe(index, reason, code, events);
        }
    }

    /// <summary>Does what is due first of a tag: tells what has lasted of a flapping one, and that a silent one is stale.</summary>
    /// <returns>The tag; -1 where nothing is due.</returns>
    public int FireDue(List<AlarmEvent> events)
    {
        if (state.TagDeadlines.Earliest > state.Now)
        {
            return -1;
        }

        var index = state.TagDeadlines.First;
        ref readonly var tag = ref state.Tags[index];
        if (tag.SettleDue <= tag.StaleDue)
        {
            Tell(index, tag.TruthSince, events);
        }
        else if (silence.IsOver(index))
        {
            TagChanged(index, events);
        }

        return index;
    }

    /// <summary>Something about the gateway itself began or ended; its own event tells it.</summary>
    public void GatewayChanged(SystemConditionChanged changed)
    {
        if (changed.Name == GatewayConditions.Unrecorded)
        {
            state.Unrecorded = changed.Active ? changed.Detail : null;
        }
    }

    /// <summary>The first samples of a source are due: tells each tag that has none.</summary>
    public void FirstSamplesDue(int source, List<AlarmEvent> events)
    {
        state.Sources[source].FirstSamplesDue = PlantTime.Never;
        foreach (var tag in state.TagsOf(source))
        {
            var (reason, code) = ReasonOf(in state.Tags[tag]);
            Observe(tag, reason, code, events);
        }
    }

    private void Observe(int index, ArmedReason reason, uint code, List<AlarmEvent> events)
    {
        ref var tag = ref state.Tags[index];
        if (tag.Truth == reason && tag.TruthCode == code)
        {
            return;
        }

        if (tag.SettleDue <= state.Now)
        {
            // it had lasted before it ended
            Tell(index, tag.TruthSince, events);
        }

        if (tag.Truth != ArmedReason.None)
        {
            tag.Unarmed += state.Now - tag.TruthSince;
        }
        else
        {
            tag.Losses++;
        }

        (tag.Truth, tag.TruthCode, tag.TruthSince) = (reason, code, state.Now);
        if (!tag.IsTold && !tag.IsFlapping)
        {
            Tell(index, state.Now, events);
        }

        state.ScheduleTag(index);
    }

    private void Tell(int index, PlantTime since, List<AlarmEvent> events)
    {
        ref var tag = ref state.Tags[index];
        var words = tag.Truth == ArmedReason.None && tag.IsFlapping ? ArmedWords.Of(tag.Losses, tag.Unarmed) : ArmedWords.Of(tag.Truth, tag.TruthCode);
        (tag.Announced, tag.AnnouncedCode) = (tag.Truth, tag.TruthCode);
        tag.IsFlapping = tag.Truth != ArmedReason.None && tag.ToldBefore != PlantTime.Zero && state.Now - tag.ToldBefore < SettleWithin;
        (tag.ToldBefore, tag.ToldAt) = (tag.ToldAt, state.Now);
        if (tag.Truth == ArmedReason.None)
        {
            (tag.Losses, tag.Unarmed) = (0, TimeSpan.Zero);
        }

        state.ScheduleTag(index);
        sequence.AddTag(events, index, tag.Truth == ArmedReason.None ? EventKind.ArmedRestored : EventKind.ArmedLost, since, words);
    }

    // that something suppresses it is told by the event of the suppression itself
    private ArmedState OfItself(int alarm)
    {
        ref readonly var cell = ref state.Handling[alarm];
        var reason = state.Alarms[alarm].IsUndefined ? ArmedReason.Undefined
            : cell.Service is not null ? ArmedReason.OutOfService
            : cell.IsSuppressedByDesign ? ArmedReason.SuppressedByDesign
            : cell.Shelf is not null ? ArmedReason.Shelved
            : ArmedReason.None;
        return new(reason, ArmedWords.Of(reason, reason switch
        {
            ArmedReason.OutOfService => cell.Service,
            ArmedReason.Shelved => cell.Shelf,
            _ => null,
        }));
    }

    private static (ArmedReason Reason, uint Code) ReasonOf(in TagCell tag)
    {
        if (tag.IsFaulted)
        {
            return (ArmedReason.EngineFault, 0);
        }

        if (tag.IsAnswered && !tag.Monitored.IsGood)
        {
            return (ArmedReason.NotMonitored, tag.Monitored.Code & ~InfoBits);
        }

        if (!tag.IsAnswered)
        {
            return (ArmedReason.NotAnswered, 0);
        }

        if (tag.Freshness == Freshness.None)
        {
            return (ArmedReason.NoSample, 0);
        }

        return tag.Silence == Silence.Stale ? (ArmedReason.Stale, 0u) : ReasonOf(in tag.Last, tag.IsUsable);
    }

    private static (ArmedReason Reason, uint Code) ReasonOf(in Sample sample, bool isUsable)
    {
        var code = sample.Quality.IsUnknown ? sample.Quality.Code : sample.Quality.Code & ~InfoBits;
        if (sample.Quality.IsBad)
        {
            return (ArmedReason.BadQuality, code);
        }

        if (!isUsable)
        {
            return (ArmedReason.NotComparable, 0);
        }

        if (sample.Quality.IsUncertain)
        {
            return (ArmedReason.UncertainQuality, code);
        }

        return code == 0 ? (ArmedReason.None, 0u) : (ArmedReason.DegradedQuality, code);
    }
}
