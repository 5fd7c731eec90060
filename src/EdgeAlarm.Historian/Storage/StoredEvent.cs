namespace EdgeAlarm.Historian.Storage;

/// <summary>One row of <c>alarm_event</c> as screens and evaluators read it.</summary>
/// <param name="Key">The key.</param>
/// <param name="Kind">Kind.</param>
/// <param name="Alarm">Alarm, or null.</param>
/// <param name="Occurrence">Occurrence, or null.</param>
/// <param name="EventTime">When it happened in the plant, UTC.</param>
/// <param name="StoredAt">When the centre stored it, UTC.</param>
/// <param name="Priority">Priority, or null.</param>
/// <param name="Area">Area, or null.</param>
/// <param name="Payload">The event as JSON; PostgreSQL orders its members anew.</param>
public sealed record StoredEvent(EventKey Key, string Kind, string? Alarm, string? Occurrence, DateTime EventTime, DateTime StoredAt, string? Priority, string? Area, string Payload);
