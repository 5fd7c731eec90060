namespace EdgeAlarm.Historian.Storage;

/// <summary>The tables in PostgreSQL. Each step brings the schema one version up and is never changed once released.</summary>
internal static class PostgresSchema
{
    internal static readonly IReadOnlyList<string> Steps =
    [
        """
        CREATE TABLE alarm_event (
            gateway text NOT NULL, epoch uuid NOT NULL, seq bigint NOT NULL, kind text NOT NULL, alarm text, occurrence text,
            event_time timestamptz NOT NULL, stored_at timestamptz NOT NULL, priority text, area text, state text,
            payload jsonb NOT NULL, content_hash bytea NOT NULL, PRIMARY KEY (gateway, epoch, seq));
        CREATE INDEX alarm_event_by_time ON alarm_event (event_time);
        CREATE INDEX alarm_event_by_alarm ON alarm_event (alarm, event_time);
        CREATE TABLE alarm_current (
            gateway text NOT NULL, alarm text NOT NULL, state text NOT NULL, kind text NOT NULL, occurrence text, event_time timestamptz NOT NULL,
            priority text, area text, message text, epoch uuid NOT NULL, epoch_ordinal bigint NOT NULL, seq bigint NOT NULL,
            updated_at timestamptz NOT NULL, PRIMARY KEY (gateway, alarm));
        CREATE TABLE gateway_progress (
            gateway text NOT NULL, epoch uuid NOT NULL, ordinal bigint NOT NULL, through bigint NOT NULL, updated_at timestamptz NOT NULL,
            PRIMARY KEY (gateway, epoch));
        CREATE TABLE event_conflict (
            gateway text NOT NULL, epoch uuid NOT NULL, seq bigint NOT NULL, stored_hash bytea NOT NULL, content_hash bytea NOT NULL,
            payload text NOT NULL, seen_at timestamptz NOT NULL, PRIMARY KEY (gateway, epoch, seq, content_hash));
        CREATE TABLE event_loss (
            gateway text NOT NULL, epoch uuid NOT NULL, first_seq bigint NOT NULL, last_seq bigint NOT NULL, reason text NOT NULL,
            recorded_at timestamptz NOT NULL, PRIMARY KEY (gateway, epoch, first_seq));
        CREATE TABLE event_rejected (
            gateway text NOT NULL, content_hash bytea NOT NULL, payload bytea NOT NULL, reason text NOT NULL, epoch uuid, seq bigint,
            seen_at timestamptz NOT NULL, PRIMARY KEY (gateway, content_hash));
        """,
    ];
}
