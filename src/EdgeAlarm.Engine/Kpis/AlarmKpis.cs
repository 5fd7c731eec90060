using System.Buffers;

namespace EdgeAlarm.Engine;

/// <summary>
/// The figures of the alarm system (ISA-18.2 §16, IEC 62682) as a fold over its events, in bounded memory: the last <see cref="KpiRules.PeriodDays"/> UTC days. Bins are UTC by
/// plant time. The same events and signs of life give the same state, whatever was written aside and read back between.
/// </summary>
/// <remarks>
/// An alarm counts when it is annunciated: activated or annunciated again, and not suppressed. What was found active at a start and what has the priority journal is counted
/// apart. Not thread-safe; its one caller is the pump.
/// </remarks>
public sealed class AlarmKpis
{
    private readonly AlarmTallies _tallies;
    private readonly OperatorPace _pace;
    private readonly FloodLog _floods;
    private readonly CollectorCoverage _coverage;
    private readonly KpiDays _days;
    private readonly KpiState _state;

    /// <summary>Figures of which nothing is counted yet.</summary>
    public AlarmKpis()
        : this(new KpiState())
    {
    }

    private AlarmKpis(KpiState state)
    {
        _state = state;
        (_days, _coverage, _floods, _pace, _tallies) = (state.Days, state.Coverage, state.Floods, state.Pace, state.Tallies);
    }

    /// <summary>Says which sources there are: of how much time can be seen.</summary>
    /// <param name="sources">Their names, each once.</param>
    public void Configure(IReadOnlyCollection<string> sources) => _coverage.Configure(sources);

    /// <summary>The gateway lives, and nothing is to be told. Allocates nothing but where a day begins.</summary>
    /// <param name="at">Plant time; an earlier one than before changes nothing.</param>
    public void Advance(PlantTime at)
    {
        Reach(at);
        _coverage.Account(at);
    }

    /// <summary>Takes in an event.</summary>
    /// <param name="told">The event. Events come in their order.</param>
    public void Take(in KpiEvent told)
    {
        Reach(told.At);
        switch (told.Kind)
        {
            case EventKind.GatewayStarted:
                _coverage.Started(told.At);
                break;
            case EventKind.ArmedRestored when told.Source is { } source:
                _coverage.Account(told.At);
                _coverage.SourceUp(source);
                break;
            case EventKind.ArmedLost when told.Source is { } source:
                _coverage.Account(told.At);
                _coverage.SourceDown(source);
                break;
            case EventKind.FloodBegan:
                _floods.Began(told.Since);
                break;
            case EventKind.FloodEnded:
                _floods.End(told.Since, told.At);
                break;
            default:
                if (told.Alarm is not null)
                {
                    TakeOfAlarm(in told);
                }

                break;
        }
    }

    /// <summary>The figures as of the last event or sign of life; goes through all that is counted.</summary>
    public KpiReport Report() => KpiReporting.Of(_state);

    /// <summary>Writes the whole state; the same state gives the same bytes.</summary>
    /// <param name="output">Where to; some 20 bytes a bin and 150 an alarm that came within the period.</param>
    public void WriteSnapshot(IBufferWriter<byte> output) => KpiSnapshot.Write(_state, output);

    /// <summary>Builds the figures from a snapshot; they go on exactly as those would.</summary>
    /// <param name="snapshot">What <see cref="WriteSnapshot"/> wrote, whole.</param>
    /// <returns>Null where the bytes are none, or of a build that counted otherwise: then the events have to be counted again.</returns>
    public static AlarmKpis? Restore(ReadOnlySpan<byte> snapshot) => KpiSnapshot.Read(snapshot) is { } state ? new(state) : null;

    private void TakeOfAlarm(in KpiEvent told)
    {
        if (_tallies.Of(in told) is not { } tally)
        {
            return;
        }

        ref var counts = ref _days[_days.Present].Counts;
        switch (told.Kind)
        {
            case EventKind.Activated or EventKind.Worsened:
                Activated(tally, in told, ref counts);
                break;
            case EventKind.ReAlarmed:
                counts.ReAlarms += told.Priority == AlarmPriority.Journal ? 0 : 1;
                Annunciated(tally, in told, ref counts);
                break;
            case EventKind.Returned:
                Returned(tally, in told, ref counts);
                break;
            case EventKind.Acknowledged:
                Acknowledged(tally, in told, ref counts);
                break;
            case EventKind.Unshelved:
                Unshelved(tally, in told, ref counts);
                break;
            case EventKind.ChatteringBegan:
                tally.Days[KpiDays.PlaceOf(_days.Present)].Chattering++;
                tally.IsChattering = true;
                break;
            case EventKind.ChatteringEnded:
                tally.IsChattering = false;
                break;
            default:
                break;
        }

        AlarmTallies.Stand(tally, in told);
    }

    private void Activated(AlarmTally tally, in KpiEvent told, ref KpiCounts counts)
    {
        tally.IsChattering = tally.IsChatteringAt(told.At);
        (tally.LastActivation, tally.IsCounted, tally.UnacknowledgedSince) = (told.At, false, PlantTime.Zero);
        if (tally.FleetedAt != PlantTime.Never && told.ConditionTime - tally.FleetedAt <= KpiRules.FleetingRepeat && _days.Has(tally.FleetedOn))
        {
            // it came again at once, annunciated or not: it was not gone
            tally.Days[KpiDays.PlaceOf(tally.FleetedOn)].Fleeting--;
        }

        tally.FleetedAt = PlantTime.Never;
        if (told.Suppression != SuppressionStates.None)
        {
            counts.Hidden += told.Priority == AlarmPriority.Journal ? 0 : 1;
        }
        else if (told.Flags.HasFlag(EventFlags.ActiveAtStart) && told.Priority != AlarmPriority.Journal)
        {
            counts.ActiveAtStart++;
        }
        else
        {
            Annunciated(tally, in told, ref counts);
        }
    }

    private void Annunciated(AlarmTally tally, in KpiEvent told, ref KpiCounts counts)
    {
        if (told.Priority == AlarmPriority.Journal)
        {
            counts.Journal++;
            return;
        }

        tally.IsCounted = true;
        tally.Days[KpiDays.PlaceOf(_days.Present)].Annunciated++;
        _days[_days.Present].ByPriority[(int)told.Priority]++;
        _days.BinOf(told.At).Annunciated++;
        _floods.Annunciated(told.At);
    }

    private void Returned(AlarmTally tally, in KpiEvent told, ref KpiCounts counts)
    {
        if (!tally.IsCounted)
        {
            return;
        }

        counts.ReturnedUnacknowledged += told.State is LifecycleState.ReturnedUnacknowledged or LifecycleState.LatchedUnacknowledged ? 1 : 0;
        if (told.Flags.HasFlag(EventFlags.Fleeting))
        {
            tally.Days[KpiDays.PlaceOf(_days.Present)].Fleeting++;
            (tally.FleetedAt, tally.FleetedOn) = (told.ConditionTime, _days.Present);
        }
    }

    private void Acknowledged(AlarmTally tally, in KpiEvent told, ref KpiCounts counts)
    {
        counts.Acknowledged++;
        var after = told.At - tally.UnacknowledgedSince;
        var isRubberStamp = _pace.Acknowledged(told.By ?? string.Empty, told.At);
        if (tally.UnacknowledgedSince != PlantTime.Zero && tally.IsCounted)
        {
            isRubberStamp |= after < KpiRules.ReadWithin;
            if (tally.Priority != AlarmPriority.Journal)
            {
                // annunciated once, and edited or eased since to what is only recorded
                _days[_days.Present].Responses[(int)tally.Priority].Add(after);
            }
        }

        counts.RubberStamped += isRubberStamp ? 1 : 0;
    }

    private static void Unshelved(AlarmTally tally, in KpiEvent told, ref KpiCounts counts)
    {
        if (tally.ShelvedSince == PlantTime.Zero)
        {
            return;
        }

        var ticks = (told.At - tally.ShelvedSince).Ticks;
        counts.Shelvings++;
        counts.ShelvingsExpired += told.Cause == EventCause.System ? 1 : 0;
        counts.ShelvingsByOperator += told.Cause == EventCause.Operator ? 1 : 0;
        counts.ShelvedTicks += ticks;
        counts.ShelvedTicksMax = Math.Max(counts.ShelvedTicksMax, ticks);
    }

    // the days up to a time begin, one after the other
    private void Reach(PlantTime at)
    {
        _state.At = PlantTime.Max(_state.At, at);
        var day = KpiRules.DayOf(at);
        if (day <= _days.Present)
        {
            return;
        }

        if (_days.Present != 0)
        {
            _days[_days.Present].Counts.Stale = _tallies.StaleAt(KpiRules.BeginOf(_days.Present + 1));
        }

        var first = Math.Max(_days.Present + 1, day - KpiRules.PeriodDays + 1);
        for (var next = first; next <= day; next++)
        {
            _days.Present = next;
            _days[next].Clear();
            if (next < day)
            {
                _days[next].Counts.Stale = _tallies.StaleAt(KpiRules.BeginOf(next + 1));
            }
        }

        _tallies.Forget(first, day);
    }
}
