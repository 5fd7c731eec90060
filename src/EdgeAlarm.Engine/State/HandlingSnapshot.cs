namespace EdgeAlarm.Engine;

/// <summary>The part of a snapshot that is about what was done with alarms: each alarm, suppression and first-out group in the order of its index, then the flood.</summary>
internal static class HandlingSnapshot
{
    public static void Write(SnapshotWriter writer, EngineState state)
    {
        writer.Write(state.WallClockMinusPlantTime.Ticks);
        foreach (ref readonly var alarm in state.Handling.AsSpan())
        {
            Write(writer, in alarm);
        }

        foreach (ref readonly var suppression in state.Suppressions.AsSpan())
        {
            writer.Write((byte)suppression.Phase);
            writer.Write(suppression.Since.Ticks);
            writer.Write(suppression.Due.Ticks);
        }

        foreach (ref readonly var group in state.FirstOuts.AsSpan())
        {
            writer.Write((uint)(group.First + 1));
            writer.Write(group.Time.Ticks);
        }

        Write(writer, state.Flood);
    }

    public static void Read(ref SnapshotReader reader, EngineState state)
    {
        state.WallClockMinusPlantTime = new(reader.ReadInt64());
        for (var alarm = 0; alarm < state.Handling.Length; alarm++)
        {
            Read(ref reader, ref state.Handling[alarm]);
            var isAbnormal = state.Handling[alarm].Lifecycle is LifecycleState.Unacknowledged or LifecycleState.Acknowledged;
            reader.Demand(state.Alarms[alarm].Condition == isAbnormal, "a condition and its lifecycle have come apart");
        }

        foreach (ref var suppression in state.Suppressions.AsSpan())
        {
            suppression.Phase = (SuppressionPhase)reader.ReadByte((byte)SuppressionPhase.Expired);
            suppression.Since = reader.ReadPlantTime();
            suppression.Due = reader.ReadPlantTime();
        }

        foreach (ref var group in state.FirstOuts.AsSpan())
        {
            var first = reader.ReadUInt32();
            reader.Demand(first <= (uint)state.Handling.Length, $"alarm {first} is the first of a group");
            group.First = (int)first - 1;
            group.Time = reader.ReadPlantTime();
        }

        Read(ref reader, state.Flood);
    }

    private static void Write(SnapshotWriter writer, in HandlingCell alarm)
    {
        writer.Write(alarm.Occurrence.Epoch);
        writer.Write(alarm.Occurrence.Seq);
        writer.Write((byte)alarm.Lifecycle);
        writer.Write((byte)alarm.Level);
        writer.Write(alarm.IsSuppressedByDesign);
        writer.Write(alarm.ReAlarmDue.Ticks);
        writer.Write(alarm.ResetDue.Ticks);
        writer.Write(alarm.Activations.Last.Ticks);
        writer.Write(alarm.Activations.Before.Ticks);
        writer.Write(alarm.Activations.BeforeThat.Ticks);
        writer.Write(alarm.QuietDue.Ticks);
        writer.Write((uint)alarm.Chatter);
        Write(writer, alarm.Shelf);
        Write(writer, alarm.Service);
    }

    private static void Read(ref SnapshotReader reader, ref HandlingCell alarm)
    {
        alarm.Occurrence = new(reader.ReadGuid(), reader.ReadInt64());
        alarm.Lifecycle = (LifecycleState)reader.ReadByte((byte)LifecycleState.LatchedAcknowledged);
        alarm.Level = (AlarmLevel)reader.ReadByte((byte)AlarmLevel.LoLo);
        alarm.IsSuppressedByDesign = reader.ReadBoolean();
        alarm.ReAlarmDue = reader.ReadPlantTime();
        alarm.ResetDue = reader.ReadPlantTime();
        alarm.Activations = new(reader.ReadPlantTime(), reader.ReadPlantTime(), reader.ReadPlantTime());
        alarm.QuietDue = reader.ReadPlantTime();
        alarm.Chatter = (int)reader.ReadUInt32();
        alarm.Shelf = ReadInhibition(ref reader);
        alarm.Service = ReadInhibition(ref reader);
    }

    private static void Write(SnapshotWriter writer, Inhibition? inhibition)
    {
        writer.Write(inhibition is not null);
        if (inhibition is not null)
        {
            writer.Write(inhibition.Since.Ticks);
            writer.Write(inhibition.Until.Ticks);
            writer.Write(inhibition.UntilUtc.Ticks);
            writer.Write(inhibition.IsOneShot);
            writer.Write(inhibition.By);
            writer.Write(inhibition.Reason);
        }
    }

    private static Inhibition? ReadInhibition(ref SnapshotReader reader) => reader.ReadBoolean()
        ? new(
            reader.ReadPlantTime(),
            reader.ReadPlantTime(),
            new(reader.ReadInt64()),
            reader.ReadBoolean(),
            reader.ReadString() ?? throw reader.Violation("an inhibition has no owner"),
            reader.ReadString() ?? throw reader.Violation("an inhibition has no reason"))
        : null;

    private static void Write(SnapshotWriter writer, FloodCell flood)
    {
        writer.Write(flood.IsFlood);
        writer.Write(flood.Since.Ticks);
        foreach (var (time, priority) in flood.Recent)
        {
            writer.Write(time.Ticks);
            writer.Write((byte)priority);
        }

        foreach (var count in flood.ByPriority)
        {
            writer.Write(count);
        }
    }

    private static void Read(ref SnapshotReader reader, FloodCell flood)
    {
        flood.IsFlood = reader.ReadBoolean();
        flood.Since = reader.ReadPlantTime();
        for (var index = 0; index < flood.Recent.Length; index++)
        {
            flood.Recent[index] = (reader.ReadPlantTime(), (AlarmPriority)reader.ReadByte((byte)AlarmPriority.Journal));
        }

        for (var index = 0; index < flood.ByPriority.Length; index++)
        {
            flood.ByPriority[index] = reader.ReadInt64();
        }
    }
}
