-- A role for SCADA systems and reports: it reads the views of the historian and nothing else. Run it as the owner of the tables, with the right to make roles,
-- after the historian has started once; then: CREATE USER scada PASSWORD '...' IN ROLE edgealarm_reader. It may be run again.
DO $$ BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'edgealarm_reader') THEN
        CREATE ROLE edgealarm_reader NOLOGIN;
    END IF;
END $$;
GRANT SELECT ON alarm_annunciated, alarm_rate, alarm_frequency, alarm_standing, alarm_missing TO edgealarm_reader;
