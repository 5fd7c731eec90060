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
        // Annunciated is what the gateway's own figures count; times are the gateway's plant time, days and bins those of UTC.
        """
        ALTER TABLE alarm_current ADD COLUMN level text;
        UPDATE alarm_current c SET level = e.payload->>'level' FROM alarm_event e WHERE e.gateway = c.gateway AND e.epoch = c.epoch AND e.seq = c.seq;
        CREATE VIEW alarm_annunciated AS
            SELECT gateway, epoch, seq, alarm, occurrence, kind, payload->>'level' AS level, priority, area, payload->>'message' AS message, (payload->'times'->>'plant')::timestamptz AS at
            FROM alarm_event
            WHERE alarm IS NOT NULL AND priority <> 'journal'
                AND (kind = 'ReAlarmed' OR (kind IN ('Activated', 'Worsened') AND payload->'suppression' IS NULL AND NOT coalesce(payload->'flags' ? 'activeAtStart', false)));
        CREATE VIEW alarm_rate AS
            SELECT gateway, date_bin('10 minutes', at, timestamptz '2000-01-01 00:00:00Z') AS ten_minutes, count(*) AS alarms FROM alarm_annunciated GROUP BY 1, 2;
        CREATE VIEW alarm_frequency AS
            SELECT gateway, date_bin('1 day', at, timestamptz '2000-01-01 00:00:00Z') AS day, alarm, priority, count(*) AS alarms FROM alarm_annunciated GROUP BY 1, 2, 3, 4;
        CREATE VIEW alarm_standing AS
            SELECT gateway, alarm, state, level, priority, area, message, occurrence, event_time, updated_at FROM alarm_current WHERE state <> 'Normal';
        CREATE VIEW alarm_missing AS
            SELECT gateway, epoch, first_seq, last_seq, reason, recorded_at FROM event_loss
            UNION ALL SELECT gateway, epoch, seq, seq, 'came twice with different content', seen_at FROM event_conflict;
        """,
    ];
}
