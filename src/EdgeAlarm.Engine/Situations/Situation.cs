namespace EdgeAlarm.Engine;

/// <summary>
/// All that decides how an engine of one alarm goes on, as bytes: without what only names things (epoch, seq, words, who shelved), and with times as distances from the present, so that the same
/// situation at another time has the same bytes.
/// </summary>
internal static class Situation
{
    private const int BytesOfCell = 128;
    private const int BytesOfWord = 12;

    /// <summary>The most bytes that a situation takes.</summary>
    public static int LengthMax(EngineState state) =>
        (BytesOfCell * (state.Sources.Length + state.Tags.Length + state.Alarms.Length + state.Suppressions.Length + 2)) + (BytesOfWord * (state.Memory.Length + state.Alarms.Length));

    /// <summary>Writes it.</summary>
    /// <returns>How many bytes it has.</returns>
    public static int Write(EngineState state, int alarm, TimeSpan past, Span<byte> output)
    {
        var writer = new SituationWriter(output, state.Now.Ticks, past.Ticks);
        writer.Byte(Bit(state.Unrecorded is not null, 0));
        foreach (ref readonly var source in state.Sources.AsSpan())
        {
            Write(ref writer, in source);
        }

        foreach (ref readonly var tag in state.Tags.AsSpan())
        {
            Write(ref writer, in tag);
        }

        for (var index = 0; index < state.Alarms.Length; index++)
        {
            Write(ref writer, in state.Alarms[index]);
            RememberedSituation.Write(ref writer, state.MemoryOf(index), state.Rules[index].Definition);
        }

        foreach (ref readonly var suppression in state.Suppressions.AsSpan())
        {
            writer.Byte((int)suppression.Phase);
            writer.Time(suppression.Since);
            writer.Time(suppression.Due);
        }

        Write(ref writer, in state.Handling[alarm], state.WallClockMinusPlantTime);
        return writer.Length;
    }

    private static void Write(ref SituationWriter writer, in SourceCell source)
    {
        writer.Byte(Bit(source.IsUp, 0) | Bit(source.IsMeasured, 1) | Bit(source.IsSynchronised, 2) | ((int)source.Announced << 3));
        writer.Time(source.FirstSamplesDue);
        writer.Number(source.Offset.Ticks);
    }

    private static void Write(ref SituationWriter writer, in TagCell tag)
    {
        var isKnown = tag.Freshness != Freshness.None;
        writer.Byte(Bit(tag.HasSample, 0) | Bit(tag.IsAnswered, 1) | Bit(tag.IsFaulted, 2) | ((int)tag.Freshness << 3) | ((int)tag.Discontinuity << 5) | Bit(tag.IsUnbroken, 7));
        writer.Number(tag.Monitored.Code);
        writer.Byte((int)tag.Announced);
        writer.Number(tag.AnnouncedCode);
        writer.Byte((int)tag.Truth | Bit(tag.IsFlapping, 7));
        writer.Number(tag.TruthCode);
        writer.Time(tag.IsFlapping ? tag.TruthSince : PlantTime.Zero);
        writer.Time(tag.ToldAt);
        writer.Time(tag.ToldBefore);
        writer.Byte((int)tag.Silence);
        writer.Time(tag.StaleDue);
        if (!tag.HasSample)
        {
            return;
        }

        writer.Time(tag.ConditionTime);
        writer.Time(tag.Updated);
        writer.Byte(Bit(tag.Last.SourceTime.IsMissing, 0));
        writer.Time(tag.Last.SourceTime.Ticks, writer.Now);
        writer.Number((long)tag.Flags);
        if (isKnown)
        {
            writer.Byte((int)tag.Last.Value.Kind);
            writer.Bits(tag.Last.Value.Bits);
            writer.Number(tag.Last.Quality.Code);
        }
    }

    private static void Write(ref SituationWriter writer, in AlarmCell alarm)
    {
        writer.Byte(Bit(alarm.Condition, 0) | Bit(alarm.IsHeld, 1) | Bit(alarm.IsUndefined, 2) | Bit(alarm.IsPending, 3) | Bit(alarm.IsAhead, 4));
        writer.Time(alarm.Since);
        writer.Time(alarm.TurnsAt);
        if (alarm.IsPending)
        {
            writer.Time(alarm.Deadline);
            writer.Time(alarm.PendingSince);
            writer.Number((long)alarm.PendingFlags);
        }

        if (alarm.IsHeld)
        {
            writer.Time(alarm.HeldSince);
        }
    }

    private static void Write(ref SituationWriter writer, in HandlingCell alarm, TimeSpan wallClockMinusPlantTime)
    {
        writer.Byte(alarm.Lifecycle is LifecycleState.Unacknowledged or LifecycleState.Acknowledged ? (int)alarm.Level : 0);
        writer.Byte((int)alarm.Lifecycle | Bit(alarm.IsSuppressedByDesign, 3) | Bit(alarm.Occurrence != OccurrenceId.None, 4) | Bit(alarm.Chatter > 0, 5));
        writer.Time(alarm.ReAlarmDue);
        writer.Time(alarm.ResetDue);
        writer.Time(alarm.QuietDue);

        // the third last activation was looked at when the last one came, and never is again
        writer.Time(alarm.Activations.Last);
        writer.Time(alarm.Activations.Before);
        Write(ref writer, alarm.Shelf, wallClockMinusPlantTime);
        Write(ref writer, alarm.Service, wallClockMinusPlantTime);
    }

    private static void Write(ref SituationWriter writer, Inhibition? inhibition, TimeSpan wallClockMinusPlantTime)
    {
        writer.Byte(inhibition is null ? 0 : inhibition.IsOneShot ? 1 : 2);
        if (inhibition is not null)
        {
            writer.Time(inhibition.Since);
            writer.Time(inhibition.Until);
            writer.Time(inhibition.UntilUtc.Ticks, writer.Now + wallClockMinusPlantTime.Ticks);
        }
    }

    private static int Bit(bool holds, int place) => holds ? 1 << place : 0;
}
