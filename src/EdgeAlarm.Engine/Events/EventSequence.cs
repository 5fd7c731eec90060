namespace EdgeAlarm.Engine;

/// <summary>Makes events and gives each its place in the dense sequence of the epoch.</summary>
internal sealed class EventSequence(EngineState state)
{
    /// <summary>Begins an epoch; the next event is its first.</summary>
    public void Start(Guid epoch)
    {
        state.Epoch = epoch;
        state.NextSeq = 1;
    }

    /// <summary>The recorded events go further than, or not as far as, the derived ones: the sequence goes on behind the recorded ones.</summary>
    public void GoOnAt(long nextSeq) => state.NextSeq = nextSeq;

    /// <summary>The occurrence that an Activated event begins if it is the next one.</summary>
    public OccurrenceId NextOccurrence => new(state.Epoch, state.NextSeq);

    /// <summary>Tells a change of an alarm's condition; its cells hold the new state already. The last sample of the watched tag goes with it, if one speaks for the present.</summary>
    public void AddAlarm(List<AlarmEvent> events, int alarm, EventKind kind, PlantTime conditionTime, EventFlags flags, SuppressionStates suppression, string? reason) =>
        events.Add(Next(kind, flags.HasFlag(EventFlags.Reconfigured) ? EventCause.Configuration : EventCause.Process, alarm, reason) with
        {
            ConditionTime = conditionTime,
            Suppression = suppression,
            Sample = state.Tags[state.Rules[alarm].Tag] is { Freshness: not Freshness.None } tag ? tag.Last : null,
            Flags = flags,
        });

    /// <summary>Tells what happened to an alarm where no sample stands behind it.</summary>
    public void AddAlarm(List<AlarmEvent> events, int alarm, EventKind kind, EventCause cause, string? by, string? reason) =>
        events.Add(Next(kind, cause, alarm, reason) with { By = by });

    /// <summary>Tells that an operator inhibits an alarm, and from when until when.</summary>
    public void AddInhibition(List<AlarmEvent> events, int alarm, EventKind kind, Inhibition inhibition) =>
        events.Add(Next(kind, EventCause.Operator, alarm, inhibition.Reason) with { By = inhibition.By, Interval = (inhibition.Since, inhibition.Until) });

    /// <summary>Tells that a command was refused; of an alarm that there is not, at the gateway, under the name that was given.</summary>
    public void AddRefusal(List<AlarmEvent> events, int alarm, OperatorCommand command, string reason) => events.Add(
        (alarm < 0 ? Next(EventKind.CommandRefused, EventCause.Operator, source: -1) with { Name = command.Alarm, Reason = reason } : Next(EventKind.CommandRefused, EventCause.Operator, alarm, reason))
        with { By = command.By });

    /// <summary>Tells the begin or the end of an alarm flood.</summary>
    public void AddFlood(List<AlarmEvent> events, EventKind kind, PlantTime since, string reason) =>
        events.Add(Next(kind, EventCause.Process, source: -1) with { Reason = reason, Interval = (since, state.Now) });

    /// <summary>Tells something about a tag.</summary>
    public void AddTag(List<AlarmEvent> events, int tag, EventKind kind, string? reason) =>
        events.Add(Next(kind, EventCause.System, state.SourceOf(tag)) with { Tag = tag, Reason = reason });

    /// <summary>Tells that a tag is, or is not, armed since a moment.</summary>
    public void AddTag(List<AlarmEvent> events, int tag, EventKind kind, PlantTime since, string? reason) =>
        events.Add(Next(kind, EventCause.System, state.SourceOf(tag)) with { Tag = tag, ConditionTime = since, Reason = reason });

    /// <summary>Tells something about a source.</summary>
    public void AddSource(List<AlarmEvent> events, int source, EventKind kind, string? reason) =>
        events.Add(Next(kind, EventCause.System, source) with { Source = source, Reason = reason });

    /// <summary>Tells an interval in which samples were lost.</summary>
    public void AddGap(List<AlarmEvent> events, GapFound gap, string reason) =>
        events.Add(Next(EventKind.Gap, EventCause.System, gap.Source) with
        {
            Source = gap.Source,
            Tag = gap.Tag ?? -1,
            Reason = reason,
            Interval = (gap.Start, gap.End),
        });

    /// <summary>Tells something about the gateway itself.</summary>
    public void AddGateway(List<AlarmEvent> events, EventKind kind, EventCause cause, string? name, string? reason) =>
        events.Add(Next(kind, cause, source: -1) with { Name = name, Reason = reason });

    private AlarmEvent Next(EventKind kind, EventCause cause, int alarm, string? reason)
    {
        var tag = state.Rules[alarm].Tag;
        ref readonly var cell = ref state.Handling[alarm];
        return Next(kind, cause, state.SourceOf(tag)) with
        {
            Alarm = alarm,
            Occurrence = cell.Occurrence,
            State = cell.Lifecycle,
            Suppression = cell.Suppression,
            Level = cell.IsStanding || IsAboutItsEnd(kind) ? cell.Level : AlarmLevel.None,
            Tag = tag,
            Reason = reason,
        };
    }

    // the indication ended with it, and it says of what level
    private static bool IsAboutItsEnd(EventKind kind) => kind is EventKind.Returned or EventKind.Acknowledged or EventKind.Reset or EventKind.Withdrawn;

    private AlarmEvent Next(EventKind kind, EventCause cause, int source)
    {
        var isMeasured = source >= 0 && state.Sources[source].IsMeasured;
        return new AlarmEvent
        {
            Epoch = state.Epoch,
            Seq = state.NextSeq++,
            Kind = kind,
            Cause = cause,
            At = state.Now,
            ConditionTime = state.Now,
            ClockOffset = isMeasured ? state.Sources[source].Offset : null,
            ClockSynchronised = isMeasured ? state.Sources[source].IsSynchronised : null,
        };
    }
}
