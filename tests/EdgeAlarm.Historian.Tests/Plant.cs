using System.Buffers;
using EdgeAlarm.Historian.Storage;
using EdgeAlarm.Wire;

namespace EdgeAlarm.Historian.Tests;

/// <summary>Makes the events of a small plant.</summary>
internal static class Plant
{
    internal static readonly Topics Gw1 = new("plant1", "gw1");
    internal static readonly Topics Gw2 = new("plant1", "gw2");
    internal static readonly Guid EpochA = Guid.Parse("0193a000-0000-7000-8000-00000000000a");
    internal static readonly Guid EpochB = Guid.Parse("0193b000-0000-7000-8000-00000000000b");
    internal static readonly Guid EpochC = Guid.Parse("0193c000-0000-7000-8000-00000000000c");
    internal static readonly DateTime Start = new(2026, 11, 23, 8, 0, 0, DateTimeKind.Utc);

    internal static EventMessage Message(long seq, string kind = "Activated", string? state = "Unacknowledged", string? alarm = "LT101_HI", Guid? epoch = null, Topics? gateway = null, string? text = null) => new()
    {
        Site = (gateway ?? Gw1).Site,
        Gateway = (gateway ?? Gw1).Gateway,
        Epoch = epoch ?? EpochA,
        Seq = seq,
        Kind = kind,
        Cause = "process",
        Alarm = alarm,
        Occurrence = alarm is null ? null : $"{epoch ?? EpochA}:{seq}",
        State = alarm is null ? null : state,
        Priority = "high",
        Area = "tanks",
        Message = text ?? "Level high",
        PlantTime = Start.AddSeconds(seq),
        ConditionTime = Start.AddSeconds(seq),
    };

    internal static byte[] Bytes(EventMessage message)
    {
        var output = new ArrayBufferWriter<byte>();
        EventJson.Write(output, message);
        return output.WrittenSpan.ToArray();
    }

    internal static IncomingEvent Incoming(EventMessage message) => IncomingEvent.Parse(new Topics(message.Site, message.Gateway), Bytes(message));

    internal static IncomingEvent Event(long seq, string kind = "Activated", string? state = "Unacknowledged", string? alarm = "LT101_HI", Guid? epoch = null, Topics? gateway = null, string? text = null) =>
        Incoming(Message(seq, kind, state, alarm, epoch, gateway, text));

    internal static IncomingEvent[] Events(int first, int last, Guid? epoch = null, Topics? gateway = null) =>
        [.. Enumerable.Range(first, last - first + 1).Select(seq => Event(seq, epoch: epoch, gateway: gateway))];

    /// <summary>Valid JSON and a valid event, but jsonb has no place for a NUL in a text.</summary>
    internal static byte[] UnstorableBytes(long seq) =>
        System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(Bytes(Message(seq))).Replace("{\"v\":1,", "{\"v\":1,\"newer\":\"\\u0000\",", StringComparison.Ordinal));

    internal static IncomingEvent Unstorable(long seq) => IncomingEvent.Parse(Gw1, UnstorableBytes(seq));
}
