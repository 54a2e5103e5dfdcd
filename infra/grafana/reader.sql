-- What Grafana may read of the record, and nothing else: the views below. A deployment runs it by the role that owns the record's tables,
-- after 'schema apply' and after each upgrade; run again, it changes nothing. The role that reads has to be there.
--   psql "… options='-c search_path=iomtad -c record.reader_role=iomtad_reader'" -v ON_ERROR_STOP=1 -f infra/grafana/reader.sql
-- The views read by their owner's rights, so that the reader needs none on the tables. Left out are: what people wrote (notes, reasons,
-- whatever names an account), texts of messages and servers' answers, which may name a recipient, evidence, and the events' own text.
-- Times are there twice: for people, and in ticks of 100 ns since the year 1, by which the tables are indexed.
BEGIN;
SET LOCAL client_min_messages = warning;
CREATE SCHEMA IF NOT EXISTS panels;

CREATE OR REPLACE FUNCTION panels.ticks(at timestamptz) RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT 621355968000000000 + (extract(epoch FROM at) * 10000000)::bigint $$;
CREATE OR REPLACE FUNCTION panels.moment(ticks bigint) RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT 'epoch'::timestamptz + ((ticks - 621355968000000000) / 10) * interval '1 microsecond' $$;
-- jsonb has no place for the character 0, which a text may hold escaped.
CREATE OR REPLACE FUNCTION panels.json(data text) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT replace(data, '\u0000', '\ufffd')::jsonb $$;
CREATE OR REPLACE FUNCTION panels.severity(rank integer) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT (ARRAY['Low', 'Medium', 'High', 'Critical'])[rank + 1] $$;

-- One row each: the index says when and how severe, the row says why. Where only the index is asked for, only the index is read.
DROP VIEW IF EXISTS panels.incidents;
CREATE VIEW panels.incidents AS
SELECT i.incident, i.number, i.open, i.opened_at AS opened_ticks, panels.moment(i.opened_at) AS opened_at, panels.moment(i.seen_at) AS seen_at,
    i.severity AS severity_rank, panels.severity(i.severity) AS severity, i.device, i.ward,
    (ARRAY['Behaviour', 'Silence', 'SkippedTraffic'])[i.kind + 1] AS incident_kind, i.class, i.technique,
    (ARRAY['TrueAttack', 'Malfunction', 'FalseAlarm', 'Maintenance'])[i.disposition + 1] AS disposition,
    COALESCE(panels.json(r.data) -> 'device' ->> 'kind', 'unknown') AS kind, panels.json(r.data) ->> 'summary' AS why,
    (panels.json(r.data) ->> 'highestScore')::double precision AS score, (panels.json(r.data) ->> 'segments')::bigint AS segments,
    panels.json(r.data) ->> 'acknowledgedAt' IS NOT NULL AS acknowledged, (panels.json(r.data) ->> 'closedAt')::timestamptz AS closed_at
FROM incident_index AS i LEFT JOIN view_rows AS r ON r.view = 'incidents' AND r.key = i.incident;

DROP VIEW IF EXISTS panels.devices;
CREATE VIEW panels.devices AS
SELECT d.device, d.ward, COALESCE(panels.json(r.data) -> 'device' ->> 'kind', 'unknown') AS kind,
    COALESCE((panels.json(r.data) ->> 'isSilent')::boolean, false) AS silent,
    (panels.json(r.data) ->> 'silenceLimitSeconds')::double precision AS silence_limit_seconds,
    (panels.json(r.data) ->> 'discoveredAt')::timestamptz AS discovered_at, (panels.json(r.data) ->> 'incidents')::bigint AS incidents,
    COALESCE(open.incidents, 0) AS open_incidents, open.worst AS worst_rank, panels.severity(open.worst) AS worst,
    heard.ns AS heard_ns, 'epoch'::timestamptz + heard.ns / 1000 * interval '1 microsecond' AS heard_at
FROM device_index AS d
LEFT JOIN view_rows AS r ON r.view = 'devices' AND r.key = d.device
LEFT JOIN (SELECT device, count(*) AS incidents, max(severity) AS worst FROM incident_index WHERE open GROUP BY device) AS open ON open.device = d.device
LEFT JOIN (SELECT translate(lower(address), '-', ':') AS address, max((data::jsonb ->> 'lastSeen')::bigint) AS ns FROM watches GROUP BY 1) AS heard
    ON heard.address = translate(lower(panels.json(r.data) -> 'device' ->> 'address'), '-', ':');

DROP VIEW IF EXISTS panels.device_hours;
CREATE VIEW panels.device_hours AS
SELECT hour * 36000000000 AS ticks, panels.moment(hour * 36000000000) AS at, hour, device, ward, incidents, segments FROM device_hours;

DROP VIEW IF EXISTS panels.class_hours;
CREATE VIEW panels.class_hours AS
SELECT hour * 36000000000 AS ticks, panels.moment(hour * 36000000000) AS at, hour, COALESCE(class, 'unnamed') AS class, technique, segments FROM class_hours;

-- How many segments scored within one tenth: bin 12 is from 1.2 to below 1.3, the last, 60, all from 6 on.
DROP VIEW IF EXISTS panels.score_hours;
CREATE VIEW panels.score_hours AS
SELECT hour * 36000000000 AS ticks, panels.moment(hour * 36000000000) AS at, hour, model AS version, bin, segments, strange FROM score_hours;

DROP VIEW IF EXISTS panels.events;
CREATE VIEW panels.events AS
SELECT position, time AS ticks, panels.moment(time) AS at, type, device, ward, features FROM event_index;

-- Of a model's events what it is, what it replaces and what it is worth; not the reason, in which people write.
DROP VIEW IF EXISTS panels.model_changes;
CREATE VIEW panels.model_changes WITH (security_barrier = true) AS
SELECT e.position, e.time AS ticks, panels.moment(e.time) AS at, e.type, e.data ->> 'model' AS model, e.data ->> 'version' AS version,
    COALESCE(e.data ->> 'replaces', e.data ->> 'current') AS earlier, (e.data ->> 'threshold')::double precision AS threshold,
    COALESCE(e.data ->> 'falseAlarmRate', e.data -> 'figures' ->> 'benignFalseAlarmRate')::double precision AS false_alarm_rate,
    (e.data -> 'figures' ->> 'macroAuc')::double precision AS auc, (e.data -> 'figures' ->> 'macroRecallAt1Percent')::double precision AS recall,
    (e.data -> 'figures' ->> 'macroF1')::double precision AS f1
FROM (
    SELECT i.position, i.time, i.type, panels.json(m.data ->> 'text') AS data
    FROM event_index AS i JOIN mt_events AS m ON (m.data ->> 'position')::bigint = i.position
    WHERE i.type IN ('ModelTrained', 'ThresholdTuned', 'ModelPromoted', 'ModelRejected', 'ModelRolledBack')) AS e;

DROP VIEW IF EXISTS panels.models;
CREATE VIEW panels.models WITH (security_barrier = true) AS
SELECT key AS model, panels.json(data) ->> 'current' AS version, panels.json(data) ->> 'before' AS before, (panels.json(data) ->> 'changes')::bigint AS changes
FROM view_rows WHERE view = 'models';

DROP VIEW IF EXISTS panels.notifications;
CREATE VIEW panels.notifications AS
SELECT n.notification, n.requested_at AS requested_ticks, panels.moment(n.requested_at) AS requested_at,
    (ARRAY['Waiting', 'Failed', 'Delivered'])[n.state + 1] AS state, n.state AS state_rank, panels.json(r.data) ->> 'channel' AS channel,
    panels.json(r.data) ->> 'purpose' AS purpose, panels.json(r.data) ->> 'severity' AS severity, panels.json(r.data) ->> 'deviceId' AS device,
    panels.json(r.data) ->> 'incidentId' AS incident, (panels.json(r.data) ->> 'attempts')::bigint AS attempts,
    (panels.json(r.data) ->> 'deliveredAt')::timestamptz AS delivered_at,
    extract(epoch FROM (panels.json(r.data) ->> 'deliveredAt')::timestamptz - panels.moment(n.requested_at))::double precision AS seconds
FROM notification_index AS n LEFT JOIN view_rows AS r ON r.view = 'notifications' AND r.key = n.notification;

DROP VIEW IF EXISTS panels.channels;
CREATE VIEW panels.channels AS
SELECT channel, panels.moment(max(delivered_at)) AS delivered_at, panels.moment(max(failed_at)) AS failed_at, panels.moment(max(paused_until)) AS paused_until,
    sum(waiting)::bigint AS waiting, sum(failed)::bigint AS failed, panels.moment(min(waits_since)) AS waits_since
FROM (
    SELECT channel, delivered_at, failed_at, paused_until, 0 AS waiting, 0 AS failed, NULL::bigint AS waits_since FROM outbox_channels
    UNION ALL
    SELECT o.channel, NULL, NULL, NULL, (o.due_at IS NOT NULL)::integer, (o.due_at IS NULL)::integer, CASE WHEN o.due_at IS NOT NULL THEN n.requested_at END
    FROM outbox AS o LEFT JOIN notification_index AS n ON n.notification = o.id) AS each_one
GROUP BY channel;

DROP VIEW IF EXISTS panels.checkpoints;
CREATE VIEW panels.checkpoints AS
SELECT topic, partition, next_offset, panels.moment(clock) AS traffic_at FROM checkpoints;

DO $$
DECLARE
    reader text := current_setting('record.reader_role');
BEGIN
    EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA %I FROM %I', current_schema(), reader);
    EXECUTE format('REVOKE ALL ON SCHEMA %I FROM %I', current_schema(), reader);
    EXECUTE format('GRANT USAGE ON SCHEMA panels TO %I', reader);
    EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA panels TO %I', reader);
END $$;
COMMIT;
