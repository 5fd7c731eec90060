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
        // The same views as in PostgreSQL.
        """
        ALTER TABLE alarm_current ADD COLUMN level text;
        UPDATE alarm_current SET level = (SELECT json_extract(e.payload, '$.level') FROM alarm_event e
            WHERE e.gateway = alarm_current.gateway AND e.epoch = alarm_current.epoch AND e.seq = alarm_current.seq);
        CREATE VIEW alarm_annunciated AS
            SELECT gateway, epoch, seq, alarm, occurrence, kind, json_extract(payload, '$.level') AS level, priority, area, json_extract(payload, '$.message') AS message,
                json_extract(payload, '$.times.plant') AS at
            FROM alarm_event
            WHERE alarm IS NOT NULL AND priority <> 'journal'
                AND (kind = 'ReAlarmed' OR (kind IN ('Activated', 'Worsened') AND json_extract(payload, '$.suppression') IS NULL
                    AND NOT EXISTS (SELECT 1 FROM json_each(payload, '$.flags') WHERE value = 'activeAtStart')));
        CREATE VIEW alarm_rate AS
            SELECT gateway, substr(at, 1, 15) || '0:00.0000000Z' AS ten_minutes, count(*) AS alarms FROM alarm_annunciated GROUP BY 1, 2;
        CREATE VIEW alarm_frequency AS
            SELECT gateway, substr(at, 1, 10) || 'T00:00:00.0000000Z' AS day, alarm, priority, count(*) AS alarms FROM alarm_annunciated GROUP BY 1, 2, 3, 4;
        CREATE VIEW alarm_standing AS
            SELECT gateway, alarm, state, level, priority, area, message, occurrence, event_time, updated_at FROM alarm_current WHERE state <> 'Normal';
        CREATE VIEW alarm_missing AS
            SELECT gateway, epoch, first_seq, last_seq, reason, recorded_at FROM event_loss
            UNION ALL SELECT gateway, epoch, seq, seq, 'came twice with different content', seen_at FROM event_conflict;
        """,
    ];
}
