namespace EdgeAlarm.Historian.Storage;

/// <summary>The tables in SQLite: times as ISO 8601 in UTC, epochs as lower-case text. Each step brings the schema one version up and is never changed once released.</summary>
internal static class SqliteSchema
{
    internal static readonly IReadOnlyList<string> Steps =
    [
        """
        CREATE TABLE alarm_event (
            gateway text NOT NULL, epoch text NOT NULL, seq integer NOT NULL, kind text NOT NULL, alarm text, occurrence text,
            event_time text NOT NULL, stored_at text NOT NULL, priority text, area text, state text,
            payload text NOT NULL, content_hash blob NOT NULL, PRIMARY KEY (gateway, epoch, seq)) WITHOUT ROWID;
        CREATE INDEX alarm_event_by_time ON alarm_event (event_time);
        CREATE INDEX alarm_event_by_alarm ON alarm_event (alarm, event_time);
        CREATE TABLE alarm_current (
            gateway text NOT NULL, alarm text NOT NULL, state text NOT NULL, kind text NOT NULL, occurrence text, event_time text NOT NULL,
            priority text, area text, message text, epoch text NOT NULL, epoch_ordinal integer NOT NULL, seq integer NOT NULL,
            updated_at text NOT NULL, PRIMARY KEY (gateway, alarm));
        CREATE TABLE gateway_progress (
            gateway text NOT NULL, epoch text NOT NULL, ordinal integer NOT NULL, through integer NOT NULL, updated_at text NOT NULL,
            PRIMARY KEY (gateway, epoch));
        CREATE TABLE event_conflict (
            gateway text NOT NULL, epoch text NOT NULL, seq integer NOT NULL, stored_hash blob NOT NULL, content_hash blob NOT NULL,
            payload text NOT NULL, seen_at text NOT NULL, PRIMARY KEY (gateway, epoch, seq, content_hash));
        CREATE TABLE event_loss (
            gateway text NOT NULL, epoch text NOT NULL, first_seq integer NOT NULL, last_seq integer NOT NULL, reason text NOT NULL,
            recorded_at text NOT NULL, PRIMARY KEY (gateway, epoch, first_seq));
        CREATE TABLE event_rejected (
            gateway text NOT NULL, content_hash blob NOT NULL, payload blob NOT NULL, reason text NOT NULL, epoch text, seq integer,
            seen_at text NOT NULL, PRIMARY KEY (gateway, content_hash));
        """,
    ];
}
