using System.Buffers;
using System.Text.Json;
using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Configuration;
using EdgeAlarm.Gateway.Recorder;
using EdgeAlarm.Wire;

namespace EdgeAlarm.Gateway.Alarming;

/// <summary>Turns the engine's events into the bytes that are recorded and published: indexes become the names of the configuration. Equal events give equal bytes.</summary>
/// <param name="configuration">The configuration in force.</param>
public sealed class EventEncoder(NormalisedConfiguration configuration)
{
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);

    /// <summary>Encodes one event. Not thread-safe.</summary>
    public StoredEvent Encode(AlarmEvent alarmEvent)
    {
        _buffer.ResetWrittenCount();
        EventJson.Write(_buffer, Message(alarmEvent));
        return new(alarmEvent.Epoch, alarmEvent.Seq, _buffer.WrittenSpan.ToArray());
    }

    /// <summary>The event as a message.</summary>
    public EventMessage Message(AlarmEvent alarmEvent)
    {
        var alarms = configuration.Alarms;
        var alarm = alarmEvent.Alarm >= 0 ? alarms.Alarms[alarmEvent.Alarm] : null;
        var level = alarm?.LevelAt(alarmEvent.Level);
        var tag = alarmEvent.Tag >= 0 ? alarms.Tags[alarmEvent.Tag] : null;
        var source = alarmEvent.Source >= 0 ? alarmEvent.Source : tag?.Source ?? -1;
        var sample = alarmEvent.Sample;
        return new()
        {
            Site = configuration.Site,
            Gateway = configuration.Gateway,
            Epoch = alarmEvent.Epoch,
            Seq = alarmEvent.Seq,
            Kind = alarmEvent.Kind.ToString(),
            Cause = JsonNamingPolicy.CamelCase.ConvertName(alarmEvent.Cause.ToString()),
            Alarm = alarm?.Id,
            Occurrence = alarmEvent.Occurrence == OccurrenceId.None ? null : FormattableString.Invariant($"{alarmEvent.Occurrence.Epoch}:{alarmEvent.Occurrence.Seq}"),
            State = alarm is null ? null : alarmEvent.State.ToString(),
            Level = level?.Level.ToString(),
            Suppression = Words(alarmEvent.Suppression),
            Priority = alarm is null ? null : JsonNamingPolicy.CamelCase.ConvertName((level?.Priority ?? alarm.Priority).ToString()),
            Class = alarm?.Class,
            Area = alarm?.Area,
            Message = level?.Message ?? alarm?.Message,
            Source = source >= 0 ? alarms.Sources[source].Name : null,
            Tag = tag?.Name,
            Value = sample is { Value.Kind: not TagValueKind.None } ? sample.Value.Value.AsNumber() : null,
            Unit = tag is { Unit.Length: > 0 } ? tag.Unit : null,
            Setpoint = level?.Setpoint ?? (alarm is { Type: ConditionType.Limits } ? null : alarm?.Setpoint),
            Status = sample?.Quality.Code,
            SourceTime = Time(sample?.SourceTime),
            ServerTime = Time(sample?.ServerTime),
            ReceivedAt = Time(sample?.ReceivedAt),
            PlantTime = Time(alarmEvent.At.Ticks),
            ConditionTime = Time(alarmEvent.ConditionTime.Ticks),
            ClockOffsetMilliseconds = alarmEvent.ClockOffset?.TotalMilliseconds,
            ClockSynchronised = alarmEvent.ClockSynchronised,
            Flags = Words(alarmEvent.Flags),
            Name = alarmEvent.Name,
            By = alarmEvent.By,
            Reason = alarmEvent.Reason,
            IntervalStart = alarmEvent.Interval is { } begin ? Time(begin.Start.Ticks) : null,
            IntervalEnd = alarmEvent.Interval is { } end ? Time(end.End.Ticks) : null,
        };
    }

    // a PLC may send any 64 bits as its time: what no calendar has is told as the nearest that it has
    private static DateTime Time(long ticks) => new(Math.Clamp(ticks, 0, DateTime.MaxValue.Ticks), DateTimeKind.Utc);

    private static DateTime? Time(UtcTime? time) => time is { IsMissing: false } present ? Time(present.Ticks) : null;

    private static List<string> Words<T>(T flags)
        where T : struct, Enum
    {
        var words = new List<string>();
        foreach (var flag in Enum.GetValues<T>())
        {
            if (!EqualityComparer<T>.Default.Equals(flag, default) && flags.HasFlag(flag))
            {
                words.Add(JsonNamingPolicy.CamelCase.ConvertName(flag.ToString()));
            }
        }

        return words;
    }
}
