using System.Buffers;

namespace EdgeAlarm.Engine;

/// <summary>
/// The state of the figures as canonical bytes: magic <c>EAKP</c>, version, then coverage, floods, persons, the days of the period, and the alarms by id. Its caller keeps it with
/// a checksum. Times of days are numbers of a byte or more, since most of them are nought.
/// </summary>
internal static class KpiSnapshot
{
    /// <summary>Raised with each change of the layout or of what is counted.</summary>
    private const uint Version = 1;

    private const uint Magic = 0x504B_4145;

    public static void Write(KpiState state, IBufferWriter<byte> output)
    {
        var writer = new SnapshotWriter(output);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(state.At.Ticks);
        writer.WriteVarint(state.Coverage.Sources);
        writer.Write(state.Coverage.Until.Ticks);
        writer.WriteVarint(state.Coverage.Up.Count);
        foreach (var source in state.Coverage.Up)
        {
            writer.Write(source);
        }

        Write(writer, state.Floods);
        writer.WriteVarint(state.Pace.ByPerson.Count);
        foreach (var (person, times) in state.Pace.ByPerson)
        {
            writer.Write(person);
            Write(writer, times);
        }

        writer.WriteVarint(state.Days.Present);
        for (var day = Math.Max(0, state.Days.First); day <= state.Days.Present; day++)
        {
            KpiDaySnapshot.Write(writer, state.Days[day]);
        }

        writer.WriteVarint(state.Tallies.All.Count);
        foreach (var tally in state.Tallies.All.Values)
        {
            Write(writer, tally);
        }
    }

    /// <summary>Reads the state back; null where the bytes are none of this version.</summary>
    public static KpiState? Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var reader = new SnapshotReader(bytes);
            return reader.ReadUInt32() == Magic && reader.ReadUInt32() == Version ? Read(ref reader) : null;
        }
        catch (InvariantViolation)
        {
            // figures can be counted again, and never keep a gateway from starting
            return null;
        }
    }

    private static KpiState Read(ref SnapshotReader reader)
    {
        var state = new KpiState { At = reader.ReadPlantTime() };
        state.Coverage.Sources = (int)reader.ReadVarint();
        state.Coverage.Until = reader.ReadPlantTime();
        for (var left = reader.ReadCount(int.MaxValue); left > 0; left--)
        {
            state.Coverage.SourceUp(Name(ref reader));
        }

        Read(ref reader, state.Floods);
        for (var left = reader.ReadCount(OperatorPace.PersonsMax); left > 0; left--)
        {
            var person = Name(ref reader);
            var times = new PlantTime[KpiRules.RubberStampCount];
            Read(ref reader, times);
            state.Pace.ByPerson[person] = times;
        }

        state.Days.Present = reader.ReadVarint();
        if (state.At < PlantTime.Zero || state.Days.Present != KpiRules.DayOf(state.At))
        {
            throw reader.Violation("its last day is not that of its last moment");
        }

        for (var day = Math.Max(0, state.Days.First); day <= state.Days.Present; day++)
        {
            KpiDaySnapshot.Read(ref reader, state.Days[day]);
        }

        for (var left = reader.ReadCount(int.MaxValue); left > 0; left--)
        {
            var tally = ReadTally(ref reader, Name(ref reader), state.Days);
            state.Tallies.All[tally.Id] = tally;
        }

        return reader.IsAtEnd ? state : throw reader.Violation("bytes are left over");
    }

    private static void Write(SnapshotWriter writer, FloodLog floods)
    {
        Write(writer, floods.Recent);
        writer.Write(floods.Since.Ticks);
        writer.WriteVarint(floods.Alarms);
        writer.WriteVarint(floods.Ended.Count);
        foreach (var flood in floods.Ended)
        {
            writer.Write(flood.Since.Ticks);
            writer.Write(flood.Until.Ticks);
            writer.WriteVarint(flood.Alarms);
        }
    }

    private static void Read(ref SnapshotReader reader, FloodLog floods)
    {
        Read(ref reader, floods.Recent);
        floods.Since = reader.ReadPlantTime();
        floods.Alarms = reader.ReadVarint();
        for (var left = reader.ReadCount(FloodLog.KeptMax); left > 0; left--)
        {
            floods.Ended.Add(new(reader.ReadPlantTime(), reader.ReadPlantTime(), reader.ReadVarint()));
        }
    }

    private static void Write(SnapshotWriter writer, AlarmTally tally)
    {
        writer.Write(tally.Id);
        writer.Write((byte)tally.Priority);
        writer.Write((byte)tally.State);
        writer.Write((byte)tally.Suppression);
        writer.Write(tally.IsCounted);
        writer.Write(tally.IsChattering);
        writer.Write(tally.ActiveSince.Ticks);
        writer.Write(tally.UnacknowledgedSince.Ticks);
        writer.Write(tally.LastActivation.Ticks);
        writer.Write(tally.FleetedAt.Ticks);
        writer.WriteVarint(tally.FleetedOn);
        writer.Write(tally.ShelvedSince.Ticks);
        writer.Write(tally.OutOfServiceSince.Ticks);
        foreach (var day in tally.Days)
        {
            writer.WriteVarint(day.Annunciated);
            writer.WriteVarint(day.Fleeting);
            writer.WriteVarint(day.Chattering);
        }
    }

    private static AlarmTally ReadTally(ref SnapshotReader reader, string id, KpiDays days)
    {
        const SuppressionStates All = SuppressionStates.Shelved | SuppressionStates.SuppressedByDesign | SuppressionStates.OutOfService;
        var tally = new AlarmTally(id)
        {
            Priority = (AlarmPriority)reader.ReadByte((byte)AlarmPriority.Journal),
            State = (LifecycleState)reader.ReadByte((byte)LifecycleState.LatchedAcknowledged),
            Suppression = (SuppressionStates)reader.ReadByte((byte)All),
            IsCounted = reader.ReadBoolean(),
            IsChattering = reader.ReadBoolean(),
            ActiveSince = reader.ReadPlantTime(),
            UnacknowledgedSince = reader.ReadPlantTime(),
            LastActivation = reader.ReadPlantTime(),
            FleetedAt = reader.ReadPlantTime(),
            FleetedOn = reader.ReadVarint(),
            ShelvedSince = reader.ReadPlantTime(),
            OutOfServiceSince = reader.ReadPlantTime(),
        };
        foreach (ref var day in tally.Days.AsSpan())
        {
            (day.Annunciated, day.Fleeting, day.Chattering) = ((int)reader.ReadVarint(), (int)reader.ReadVarint(), (int)reader.ReadVarint());
        }

        return tally.FleetedOn >= 0 && tally.FleetedOn <= days.Present ? tally : throw reader.Violation("something was counted on a day to come");
    }

    private static void Write(SnapshotWriter writer, PlantTime[] times)
    {
        foreach (var time in times)
        {
            writer.Write(time.Ticks);
        }
    }

    private static void Read(ref SnapshotReader reader, PlantTime[] times)
    {
        foreach (ref var time in times.AsSpan())
        {
            time = reader.ReadPlantTime();
        }
    }

    private static string Name(ref SnapshotReader reader) => reader.ReadString() ?? throw reader.Violation("something has no name");
}
