using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Recorder;

/// <summary>Inputs as payloads of records. A new member goes to the end of its payload; readers of an older payload give it its default.</summary>
internal static class InputCodec
{
    public static RecordType Type(Input input) => input switch
    {
        NotificationReceived => RecordType.Notification,
        Tick => RecordType.Tick,
        SourceUp => RecordType.SourceUp,
        SourceDown => RecordType.SourceDown,
        SourceClockMeasured => RecordType.SourceClockMeasured,
        TagMonitored => RecordType.TagMonitored,
        GapFound => RecordType.GapFound,
        AcknowledgeCommand => RecordType.AcknowledgeCommand,
        ConfigurationChanged => RecordType.ConfigurationChanged,
        EpochStarted => RecordType.EpochStarted,
        GatewayStarted => RecordType.GatewayStarted,
        ClockStepped => RecordType.ClockStepped,
        InputSkipped => RecordType.InputSkipped,
        SystemConditionChanged => RecordType.SystemConditionChanged,
        ReplayMismatched => RecordType.ReplayMismatched,
        ResetCommand => RecordType.ResetCommand,
        ShelveCommand => RecordType.ShelveCommand,
        UnshelveCommand => RecordType.UnshelveCommand,
        RemoveFromServiceCommand => RecordType.RemoveFromServiceCommand,
        ReturnToServiceCommand => RecordType.ReturnToServiceCommand,
        _ => throw new InvariantViolation($"{input.GetType().Name} has no record type."),
    };

    public static void Write(JournalBuffer buffer, Input input)
    {
        buffer.Write(input.At.Ticks);
        switch (input)
        {
            case NotificationReceived message:
                buffer.WriteVarint((ulong)message.Source);
                buffer.Write(message.Subscription);
                buffer.Write(message.Sequence);
                break;
            case Tick:
                break;
            case SourceUp up:
                buffer.WriteVarint((ulong)up.Source);
                buffer.Write((byte)up.How);
                break;
            case SourceDown down:
                buffer.WriteVarint((ulong)down.Source);
                buffer.Write(down.Reason);
                break;
            case SourceClockMeasured measured:
                buffer.WriteVarint((ulong)measured.Source);
                buffer.Write(measured.Offset.Ticks);
                buffer.Write(measured.Synchronised ? (byte)1 : (byte)0);
                break;
            case TagMonitored monitored:
                buffer.WriteVarint((ulong)monitored.Tag);
                buffer.Write(monitored.Result.Code);
                break;
            case GapFound gap:
                buffer.WriteVarint((ulong)gap.Source);
                buffer.WriteZigZag(gap.Tag ?? -1);
                buffer.Write(gap.Start.Ticks);
                buffer.Write(gap.End.Ticks);
                buffer.Write((byte)gap.Cause);
                break;
            case OperatorCommand command:
                CommandCodec.Write(buffer, command);
                break;
            case ConfigurationChanged changed:
                buffer.Write(changed.Hash);
                break;
            case EpochStarted started:
                buffer.Write(started.Epoch);
                buffer.Write(started.Previous ?? Guid.Empty);
                buffer.Write(started.LastKnownSeq);
                buffer.Write(started.Reason);
                buffer.Write(started.IsUnrecorded ? (byte)1 : (byte)0);
                break;
            case GatewayStarted started:
                buffer.Write(started.WallClock.Ticks);
                buffer.Write(started.WallClockWentBack ? (byte)1 : (byte)0);
                break;
            case ClockStepped stepped:
                buffer.Write(stepped.Step.Ticks);
                break;
            case InputSkipped skipped:
                buffer.Write(skipped.Position);
                buffer.WriteZigZag(skipped.Tag ?? -1);
                buffer.Write(skipped.Reason);
                break;
            case SystemConditionChanged condition:
                buffer.Write(condition.Name);
                buffer.Write(condition.Active ? (byte)1 : (byte)0);
                buffer.Write(condition.Detail);
                break;
            case ReplayMismatched mismatched:
                buffer.Write(mismatched.FirstSeq);
                buffer.Write(mismatched.Detail);
                buffer.Write(mismatched.NextSeq);
                break;
            default:
                throw new InvariantViolation($"{input.GetType().Name} has no record type.");
        }
    }

    public static Input Read(RecordType type, ref RecordPayload payload)
    {
        var at = new PlantTime(payload.Int64());
        return type switch
        {
            RecordType.Notification => new NotificationReceived(at, payload.Count(), payload.UInt32(), payload.UInt32()),
            RecordType.Tick => new Tick(at),
            RecordType.SourceUp => new SourceUp(at, payload.Count(), (SourceRecovery)payload.Byte()),
            RecordType.SourceDown => new SourceDown(at, payload.Count(), payload.Text()),
            RecordType.SourceClockMeasured => new SourceClockMeasured(at, payload.Count(), new(payload.Int64()), payload.Byte() != 0),
            RecordType.TagMonitored => new TagMonitored(at, payload.Count(), new(payload.UInt32())),
            RecordType.GapFound => new GapFound(at, payload.Count(), OrNull(payload.ZigZag()), new(payload.Int64()), new(payload.Int64()), (GapCause)payload.Byte()),
            RecordType.AcknowledgeCommand or RecordType.ResetCommand or RecordType.ShelveCommand or RecordType.UnshelveCommand
                or RecordType.RemoveFromServiceCommand or RecordType.ReturnToServiceCommand => CommandCodec.Read(type, at, ref payload),
            RecordType.ConfigurationChanged => new ConfigurationChanged(at, payload.Text()),
            RecordType.EpochStarted => new EpochStarted(at, payload.Guid(), OrNull(payload.Guid()), payload.Int64(), payload.Text(), !payload.IsEmpty && payload.Byte() != 0),
            RecordType.GatewayStarted => new GatewayStarted(at, new(payload.Int64()), payload.Byte() != 0),
            RecordType.ClockStepped => new ClockStepped(at, new(payload.Int64())),
            RecordType.InputSkipped => new InputSkipped(at, payload.Int64(), OrNull(payload.ZigZag()), payload.Text()),
            RecordType.SystemConditionChanged => new SystemConditionChanged(at, payload.Text(), payload.Byte() != 0, payload.Text()),
            RecordType.ReplayMismatched => new ReplayMismatched(at, payload.Int64(), payload.Text(), payload.Int64()),
            RecordType.Event or RecordType.Commit or RecordType.Footer => throw new InvalidDataException($"A record of type {type} is no input."),
            _ => throw new InvalidDataException($"The record type {(byte)type} is not known to this build."),
        };
    }

    private static int? OrNull(long index) => index < 0 ? null : (int)index;

    private static Guid? OrNull(Guid value) => value == Guid.Empty ? null : value;
}
