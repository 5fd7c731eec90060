namespace EdgeAlarm.Historian.Storage;

/// <summary>Bytes that could not be read or stored as an event; they are parked in <c>event_rejected</c> with the reason, once for each content.</summary>
/// <param name="Gateway"><c>{site}/{gateway}</c> of the topic, or the topic itself where it names no gateway.</param>
/// <param name="Payload">The bytes as they came.</param>
/// <param name="ContentHash">Their SHA-256.</param>
/// <param name="Reason">Which member is wrong and why.</param>
/// <param name="Key">The event's key where at least that could be read: then a row of kind <see cref="IncomingEvent.RejectedKind"/> takes its place.</param>
public sealed record RejectedPayload(string Gateway, byte[] Payload, byte[] ContentHash, string Reason, EventKey? Key);
