-- What the running host may do: append to the record, and change what is state or can be made again.
DO $$
DECLARE
    role text := current_setting('record.runtime_role');
    "table" record;
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', current_schema(), role);
    FOR "table" IN
        SELECT oid::regclass AS name, CASE relkind WHEN 'S' THEN 'USAGE' WHEN 'v' THEN 'SELECT' ELSE 'SELECT, INSERT, UPDATE, DELETE' END AS rights
        FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v', 'S')
    LOOP
        EXECUTE format('REVOKE ALL ON %s FROM %I', "table".name, role);
        EXECUTE format('GRANT %s ON %s TO %I', "table".rights, "table".name, role);
    END LOOP;
    EXECUTE format('REVOKE UPDATE, DELETE ON mt_events, mt_streams, seals, inbox, expired FROM %I', role);
    EXECUTE format('REVOKE UPDATE ON evidence, texts FROM %I', role);
    EXECUTE format('GRANT UPDATE (version, timestamp) ON mt_streams TO %I', role);
    EXECUTE format('GRANT TRUNCATE ON view_rows, event_index, incident_index, device_index, notification_index, device_hours, class_hours TO %I', role);
END $$;
