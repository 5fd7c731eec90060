using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Recorder;

/// <summary>Operators' commands as payloads of records, behind their plant time: identity and alarm, then what each has of its own.</summary>
internal static class CommandCodec
{
    public static void Write(JournalBuffer buffer, OperatorCommand command)
    {
        buffer.Write(command.CommandId);
        buffer.Write(command.Alarm);
        switch (command)
        {
            case AcknowledgeCommand acknowledge:
                buffer.Write(acknowledge.Occurrence.Epoch);
                buffer.Write(acknowledge.Occurrence.Seq);
                buffer.Write(acknowledge.By);
                buffer.Write(acknowledge.Comment);
                break;
            case ResetCommand reset:
                buffer.Write(reset.By);
                buffer.Write(reset.Comment);
                break;
            case ShelveCommand shelve:
                buffer.Write(shelve.For.Ticks);
                buffer.Write(shelve.IsOneShot ? (byte)1 : (byte)0);
                buffer.Write(shelve.By);
                buffer.Write(shelve.Reason);
                break;
            case UnshelveCommand unshelve:
                buffer.Write(unshelve.By);
                buffer.Write(unshelve.Comment);
                break;
            case RemoveFromServiceCommand remove:
                buffer.Write(remove.For.Ticks);
                buffer.Write(remove.By);
                buffer.Write(remove.Reason);
                buffer.Write(remove.ApprovedBy);
                break;
            case ReturnToServiceCommand back:
                buffer.Write(back.By);
                buffer.Write(back.Comment);
                break;
            default:
                throw new InvariantViolation($"{command.GetType().Name} has no record type.");
        }
    }

    public static OperatorCommand Read(RecordType type, PlantTime at, ref RecordPayload payload)
    {
        var id = payload.Guid();
        var alarm = payload.Text();
        return type switch
        {
            RecordType.AcknowledgeCommand => new AcknowledgeCommand(at, id, alarm, new(payload.Guid(), payload.Int64()), payload.Text(), payload.Text()),
            RecordType.ResetCommand => new ResetCommand(at, id, alarm, payload.Text(), payload.Text()),
            RecordType.ShelveCommand => new ShelveCommand(at, id, alarm, new(payload.Int64()), payload.Byte() != 0, payload.Text(), payload.Text()),
            RecordType.UnshelveCommand => new UnshelveCommand(at, id, alarm, payload.Text(), payload.Text()),
            RecordType.RemoveFromServiceCommand => new RemoveFromServiceCommand(at, id, alarm, new(payload.Int64()), payload.Text(), payload.Text(), payload.Text()),
            RecordType.ReturnToServiceCommand => new ReturnToServiceCommand(at, id, alarm, payload.Text(), payload.Text()),
            _ => throw new InvalidDataException($"A record of type {type} is no command."),
        };
    }
}
